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

    _check_ending(to, name)
    frames = sheets(out)
    write, usual = (write_csv, "csv") if to == Form.csv else (write_xlsx, "results.xlsx")
    place = write(frames, name or out / usual)
    for title, frame in frames.items():
        print(f"{title}: {len(frame):,} rows")
    print(f"Written: {place}")


def _check_ending(to: Form, name: Path | None) -> None:
    """Raise SettingError for a name that says something else than is written."""
    from sim.experiments.settings import SettingError

    ending = name.suffix.lower() if name else ""
    if name and to == Form.xlsx and ending != ".xlsx":
        raise SettingError(f"--as {name}: a workbook's name ends in .xlsx; change --as, or give --to csv")
    if name and to == Form.csv and ending in (".csv", ".xlsx"):
        other = ", or give --to xlsx for a workbook" if ending == ".xlsx" else ""
        raise SettingError(f"--as {name}: --to csv writes a directory of files; leave {name.suffix} out of --as{other}")
