"""Tables of a world: rows that know their file and line, and cells read with clear errors."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from math import isfinite, nan

from sim.world.located import BadInputError, Problem

MONTHS_A_YEAR = 12


class WorldError(BadInputError):
    """Tables of a world are wrong; each problem says where, what, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    file: str
    line: int
    cells: dict[str, str]

    def problem(self, column: str, what: str) -> Problem:
        """What is wrong in a column of this line."""
        return Problem(self.file, self.line, column, what)

    def fail(self, column: str, what: str) -> WorldError:
        """The error for a column of this line."""
        return WorldError([self.problem(column, what)])

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        value = self.cells[column].strip()
        if not value:
            raise self.fail(column, "is empty; write a value")
        return value

    def number(self, column: str) -> float:
        """A cell as a number; empty reads as 0."""
        cell = self.cells[column].strip()
        value = _number(cell or "0")
        if not isfinite(value):
            raise self.fail(column, f"{cell!r} is not a number")
        return value

    def whole(self, column: str) -> int:
        """A cell as a whole number."""
        value = self.number(column)
        if value != int(value):
            raise self.fail(column, f"{value} is not a whole number")
        return int(value)

    def flag(self, column: str) -> bool:
        """A cell of 0 or 1."""
        value = self.cells[column].strip()
        if value not in ("0", "1"):
            raise self.fail(column, f"{value!r} is neither 0 nor 1")
        return value == "1"

    def words(self, column: str) -> tuple[str, ...]:
        """Words between bars: `RUS|MNG`; empty reads as none."""
        return tuple(word.strip() for word in self.cells[column].split("|") if word.strip())

    def shares(self, column: str) -> tuple[tuple[str, float], ...]:
        """Shares between bars: `F:0.6|A02:0.4`."""
        return tuple(self._share(column, word) for word in self.words(column))

    def _share(self, column: str, word: str) -> tuple[str, float]:
        name, _, value = word.partition(":")
        if not isfinite(_number(value)):
            raise self.fail(column, f"{word!r} is not NAME:SHARE, such as F:0.6")
        return name.strip(), _number(value)

    def months(self, column: str) -> tuple[bool, ...]:
        """Open months, January first: `1-12`, `4-12` or `3|6|8|11`."""
        is_open = [False] * MONTHS_A_YEAR
        for word in self.words(column):
            first, _, last = word.partition("-")
            span = _number(first), _number(last or first)
            if not 1 <= span[0] <= span[1] <= MONTHS_A_YEAR:
                raise self.fail(column, f"{word!r} is not a month or a span of months, such as 4-12")
            for month in range(int(span[0]), int(span[1]) + 1):
                is_open[month - 1] = True
        return tuple(is_open)


Tables = Mapping[str, Sequence[Row]]


def read_rows(folder: Traversable, table: str, columns: Sequence[str]) -> tuple[Row, ...]:
    """The rows of `table`.csv, whose header must be `columns`."""
    file = f"{table}.csv"
    try:
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise WorldError([Problem(file, 0, "", f"no such table in {folder}")]) from None
    reader = csv.reader(lines)
    header = next(reader, [])
    if header != list(columns):
        raise WorldError([Problem(file, 1, "", f"the header is {','.join(header)}; write {','.join(columns)}")])
    return tuple(_row(file, reader.line_num, columns, cells) for cells in reader if cells)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return nan


def _row(file: str, line: int, columns: Sequence[str], cells: list[str]) -> Row:
    if len(cells) != len(columns):
        raise WorldError([Problem(file, line, "", f"{len(cells)} cells where the header has {len(columns)}")])
    return Row(file, line, dict(zip(columns, cells, strict=True)))
