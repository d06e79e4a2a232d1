"""Enforcement campaign: for some months a state inspects more often, and removes more of those it finds."""

from typing import Any, ClassVar

from sim.policies.base import Policy
from sim.policies.cells import claimed, countries
from sim.policies.fields import Country
from sim.policies.numbers import Fraction, Often, amount

HANDED_OVER = "PRK"  # North Koreans who are found are held in any case: a readmission agreement says what follows


class EnforcementCampaign(Policy, kind="enforcement_campaign"):
    """Inspectors find foreigners so many times as often while the campaign lasts; then all is as before.

    Liable are, as at other times, people without papers, claimants as far as a claim does not protect them, and those
    not registered. Campaigns compose, with each other and with a legalisation or amnesty before them. What becomes of
    those found is the law's: fine, detention, removal, bar; the campaign may remove more of them. North Koreans are
    handed over, or not, as at other times.
    """

    host: Country
    """The state."""
    factor: Often
    """How many times as often a person is found; 1 changes nothing."""
    removal: Fraction | None = None
    """Of those found without papers the share removed; left out: as at other times."""

    example: ClassVar = {"host": "KOR", "factor": 2.0}

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One practice of removal a host and nationality, shared with readmission agreements."""
        if self.removal is None:
            return frozenset()
        others = tuple(x.code for x in world.countries if x.code != HANDED_OVER)
        return claimed("hand-over", world, ((self.host,), "country"), (others, "country"))

    def write(self, rules: Any, today: Any) -> None:
        """Scale the rate of inspection, and set the share removed."""
        world = today.world
        host = world.country_index(self.host)
        rules.scale("inspection", (host,), amount(self.factor, today.params))
        if self.removal is not None:
            others = [n for n in countries("all", world) if n != world.country_index(HANDED_OVER)]
            rules.set("p_removal", (host, others), amount(self.removal, today.params))
