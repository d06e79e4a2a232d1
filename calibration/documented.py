"""Documented: the values that targets refer to, read from the facts and tables and never typed again.

A reference is a fact's identifier, or a cell of Table 3 or 4: `T3/CHN/in_2001`, `T4/Zamiin-Uud/total`. In place of a
row, `TOTAL` is the sum of the rows (D01, D04) and `PRINTED` the total as printed. A port's total is the sum of its
purposes (D02).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from sim import facts

PERCENT = 100
PORT_TOTAL = "total"  # first column of Table 4
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DATE = re.compile(
    rf"(?:(?P<word>{'|'.join(MONTHS)})[a-z]* )?(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)(?:-(?P<month>0[1-9]|1[0-2])(?!\d))?"
)
TABLES = {"T3": facts.table3, "T4": facts.table4}
WAYS = ("value", "sum", "ratio", "percent", "range")


class NoNumberError(ValueError):
    """A reference that names no number."""


@dataclass(frozen=True)
class Documented:
    """A documented number: its middle, the bounds of what is said (equal for a plain number), and its unit."""

    value: float
    low: float
    high: float
    unit: str


def documented(references: Sequence[str], made: str) -> Documented:
    """Return the number that is made of the references.

    Parameters
    ----------
    made : `value` of one reference, `sum` of all, `ratio` or `percent` of the first to the second, or the `range` that
        they span.

    Raises
    ------
    NoNumberError : a reference names no number; the message says which is nearest.
    """
    bounds = [_bounds(each) for each in references]
    unit = {"ratio": "ratio", "percent": "percent"}.get(made) or _unit(references[0])
    if made in ("ratio", "percent"):
        return exactly(bounds[0][0] / bounds[1][0] * (PERCENT if made == "percent" else 1), unit)
    if made == "sum":
        return between(sum(low for low, _ in bounds), sum(high for _, high in bounds), unit)
    return between(min(low for low, _ in bounds), max(high for _, high in bounds), unit)


def exactly(value: float, unit: str) -> Documented:
    """Return a plain number."""
    return Documented(value, value, value, unit)


def between(low: float, high: float, unit: str) -> Documented:
    """Return a range, with its middle."""
    return Documented((low + high) / 2, low, high, unit)


def is_later(reference: str, last: date) -> bool:
    """Tell whether all dates that stand with a fact, in its date or its identifier, are later than the month `last`."""
    dates = _dates(reference)
    return bool(dates) and min(dates) > last


def _dates(reference: str) -> list[date]:
    """The months that a fact is dated with, January where it has only a year; the column of a table has its year."""
    if "/" in reference:
        text = reference.rpartition("_")[2]
    else:
        fact = _fact(reference)
        text = f"{fact.date} {fact.suffix}"
    return [date(int(found["year"]), _month(found), 1) for found in DATE.finditer(text)]


def _month(found: re.Match[str]) -> int:
    word = found["word"]
    return MONTHS.index(word.capitalize()) + 1 if word else int(found["month"] or 1)


def _bounds(reference: str) -> tuple[float, float]:
    if "/" in reference:
        cell = _cell(reference)
        return cell, cell
    bounds = _fact(reference).bounds
    if bounds is None:
        raise NoNumberError(f"{reference} is no number but {_fact(reference).value!r}: give a reading")
    return bounds


def _unit(reference: str) -> str:
    return "persons" if "/" in reference else _fact(reference).unit


def _fact(reference: str) -> facts.Fact:
    try:
        return facts.fact(reference)
    except facts.FactNotFoundError as error:
        raise NoNumberError(str(error)) from None


def _cell(reference: str) -> float:
    """The count in one cell of a table."""
    table_name, _, rest = reference.partition("/")
    row_name, _, column = rest.rpartition("/")
    if table_name not in TABLES:
        raise NoNumberError(f"no table {table_name!r} to take a cell from: T3 or T4")
    table = TABLES[table_name]()
    if column not in table.columns:
        raise NoNumberError(f"{table.name} has no column {column!r}{_near(column, table.columns)}")
    if row_name == "PRINTED":
        return float(table.total(column))
    rows = list(table.rows) if row_name == "TOTAL" else [_row(table, row_name)]
    return float(sum(_count(table, row, column) for row in rows))


def _count(table: facts.CountTable, row: facts.CountRow, column: str) -> int:
    """One count; a port's total is that of its purposes, which the printed one misses twice."""
    return sum(row.counts) - row.counts[0] if column == PORT_TOTAL else table.cell(row, column)


def _row(table: facts.CountTable, name: str) -> facts.CountRow:
    """Rows of Table 3 are called by country code, those of Table 4 by the port that the printed name begins with."""
    rows = {row.key if table.name == "table3" else row.printed: row for row in table.rows}
    found = rows.get(name) or next((row for printed, row in rows.items() if _is_port(name, printed)), None)
    if found is None:
        raise NoNumberError(f"{table.name} has no row {name!r}{_near(name, rows)}")
    return found


def _is_port(port: str, printed: str) -> bool:
    """Whether Table 4's printed name is that of a port; it adds what the port leads to."""
    return re.sub(r"\W", "", printed).lower().startswith(re.sub(r"\W", "", port).lower())


def _near(word: str, known: Sequence[str] | dict[str, facts.CountRow]) -> str:
    close = get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
