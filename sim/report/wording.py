"""Wording: what the summary says, with the names of countries in place of their codes."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from sim.experiments.headline import Cell
from sim.experiments.limits import policy_of
from sim.experiments.numbers import month
from sim.experiments.sentences import of_difference
from sim.experiments.spread import Spread
from sim.report.figures.words import called, country, readable, where
from sim.results.measures import MEASURES

DIMENSIONS = ("nationality", "host", "origin")
NUMBERS = ("mean", "low", "high", "chance_sd", "parameter_sd", "p_positive")
CODE = "[A-Z]{3}(?: and [A-Z]{3})*"
# Who and where, as `headline.in_words` writes it: ", PRK in all hosts", ", PRK in RUS through MNG".
PEOPLE = re.compile(rf", ({CODE}) in (?:all hosts|({CODE}))(?: through ({CODE}))?")
WORD = re.compile(r"\b[A-Z]{3}\b")
Row = dict[str, Any]


def name_of(row: Row) -> str:
    """Return what a row of the summary is about: "Permits in force, people from DPR Korea in Russia"."""
    return called(_cell(row))


def sentence_of(row: Row, summary: Row) -> str:
    """Return the sentence of a row of the headline, made from its numbers."""
    if is_null(row):
        return in_names(row["sentence"])
    found = Spread(**{name: row[name] for name in NUMBERS}, replicates=summary["replicates"])
    since = date.fromisoformat(summary["from"]), date.fromisoformat(summary["to"])
    return of_difference(MEASURES[row["measure"]], where(_cell(row)), found, since, "")


def in_names(text: str) -> str:
    """Return a text of the summary, or of a rule, with countries by their names."""
    text = PEOPLE.sub(lambda found: where(_about(*found.groups())), text)
    return WORD.sub(lambda found: country(found[0]), text)


def name_of_limit(row: Row) -> str:
    """Return what a limit of the summary is called: "UNSCR 2371, Russia"."""
    return f"{readable(policy_of(row['limit']))}, {country(row['host']) if row['host'] else 'all hosts'}"


def why(summary: Row) -> str:
    """Return the reason that the summary gives, with countries and limits by their names; nothing if it gives none."""
    text = summary["why"]
    for row in sorted(summary["binds"], key=lambda row: -len(row["limit"])):
        text = text.replace(row["limit"], f"the limit “{name_of_limit(row)}”")
    return in_names(text.replace(". the limit", ". The limit"))


def period(summary: Row) -> str:
    """Return the months that the summary speaks of."""
    first, last = (month(date.fromisoformat(summary[name])) for name in ("from", "to"))
    return f"{first} to {last}"


def is_null(row: Row) -> bool:
    """Return whether a number did not move in any replicate."""
    return bool(row["mean"] == row["low"] == row["high"] == row["p_positive"] == 0)


def _cell(row: Row) -> Cell:
    return replace(_about(*(row.get(name) for name in DIMENSIONS)), measure=row["measure"])


def _about(nationality: str | None, host: str | None, origin: str | None) -> Cell:
    return Cell("stock", _codes(nationality), _codes(host), _codes(origin))


def _codes(words: str | None) -> tuple[str, ...]:
    return tuple(words.split(" and ")) if words else ()
