"""Headline: which numbers are put first, and what the replicates say of them."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from sim.experiments.concern import Concern
from sim.experiments.spread import Spread, spread
from sim.experiments.tally import HEADLINES
from sim.results.measures import measure

PARTS = 4  # parts of the first measure, by host or nationality, that are shown: the largest
SPLIT = ("claims", "recognised")  # if the first is one of these, the parts of both: who claims, who succeeds
WITHOUT_NATIONALITY = ("unfilled_jobs",)
BY_ORIGIN = ("arrived_kor",)  # its host is always the ROK: a host that is concerned is the state people came through

About = Literal["concerned", "part", "total", "rest"]


@dataclass(frozen=True)
class Cell:
    """A measure, in all or for some nationalities, hosts or origins (several count together).

    about : "concerned" whom the changed policies name, "part" of them, "total" of everybody; "rest" is not printed.
    """

    measure: str
    nationality: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    about: About = "total"

    @property
    def where(self) -> str:
        """The cell in words, to follow a measure's title."""
        return in_words({name: " and ".join(getattr(self, name)) for name in ("nationality", "host", "origin")})

    def named(self) -> dict[str, str]:
        """Return the cell's words that are not blank."""
        words = {name: " and ".join(getattr(self, name)) for name in ("nationality", "host", "origin")}
        return {"measure": self.measure} | {name: word for name, word in words.items() if word}


def in_words(where: dict[str, str]) -> str:
    """Return nationality, host and origin in words, to follow a measure's title: ", PRK in RUS"."""
    nationality, host, origin = (where.get(name) for name in ("nationality", "host", "origin"))
    place = f" in {host}" if host else ""
    text = f", {nationality}{place or ' in all hosts'}" if nationality else place
    return f"{text} through {origin}" if origin else text


def cells(wide: pd.DataFrame, concern: Concern) -> list[Cell]:
    """Return the cells of a comparison in their order: those concerned, their parts, totals, the rest.

    wide : numbers by which the largest parts are found.
    """
    own = [_own(name, concern) for name in concern.measures]
    own = [cell for cell in own if cell.nationality or cell.host or cell.origin]
    totals = concern.totals or tuple(HEADLINES)
    rest = [name for name in HEADLINES if name not in totals]
    first = own[0].measure if own else "stock"
    split = SPLIT if first in SPLIT else (first,)
    parts = [cell for name in split for cell in _parts(wide, concern, name)]
    return [*own, *parts, *map(Cell, totals), *(Cell(name, about="rest") for name in rest)]


def largest(wide: pd.DataFrame) -> list[Cell]:
    """Return the cells of a run: each headline measure in all, then the largest stocks."""
    return [*map(Cell, HEADLINES), *_parts(wide, Concern(), "stock")]


def _own(name: str, concern: Concern) -> Cell:
    """Return the cell of a measure for those concerned."""
    nations = () if name in WITHOUT_NATIONALITY else concern.nationalities
    host, origin = ((), concern.hosts) if name in BY_ORIGIN else (concern.hosts, ())
    return Cell(name, nations, host, origin, "concerned")


def _parts(wide: pd.DataFrame, concern: Concern, name: str) -> list[Cell]:
    """Return the largest parts of a measure by nationality and host; none where only one is concerned."""
    if len(concern.nationalities) == len(concern.hosts) == 1:
        return []
    rows = wide[wide.index.get_level_values("measure") == name]
    rows = rows[_within(rows, "nationality", concern.nationalities) & _within(rows, "host", concern.hosts)]
    means = rows.abs().mean(axis=1).groupby(["nationality", "host"]).sum()
    means = means[(means != 0) & (means.index.get_level_values("host") != "")]
    top = means.sort_index().sort_values(ascending=False, kind="stable")[:PARTS]
    return [Cell(name, (n,), (h,), about="part") for n, h in top.index]


def values(wide: pd.DataFrame, cell: Cell) -> np.ndarray:
    """Return a cell's number in each replicate; 0 where it was never recorded."""
    rows = wide.index.get_level_values("measure") == cell.measure
    for name in ("nationality", "host", "origin"):
        rows &= _within(wide, name, getattr(cell, name))
    return wide.loc[rows].sum(axis=0).to_numpy(np.float64)


def _within(wide: pd.DataFrame, level: str, words: tuple[str, ...]) -> np.ndarray:
    """Return which rows have one of the words; all if there are none."""
    found = wide.index.get_level_values(level)
    return np.asarray(found.isin(words)) if words else np.ones(len(found), np.bool_)


def judged(wide: pd.DataFrame, twins: pd.DataFrame, cell: Cell) -> Spread:
    """Return what the replicates, and the twins of the first of them, say of a cell."""
    all_values, twin_values = values(wide, cell), values(twins, cell)
    return spread(all_values, all_values[: twin_values.size], twin_values)


def entry(cell: Cell, result: Spread, sentence: str, **more: float) -> dict[str, Any]:
    """Return a cell of the summary."""
    names = ("mean", "low", "high", "chance_sd", "parameter_sd", "p_positive")
    numbers: dict[str, Any] = {name: getattr(result, name) for name in names}
    about: dict[str, Any] = {"about": cell.about, "unit": measure(cell.measure).unit}
    return cell.named() | numbers | about | more | {"sentence": sentence}
