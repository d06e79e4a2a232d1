"""Measures: what a run records, each with its unit, its meaning and how it is totalled over time (measures.csv).

Of trafficking no measure holds both what is latent and what offices record (S013, S158); the titles say which.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from typing import Literal, cast

Kind = Literal["stock", "flow", "flag"]


class MeasureError(ValueError):
    """A measure that the registry does not know."""


@dataclass(frozen=True)
class Measure:
    """One thing that is measured.

    A stock is what there is at the end of the month and is averaged over months. A flow is what happened within the
    month and is added up. A flag is 1 in the months in which something holds, and its months are counted.
    A headline is put at the top of a comparison, without the rows whose `status` is in `leaves_out`.
    """

    name: str
    title: str
    unit: str
    sentence: str
    kind: Kind
    headline: bool = False
    leaves_out: tuple[str, ...] = ()

    @property
    def over_time(self) -> Literal["sum", "mean"]:
        """How the months of a period become one number."""
        return "mean" if self.kind == "stock" else "sum"


def _read() -> Iterator[Measure]:
    """Give the measures of measures.csv, in its order."""
    lines = (files("sim.results") / "measures.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        told, leaves_out = row["headline"] == "yes", tuple(row["leaves_out"].split())
        yield Measure(
            row["name"], row["title"], row["unit"], row["sentence"], cast(Kind, row["kind"]), told, leaves_out
        )


MEASURES: dict[str, Measure] = {measure.name: measure for measure in _read()}

# What policies are judged on beside counts and money: what befalls people themselves, by nationality and host.
HARM = ("kept_usd", "arrears_lost_usd", "bondage_months", "ill_treated", "trafficked", "months_without_status",
        "detained", "returned_against_art33", "returned_against_cat")  # fmt: skip


def measure(name: str) -> Measure:
    """Return the measure of this name; MeasureError names the nearest right one."""
    if name in MEASURES:
        return MEASURES[name]
    raise MeasureError(f"unknown measure {name!r}{nearest(name, MEASURES)}")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the nearest known word, or nothing."""
    close = get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
