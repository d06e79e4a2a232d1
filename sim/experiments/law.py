"""Law: the rules of a scenario in force on a date, who wrote each, and what it sets; nothing is simulated."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from sim.core.authors import Change, SignedBook, described
from sim.core.limits import Counts, Limit
from sim.core.outlook import outlook
from sim.core.rates import base_rates, seen_by_month
from sim.core.recalls import Recall
from sim.core.rules import Today
from sim.core.words import Channel, Grant, Status, labels
from sim.policies import Policy
from sim.scenario import Scenario
from sim.world import load_world
from sim.world.priors import Prior, Priors

AT_ADOPTION = "at_adoption"
ALL = ["all"]
Row = dict[str, Any]


class Asked(dict[str, float]):
    """Values of priors, and the names of those that were read."""

    def __init__(self, values: Mapping[str, float]) -> None:
        super().__init__(values)
        self.names: dict[str, None] = {}

    def __getitem__(self, name: str) -> float:
        self.names[name] = None
        return super().__getitem__(name)


def law(scenario: Scenario, day: date, priors: Priors) -> Row:
    """What holds in the step that holds `day`: rules in force, with limits and changed rates; to come; and ended."""
    t = scenario.calendar.first_on_or_after(day.replace(day=1))
    priors = priors.for_world(scenario.world)
    params = priors.point() | {name: x.value for name, x in scenario.parameters.items()}
    reader, found = _Reader(scenario, params, t), heads(scenario, day)
    return found | {"in_force": [head | reader.effects(head["policy"], priors) for head in found["in_force"]]}


def heads(scenario: Scenario, day: date) -> Row:
    """What `law` says, without what the rules in force set: that takes a second to read."""
    calendar = scenario.calendar
    now = calendar.day(calendar.first_on_or_after(day.replace(day=1)))
    active = [id_ for id_, policy in scenario.policies.items() if policy.active(now)]
    later = [id_ for id_, policy in scenario.policies.items() if policy.from_ and policy.from_ > now]
    return {
        "scenario": scenario.name,
        "question": scenario.question,
        "step": now,
        "in_force": [_head(scenario, id_) for id_ in active],
        "to_come": [_head(scenario, id_) for id_ in sorted(later, key=lambda x: (_began(scenario, x), x))],
        "ended": [_head(scenario, id_) for id_ in scenario.policies if id_ not in {*active, *later}],
    }


def _began(scenario: Scenario, id_: str) -> int:
    return scenario.policies[id_].starts(scenario.calendar)


def _head(scenario: Scenario, id_: str) -> Row:
    """Who wrote a rule, where, and when it binds."""
    policy, found = scenario.policies[id_], scenario.problem(("policies", id_), "")
    plain = policy.model_dump(mode="json", by_alias=True, exclude_none=True)
    own = {name: x for name, x in plain.items() if name not in ("kind", "from", "until", "source", "note")}
    return {
        "policy": id_,
        "kind": policy.kind,
        "from": policy.from_,
        "binds_from": scenario.calendar.day(_began(scenario, id_)),
        "until": policy.until,
        "source": policy.source,
        "note": policy.note,
        "written_in": f"{found.file}:{found.line}" if found.file else None,
        "settings": own,
    }


class _Reader:
    """Reads what policies write, twice: with nobody abroad and a hostile public, with somebody and a friendly one.

    Where the two differ, what a rule sets depends on the run.
    """

    def __init__(self, scenario: Scenario, params: dict[str, float], t: int) -> None:
        self.world, self.policies = load_world(scenario.world), scenario.policies
        self.asked = {id_: Asked(params) for id_ in scenario.policies}
        self.axes, self.codes = described(), codes_of_axes(self.world)
        self.empty, self.full = (self._book(scenario, params, t, stock) for stock in (0, 1))

    def _book(self, scenario: Scenario, params: dict[str, float], t: int, stock: int) -> SignedBook:
        """The rule book of step t; written from the first step on, for some rules remember when they began."""
        base, calendar = base_rates(self.world, params, len(self.world.ports)), scenario.calendar
        book = SignedBook(base, seen_by_month(self.world, params))
        view = outlook(self.world, params, calendar.year(calendar.steps))
        shape = len(self.world.countries), len(self.world.countries), len(self.world.sectors)
        held, unused, issued = (np.full(x, stock) for x in ((len(Status), *shape), shape, (len(Grant), *shape)))
        attitude = np.full(shape[0], 2.0 * stock - 1)
        for step in range(t + 1):
            day = calendar.day(step)
            people = view.official_population(day.year)
            today = Today(step, day, self.world, held, unused, issued, unused, people, params, attitude)
            book.begin(calendar.month(step))
            for id_, policy in scenario.policies.items():
                if policy.active(day):
                    with book.writer(id_, step):
                        policy.write(book, replace(today, params=self.asked[id_]))
            book.end(step)
        return book

    def effects(self, id_: str, priors: Priors) -> Row:
        """Limits, changed rates and priors of a rule in force."""
        limits = [self._limit(x, self.policies[id_]) for x in self.empty.limits.values() if x.policy == id_]
        mine = [x for x in self.empty.changes if x.policy == id_]
        rates = [row for table in dict.fromkeys(x.table for x in mine) for row in self._rates(table, mine)]
        asked = self.asked[id_]
        recalls = [row for x in self.empty.recalls.values() if x.id == id_ for row in self._recall(x)]
        return {
            "limits": limits,
            "recalls": recalls,
            "rates": rates,
            "priors": [_prior(priors[name], asked) for name in list(asked.names)],
        }

    def _limit(self, limit: Limit, policy: Policy) -> Row:
        low, high = sorted((limit.level, self.full.limits[limit.id].level))
        at_adoption = getattr(policy, "level", None) == AT_ADOPTION
        return {
            "limit": limit.id,
            "level": low if low == high else None,
            "basis": "fixed"
            if low == high
            else "at its count when it takes effect"
            if at_adoption
            else "that moves with the run",
            "counts": _counted(limit),
            "hosts": self._named(np.flatnonzero(limit.hosts), "host"),
            "nationalities": self._named(np.flatnonzero(limit.nations), "nation"),
            "sectors": self._named(np.flatnonzero(limit.sectors), "sector"),
            "compliance": None if limit.compliance is None else float(limit.compliance[limit.hosts].min()),
        }

    def _recall(self, recall: Recall) -> Iterator[Row]:
        """A row for each share: hosts that comply less send fewer home."""
        for share in np.unique(recall.share[recall.hosts])[::-1]:
            yield {
                "hosts": self._named(np.flatnonzero(recall.hosts & (recall.share == share)), "host"),
                "nationalities": self._named(np.flatnonzero(recall.nations), "nation"),
                "share": float(share),
            }

    def _rates(self, table: str, changes: list[Change]) -> Iterator[Row]:
        """Cells of a table that moved alike, by the codes on its axes."""
        shape, (axes, meaning) = self.empty.base[table].shape, self.axes[table]
        where_, befores, afters = (
            np.concatenate([getattr(x, name) for x in changes if x.table == table])
            for name in ("where", "before", "after")
        )
        for before, after in sorted(set(zip(befores.tolist(), afters.tolist(), strict=True))):
            where = where_[(befores == before) & (afters == after)]
            cells = {
                axis if axis not in axes[:n] else f"other {axis}": self._named(np.unique(index), axis)
                for n, (axis, index) in enumerate(zip(axes, np.unravel_index(where, shape), strict=True))
            }
            named = {"table": table, "meaning": meaning, "cells": cells, "count": where.size}
            yield named | {"before": before, "after": after}

    def _named(self, index: Any, axis: str) -> list[str]:
        codes = self.codes[axis]
        return ALL if len(index) == len(codes) else [codes[n] for n in index]


def _counted(limit: Limit) -> str:
    """What a limit counts, in words."""
    if limit.is_ban:
        return "no new permits, renewals among them" if limit.counts_renewals else "no new permits"
    what = " and ".join("permits to settle" if grant == Grant.SETTLEMENT else "work permits" for grant in limit.grants)
    if limit.counts == Counts.ISSUED:
        return f"{what} issued since 1 January{', renewals among them' if limit.counts_renewals else ''}"
    held = ", ".join(status.name.lower() for status in limit.statuses)
    return f"{held} in the country{', unused authorisations' if Status.WORKER in limit.statuses else ''}"


def codes_of_axes(world: Any) -> dict[str, list[str]]:
    """The codes along each axis of the rule book's tables."""
    countries = [c.code for c in world.countries]
    return {
        "host": countries, "nation": countries, "place": [p.id for p in world.places], "channel": labels(Channel),
        "sector": [s.code for s in world.sectors], "port": [p.id for p in world.ports],
        "treaty": list(world.treaties.by_id),
    }  # fmt: skip


def _prior(prior: Prior, values: Mapping[str, float]) -> Row:
    return {
        "prior": prior.name, "value": values[prior.name], "low": prior.low, "high": prior.high, "unit": prior.unit,
        "reason": prior.reason,
    }  # fmt: skip
