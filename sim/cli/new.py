"""neamig new: a commented scenario to start from."""

from pathlib import Path
from typing import Annotated

import typer

BASELINE, SCENARIOS, SCHEMA = "baseline.yaml", "scenarios", "schema.json"


def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario: letters, digits, _ and -.")],
    kind: Annotated[str, typer.Option(help="Kind of policy that it shows.")] = "stock_cap",
    out: Annotated[
        Path | None,
        typer.Option(help="Directory (default: scenarios/ if there is one, else this).", show_default=False),
    ] = None,
    extends: Annotated[
        Path | None, typer.Option(help="File that it extends (default: baseline.yaml there).", show_default=False)
    ] = None,
) -> None:
    """Write a commented scenario NAME.yaml to start from: one policy of a kind, with what each setting means."""
    import os

    from sim.experiments.settings import SettingError
    from sim.policies import POLICY_KINDS
    from sim.scenario.draft import draft
    from sim.scenario.schema import ID
    from sim.world.located import did_you_mean

    folder = out or (Path(SCENARIOS) if Path(SCENARIOS).is_dir() else Path())
    parent, file = extends or folder / BASELINE, folder / f"{name}.yaml"
    if not ID.fullmatch(name):
        raise SettingError(f"a name is made of letters, digits, _ and -, and begins with a letter; this is {name!r}")
    if kind not in POLICY_KINDS:
        hint = did_you_mean(kind, POLICY_KINDS) or f"; there are {', '.join(sorted(POLICY_KINDS))}"
        raise SettingError(f"--kind: unknown kind {kind!r}{hint}")
    if not folder.is_dir():
        raise SettingError(f"--out: there is no directory {folder}")
    if not parent.is_file():
        raise SettingError(f"there is no {parent} to extend: name a scenario with --extends")
    beside = parent.with_name(SCHEMA)
    text = draft(name, kind, *(Path(os.path.relpath(x, folder)).as_posix() for x in (parent, beside) if x.is_file()))
    _write(file, text)
    print(f"{file} is written: change it, then neamig check {file}")


def _write(file: Path, text: str) -> None:
    """Write a file that is not there yet."""
    from sim.experiments.settings import SettingError

    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise SettingError(f"{file} is there already: choose another name") from None
    except OSError as error:
        raise SettingError(f"{file} cannot be written: {error.strerror}") from None
