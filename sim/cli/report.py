"""neamig report: the page of a comparison, made again from its results."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import PriorsFile


def report(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="Directory of results of `neamig compare`.")],
    pdf: Annotated[bool, typer.Option("--pdf", help="Print it to report.pdf too, with Chromium.")] = False,
    priors: PriorsFile = None,
) -> None:
    """Write report.html of a finished comparison from what its directory holds; nothing is simulated."""
    page = write(out, priors)
    print(f"Report: {page}")
    if pdf:
        from sim.report.pdf import write_pdf

        print(f"Printed: {write_pdf(page)}")


def write(out: Path, priors: Path | None) -> Path:
    """Write the report of a directory and return its place."""
    from calibration.stored import stored_fit
    from sim.report.page import check_finished, write_report
    from sim.world.priors import default_priors_path

    check_finished(out)
    return write_report(out, priors or default_priors_path(), stored_fit(out))
