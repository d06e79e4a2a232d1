"""Targets: the numbers that the model is held against, read from `targets.yaml` and checked.

Nothing after July 2017 is used, nothing after 2012 is fitted, and no datum is a target twice.
"""

import importlib.resources
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calibration.checks import TargetsError, of_all, of_row
from calibration.documented import Documented, NoNumberError, between, documented
from calibration.rows import DEFAULT_WORLD, Row, read_rows
from calibration.runs import Condition, Where
from calibration.spans import Span
from sim.world.located import Problem


@dataclass(frozen=True)
class Target:
    """One number that an office counted.

    role : what it is used for (see the head of `targets.yaml`).
    of : the references its value is made of. documented : the value.
    span : the months it speaks of.
    office : the name of the model's version of that office, or nothing where there is none yet.
    where : which rows of the results the office counts.
    series : what it shares with the same number at other times.
    world : the world that it is of.
    """

    id: str
    pattern: str
    role: str
    of: tuple[str, ...]
    documented: Documented
    span: Span
    office: str
    where: Where
    series: str
    text: str
    world: str = DEFAULT_WORLD


def default_targets_path() -> Path:
    """Path of the targets that come with the package."""
    return Path(str(importlib.resources.files("calibration") / "targets.yaml"))


def load_targets(path: Path | None = None, world: str = DEFAULT_WORLD) -> tuple[Target, ...]:
    """Return the targets of a world in the order of the file.

    Raises
    ------
    TargetsError : mistakes in the file, all of them at once, each with its line.
    """
    return tuple(each for each in _load(path, dropped=False) if each.world == world)


def load_dropped(path: Path | None = None) -> tuple[Target, ...]:
    """Return what is documented and not held against the model, as far as it belongs to a series; office is blank."""
    return _load(path, dropped=True)


def _load(path: Path | None, *, dropped: bool) -> tuple[Target, ...]:
    problems: list[Problem] = []
    rows = read_rows(path or default_targets_path(), problems)
    made = [(row, _target(row, problems)) for row in rows if not of_row(row, problems)]
    problems += of_all([row for row, _ in made])
    if problems:
        raise TargetsError(problems)
    return tuple(target for row, target in made if target is not None and row.is_dropped == dropped)


def _target(row: Row, problems: list[Problem]) -> Target | None:
    """The target of a row; None for what is dropped and belongs to no series: that need not be a number."""
    if row.is_dropped and not row.get("series"):
        return None
    try:
        number = _number(row.get("reading"), row.references, row.get("made", "value"))
    except NoNumberError as error:
        problems.append(row.problem("of", str(error)))
        return None
    return Target(
        id=row.id,
        pattern=row.pattern,
        role=row.get("role", "dropped"),
        of=row.references,
        documented=number,
        span=Span.parse(row.get("when")),
        office=row.get("office", ""),
        where=(*_conditions(row.get("where", {}), True), *_conditions(row.get("but_not", {}), False)),
        series=row.get("series", ""),
        text=row.get("text", ""),
        world=row.world,
    )


def _number(reading: dict[str, Any] | None, references: Sequence[str], made: str) -> Documented:
    if reading:
        return between(float(reading["low"]), float(reading["high"]), str(reading["unit"]))
    return documented(references, made)


def _conditions(where: dict[str, Any], is_counted: bool) -> list[Condition]:
    return [(dim, frozenset(words if isinstance(words, list) else [words]), is_counted) for dim, words in where.items()]
