"""neamig export: results for a spreadsheet."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Form(StrEnum):
    """What is written."""

    csv = "csv"
    xlsx = "xlsx"


def export(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="Directory of finished results.")],
    to: Annotated[Form, typer.Option("--to", help="A directory of CSV files, or one workbook.")] = Form.xlsx,
    name: Annotated[
        Path | None,
        typer.Option("--as", help="Where to write (default: DIR/csv, or DIR/results.xlsx).", show_default=False),
    ] = None,
) -> None:
    """Write results as tables for a spreadsheet: headline, harm, limits, what was refused, and yearly numbers."""
    from sim.report.sheets import sheets, write_csv, write_xlsx

    frames = sheets(out)
    write, usual = (write_csv, "csv") if to == Form.csv else (write_xlsx, "results.xlsx")
    place = write(frames, name or out / usual)
    for title, frame in frames.items():
        print(f"{title}: {len(frame):,} rows")
    print(f"Written: {place}")
