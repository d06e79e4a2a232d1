"""Sentences: a result in plain words, made from its numbers."""

from datetime import date
from typing import Any

from sim.experiments.numbers import month, written
from sim.experiments.spread import Spread
from sim.results.measures import Measure


def of_difference(measure: Measure, where: str, result: Spread, since: tuple[date, date], why_null: str) -> str:
    """Return the sentence for a paired difference."""
    name = f"{measure.title}{where}"
    if result.is_null:
        return f"{name}: no difference in any replicate{why_null}."
    near = "near zero, " if result.is_near_zero else ""
    text = f"{name}: {near}{_change(result.mean, measure.unit)} than in the reference {_how(measure)} {_span(since)}"
    return f"{text} ({_interval(result, measure.unit)})."


def of_level(measure: Measure, where: str, result: Spread, since: tuple[date, date]) -> str:
    """Return the sentence for the level of a measure in a run."""
    text = f"{measure.title}{where}: {written(result.mean)} {measure.unit} {_how(measure)} {_span(since)}"
    if result.replicates == 1:
        return f"{text} (one replicate)."
    return f"{text} (90 % interval of {result.replicates} replicates: {written(result.low)} to {written(result.high)})."


def of_spread(row: dict[str, Any]) -> tuple[str, str]:
    """Return the standard deviations by chance and by parameters of a row of the summary, or why there is none."""
    chance, parameters = row["chance_sd"], row["parameter_sd"]
    if chance is None:
        return "–", "–"
    return written(chance), "not told apart" if parameters is None else written(parameters)


def _change(value: float, unit: str, name_unit: bool = True) -> str:
    """Return a difference in words: 12 persons fewer."""
    less = "less" if unit == "USD" else "fewer"
    words = [written(abs(value)), unit if name_unit else "", less if value < 0 else "more"]
    return " ".join(filter(None, words))


def _interval(result: Spread, unit: str) -> str:
    if result.replicates == 1:
        return "one replicate, so no interval"
    ends = " to ".join(_change(end, unit, name_unit=False) for end in (result.low, result.high))
    return f"90 % interval of {result.replicates} replicates: {ends}"


def _how(measure: Measure) -> str:
    return "on average" if measure.over_time == "mean" else "in all"


def _span(since: tuple[date, date]) -> str:
    first, last = since
    return f"from {month(first)} to {month(last)}"
