"""Fits: the reference's own runs beside documented numbers, in words and as a table.

The rows come from above, as plain values: what offices count is not this room's affair.
"""

from dataclasses import dataclass
from math import log
from typing import Any

from sim.experiments.numbers import written
from sim.report.tables import Table

NEAR = 1.5  # factor up to which a number counts as met
ROLES = {  # of a documented number, and what it was used for
    "fitted": "Seen while the model was tuned by hand (up to 2012)",
    "held out": "Later numbers of the same kinds, not used (2013 to July 2017)",
    "scored": "Numbers of other kinds, not used (2013 to July 2017)",
    "input": "Numbers that went in (a check of the accounts)",
    "check": "Signs, shares and loose bounds",
    "range": "Numbers known only as a range",
}
UNSEEN = ("held out", "scored")
Row = dict[str, Any]


@dataclass(frozen=True)
class Fit:
    """How many documented numbers the reference meets, by role, and all of them in a table."""

    reference: str
    replicates: int
    by_role: Table
    every: Table
    unseen: tuple[int, int]
    nearer: tuple[int, int]


def judged(found: Row | None) -> Fit | None:
    """Return what is to be said of the fit; None if the run reaches no documented number.

    found : reference, replicates and patterns, each with role, text, when, unit, documented (and its low and high),
        modelled, low, high and naive.
    """
    if not found or not found["patterns"]:
        return None
    patterns: list[Row] = found["patterns"]
    unseen = [each for each in patterns if each["role"] in UNSEEN]
    rivals = [each for each in unseen if each["naive"] and each["modelled"] and each["documented"]]
    return Fit(
        found["reference"],
        found["replicates"],
        _by_role(patterns),
        _every(patterns),
        (sum(map(is_met, unseen)), len(unseen)),
        (sum(_off(each, "modelled") < _off(each, "naive") for each in rivals), len(rivals)),
    )


def is_met(pattern: Row) -> bool:
    """Return whether the modelled number lies within the documented range, widened by the factor `NEAR` both ways."""
    return bool(pattern["documented_low"] / NEAR <= pattern["modelled"] <= pattern["documented_high"] * NEAR)


def _by_role(patterns: list[Row]) -> Table:
    rows = []
    for role, words in ROLES.items():
        own = [each for each in patterns if each["role"] == role]
        if own:
            rows.append((words, str(len(own)), str(sum(map(is_met, own)))))
    heads = ("Documented numbers", "How many", f"Met within a factor of {NEAR:g}")
    return Table("Documented numbers, and how many the reference meets", heads, tuple(rows))


def _every(patterns: list[Row]) -> Table:
    heads = ("What", "Use", "Documented", "Modelled", "90 % of replicates", "Last value before")
    rows = [each for role in ROLES for each in patterns if each["role"] == role]
    lines = tuple((_text(each), each["role"], *_numbers(each)) for each in rows)
    small = tuple(f"{each['unit']}, {each['when']}" for each in rows)
    return Table("Every documented number that the run reaches", heads, lines, texts=("Use",), small=small)


def _text(pattern: Row) -> str:
    """Return what was counted: the words before when, by which source, and what came of it."""
    return str(pattern["text"].partition(f", {pattern['when']} (")[0])


def _numbers(pattern: Row) -> tuple[str, ...]:
    ends = pattern["documented_low"], pattern["documented_high"]
    told = written(ends[0]) if ends[0] == ends[1] else " to ".join(map(written, ends))
    spread = "–" if pattern["low"] is None else f"{written(pattern['low'])} to {written(pattern['high'])}"
    return told, written(pattern["modelled"]), spread, "–" if pattern["naive"] is None else written(pattern["naive"])


def _off(pattern: Row, name: str) -> float:
    return abs(log(pattern[name] / pattern["documented"]))
