"""Checks of treaties: each has lines of effect or a reason for none, and lines and standings can be read."""

import re
from collections.abc import Iterator

from sim.facts import table2
from sim.world.located import Problem, did_you_mean
from sim.world.model import World, priors_of
from sim.world.tables import Row, Tables
from sim.world.treaties import HOLDS, HOWS, STATUSES

DAY = re.compile(r"(\d{4}-\d{2}-\d{2})?")


def lines_or_a_reason(world: World, tables: Tables) -> Iterator[Problem]:
    """A treaty changes something, or a sentence says why not."""
    for treaty, row in zip(world.treaties.all, tables["treaties"], strict=True):
        lines = world.treaties.effects_of(treaty.id)
        if bool(lines) == bool(treaty.no_effect):
            what = "has lines in treaty_effects.csv; leave this empty" if lines else "is empty, and so are its effects"
            yield row.problem("no_effect", f"{treaty.id} {what}")


def heads_are_those_of_table2(world: World, tables: Tables) -> Iterator[Problem]:
    """Every treaty of Table 2 has a row, in a world that has treaties at all."""
    if not tables["treaties"]:
        return
    heads = {cell.treaty for cell in table2()}
    for missing in sorted(heads - {treaty.in_table2 for treaty in world.treaties.all}):
        yield tables["treaties"][0].problem("in_table2", f"Table 2 has {missing!r}, and no row names it")
    for treaty, row in zip(world.treaties.all, tables["treaties"], strict=True):
        if treaty.in_table2 not in heads:
            yield row.problem(
                "in_table2", f"Table 2 has no {treaty.in_table2!r}{did_you_mean(treaty.in_table2, heads)}"
            )


def effects_can_be_read(world: World, tables: Tables) -> Iterator[Problem]:
    """How and when a line holds are known words, and its amount is a number or a prior that its source names."""
    for line, row in zip(world.treaties.effects, tables["treaty_effects"], strict=True):
        yield from _word(row, "how", HOWS)
        yield from _word(row, "holds", HOLDS)
        if not line.prior:
            row.number("amount")
        elif line.prior not in priors_of(line.source):
            yield row.problem("source", f"does not name assumed:{line.prior}, which the amount is")


def standings_can_be_read(world: World, tables: Tables) -> Iterator[Problem]:
    """A status is a word of Table 2, and a day is written as one."""
    for row in tables["treaty_standings"]:
        yield from _word(row, "status", STATUSES)
        if not DAY.fullmatch(row.cells["since"].strip()):
            yield row.problem("since", f"{row.cells['since']!r} is not a day such as 2002-02-23")


def _word(row: Row, column: str, known: tuple[str, ...]) -> Iterator[Problem]:
    word = row.text(column)
    if word not in known:
        yield row.problem(column, f"unknown word {word!r}{did_you_mean(word, known)}: one of {', '.join(known)}")


CHECKS = (lines_or_a_reason, heads_are_those_of_table2, effects_can_be_read, standings_can_be_read)
