"""Designation under sanctions: whoever hires or sends a state's workers risks its dollars (EO 13722, sec. 2(a)(iv))."""

import math
from typing import Any, ClassVar

from sim.policies.base import Policy
from sim.policies.cells import claimed, countries
from sim.policies.fields import Countries, Country, codes
from sim.policies.numbers import Factor, amount

DAYS_A_YEAR = 365.25


class SanctionDesignation(Policy, kind="sanction_designation"):
    """Property under US jurisdiction of those who export a nationality's labour may be blocked. It caps no stock.

    A host's exposure is how far its firms need the US financial system. Sending somebody there takes (1 + cost ×
    exposure) times as much of an agency's capacity, and the fee is dearer by as much. Of an employer's firms the share
    that still asks for the nationality, and prolongs its contracts, is exp(−exit × exposure × years in force).
    """

    nationality: Country
    """Whose labour is exported."""
    hosts: Countries = "all"
    """The states whose employers are within reach."""
    cost: Factor
    """How much dearer it is to send somebody where exposure is full, as a share."""
    exit: Factor
    """Yearly rate at which firms give the nationality up where exposure is full."""

    foreigners_in: ClassVar = "hosts"
    example: ClassVar = {"nationality": "CHN", "hosts": ["THA"], "cost": 0.5, "exit": 0.2}

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One designation a host and nationality."""
        hosts = codes(self.hosts, world, "country")
        return claimed("designation", world, (hosts, "country"), ((self.nationality,), "country"))

    def write(self, rules: Any, today: Any) -> None:
        """Raise the cost of sending, and let a share of the firms give up."""
        hosts = countries(self.hosts, today.world)
        cells = hosts, today.world.country_index(self.nationality)
        exposure = rules.base["exposure"][hosts]
        since = rules.remember("since", lambda: today.month)
        years = (today.month - since).days / DAYS_A_YEAR
        leave = amount(self.exit, today.params)
        asks = [math.exp(-leave * x * years) for x in exposure]
        rules.set("sending_cost", cells, 1 + amount(self.cost, today.params) * exposure)
        rules.set("asks", cells, asks)
        rules.scale("p_renew", cells, asks)
