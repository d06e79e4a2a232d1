"""The command line `neamig`: reads arguments, calls the rooms below, prints."""

import gc
import sys
from typing import Annotated

import typer

import sim
from sim.cli.ablate import ablate
from sim.cli.check import check
from sim.cli.compare import compare
from sim.cli.errors import exit_code
from sim.cli.explain import explain
from sim.cli.export import export
from sim.cli.facts import facts
from sim.cli.fit import fit
from sim.cli.measures import measures
from sim.cli.new import new
from sim.cli.report import report
from sim.cli.run import run
from sim.cli.schema import schema
from sim.cli.statuses import statuses
from sim.cli.tables import tables
from sim.cli.trace import trace
from sim.cli.treaties import treaties

COMMANDS = (
    run, compare, report, export, check, schema, facts, fit, ablate, measures, explain, new, trace, treaties, statuses,
    tables,
)  # fmt: skip

SELDOM = 50_000  # new objects between two collections; reading modules makes many, of which none is garbage

app = typer.Typer(
    name="neamig",
    help="Migration in Northeast Asia, simulated person by person: what a policy changes, and for whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in COMMANDS:
    app.command()(command)


def main() -> None:
    """Run the command line; a mistake of the user ends with a message and no traceback."""
    gc.set_threshold(SELDOM)
    for out in (sys.stdout, sys.stderr):
        out.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app(prog_name="neamig")
    except Exception as error:
        code = exit_code(error)
        if code is None:
            raise
        print(error, file=sys.stderr)
        sys.exit(code)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"neamig {sim.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Migration in Northeast Asia, simulated person by person: what a policy changes, and for whom."""
