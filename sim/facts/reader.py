"""Reader: facts by identifier, by word, and as yearly series."""

import re
from difflib import get_close_matches
from functools import cache

from sim.facts.files import read_rows
from sim.facts.records import Fact
from sim.facts.references import discrepancies, legal_rules

TABLES = ("T1", "T2", "T3", "T4")
YEAR = re.compile(r"\d{4}")


class FactNotFoundError(KeyError):
    """No fact has this identifier; the message names the nearest ones."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def facts() -> tuple[Fact, ...]:
    """Every fact, in the order of the file."""
    return tuple(Fact(**row) for row in read_rows("facts.csv"))


@cache
def _by_id() -> dict[str, Fact]:
    return {f.id: f for f in facts()}


def fact(id: str) -> Fact:
    """The fact with this identifier.

    Raises
    ------
    FactNotFoundError
        If there is none, or if the identifier names several values.
    """
    found = _by_id().get(id)
    if found is None:
        raise FactNotFoundError(_advice(id))
    return found


def members(id: str) -> tuple[Fact, ...]:
    """All values under one identifier: X068 gives X068@1998 to X068@2016.

    Raises
    ------
    FactNotFoundError
        If there is none.
    """
    found = tuple(f for f in facts() if f.base == id)
    if not found:
        raise FactNotFoundError(_advice(id))
    return found


def series(id: str) -> dict[int, float]:
    """The values of a fact whose suffix is a year.

    The year is the suffix: for X031 that of the report, which speaks of the year before (assumed).

    Raises
    ------
    FactNotFoundError
        If the identifier is unknown or has no yearly values.
    """
    yearly = {int(f.suffix): f.number for f in members(id) if YEAR.fullmatch(f.suffix)}
    numbers = {year: number for year, number in yearly.items() if number is not None}
    if not numbers:
        raise FactNotFoundError(f"fact {id!r} has no yearly values; use members({id!r})")
    return numbers


def search(word: str = "") -> list[Fact]:
    """Facts in which each of the words occurs, in any case; all facts for no word."""
    words = word.casefold().split()
    return [f for f in facts() if all(w in _text(f) for w in words)]


@cache
def known_ids() -> frozenset[str]:
    """Everything that a ``source`` may cite: facts, tables, rules of law, discrepancies."""
    ids = {f.id for f in facts()} | {f.base for f in facts()}
    return frozenset(ids | {r.id for r in legal_rules()} | {d.id for d in discrepancies()} | set(TABLES))


def _text(f: Fact) -> str:
    parts = (f.id, f.theme, f.quantity, f.value, f.unit, f.date, f.place, f.sector, f.source, f.note)
    return " ".join(parts).casefold()


def _advice(id: str) -> str:
    several = [f.id for f in facts() if f.base == id]
    if several:
        return f"fact {id!r} has several values: {', '.join(several)}; name one, or use members or series"
    near = get_close_matches(id.upper(), known_ids(), n=3, cutoff=0.5)
    return f"no fact {id!r}" + (f"; did you mean {' or '.join(near)}?" if near else "; search(word) finds facts")
