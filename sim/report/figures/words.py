"""Words: how figures name what they show."""

from collections.abc import Sequence
from functools import cache

from sim.experiments.headline import Cell
from sim.results.measures import MEASURES
from sim.world import load_world

ABBREVIATIONS = ("dprk", "eo", "eps", "rok", "un", "unscr", "us")


@cache
def country(code: str) -> str:
    """Return a country's name; a word that is no code stays."""
    return next((each.name for each in load_world().countries if each.code == code), code)


def countries(codes: Sequence[str]) -> str:
    """Return the names of countries, the last after "and"."""
    names = [country(code) for code in codes]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def called(cell: Cell) -> str:
    """Return a measure's title and about whom it is: "Permits in force, nationals of DPR Korea in Russia"."""
    return MEASURES[cell.measure].title + where(cell)


def where(cell: Cell) -> str:
    """Return nationality, host and origin of a cell in words; nothing if it is about everybody."""
    given = ((", nationals of", cell.nationality), (" in", cell.host), (" through", cell.origin))
    return "".join(f"{word} {countries(codes)}" for word, codes in given if codes)


def readable(name: str) -> str:
    """Return a name of a scenario, status or fate with blanks for underscores, countries and short names as written."""
    return " ".join(_proper().get(word, word) for word in name.split("_"))


@cache
def _proper() -> dict[str, str]:
    """Return words that are not written small throughout."""
    return {each.name.lower(): each.name for each in load_world().countries} | {x: x.upper() for x in ABBREVIATIONS}
