"""Repatriation order: a nationality's workers are sent home by a deadline (UNSCR 2397 para. 8)."""

from datetime import date
from typing import Any, ClassVar

import numpy as np
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.core.recalls import Recall
from sim.policies.base import Policy
from sim.policies.cells import by_host, claimed, countries, mask
from sim.policies.fields import Compliance, Countries, Day
from sim.policies.numbers import Fraction, amount


class RepatriationOrder(Policy, kind="repatriation_order"):
    """Each host sends home all nationals of a state who earn income there, on whatever visa, by the deadline.

    Exempt are the host's own nationals, and those whose return national or international law forbids: here claimants,
    refugees, citizens and settled people. Overseers count among workers. People without papers are beyond the order
    until an inspector finds them. The share due rises evenly from the first month to the last, or by way of a midterm.
    The order stops no new permit: that is a ban's work. Who remains after the deadline is in breach once, and not again
    when such a permit is prolonged against a ban.
    """

    nationality: Countries
    """Whose nationals are sent home."""
    hosts: Countries = "all"
    """The states that are bound."""
    deadline: Day
    """The last day; all must be gone by the end of its month."""
    midterm: Day | None = None
    """A day by which a share must be gone."""
    midterm_share: Fraction | None = None
    """That share of all who are to go."""
    compliance: Compliance = 1.0
    """Share of those reached whom the host sends home in fact; the others stay, and are in breach at the deadline."""

    foreigners_in: ClassVar = "hosts"
    example: ClassVar = {"nationality": "PRK", "hosts": ["MNG"], "deadline": "2019-12-31"}

    @model_validator(mode="after")
    def _in_order(self) -> "RepatriationOrder":
        if (self.midterm is None) != (self.midterm_share is None):
            raise PydanticCustomError("midterm", "give midterm and midterm_share, or neither")
        days = [day for day in (self.from_, self.midterm, self.deadline) if day is not None]
        if days != sorted(days) or self.midterm == self.deadline:
            raise PydanticCustomError("deadline", "the order begins first, then comes the midterm, then the deadline")
        if self.until is not None and self.until < self.deadline:
            raise PydanticCustomError("until", "the order ends (until) before its deadline: nobody would be overdue")
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One order a host and nationality."""
        return claimed("repatriation", world, (self.hosts, "country"), (self.nationality, "country"))

    def write(self, rules: Any, today: Any) -> None:
        """Say who is to go and how many of them by now."""
        c = len(today.world.countries)
        now, start = _months(today.month), _months(rules.remember("since", lambda: today.month))
        kept = by_host(self.compliance, today)
        share = self._due(start, now, today) * (np.ones(c) if kept is None else kept)
        hosts, nations = (mask(countries(several, today.world), c) for several in (self.hosts, self.nationality))
        rules.recall(Recall(hosts, nations, share, now >= _months(self.deadline)))

    def _due(self, start: int, now: int, today: Any) -> float:
        """The share due by the end of month `now`: (months past + 1) / months given, in two parts if there are two."""
        first, due, end = start - 1, 0.0, _months(self.deadline)
        if now >= end:
            return 1.0
        if self.midterm is not None and self.midterm_share is not None:
            half, share = max(start, _months(self.midterm)), amount(self.midterm_share, today.params)
            if now <= half:
                return share * (now - first) / (half - first)
            first, due = half, share
        return due + (1 - due) * (now - first) / (end - first)


def _months(day: date) -> int:
    return day.year * 12 + day.month
