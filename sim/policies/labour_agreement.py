"""Labour agreement: two states open a contract channel (DPRK–Mongolia 2008, Mongolia–ROK 2006)."""

from typing import Any, ClassVar

from sim.policies.base import Policy
from sim.policies.cells import claimed, without_employers
from sim.policies.fields import Country
from sim.policies.numbers import Dollars, Fraction, Months, Posts, amount


class LabourAgreement(Policy, kind="labour_agreement"):
    """Employers of a host may hire a nationality under contract, and may be given posts for it beyond their own."""

    host: Country
    """The state that receives."""
    nationality: Country
    """The nationality that is sent."""
    posts: Posts = 0
    """Posts set aside for it, spread over the host's employers by size."""
    agency_fee_usd: Dollars | None = None
    """What a public agency asks of a worker, if it takes the place of recruiters."""
    pass_share: Fraction = 1.0
    """Share of those who want such a contract who pass its test."""
    term_months: Months | None = None
    """Length of a new contract, if it is not that of the host's other contracts; it is prolonged as they are."""

    foreigners_in: ClassVar = "host"
    example: ClassVar = {"host": "JPN", "nationality": "MNG", "posts": 500}

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One agreement a host and nationality."""
        return claimed("labour agreement", world, ((self.host,), "country"), ((self.nationality,), "country"))

    def in_vain(self, world: Any) -> str:
        """Nobody is there whom it could bind."""
        return super().in_vain(world) or without_employers(world, (self.host,))

    def write(self, rules: Any, today: Any) -> None:
        """Open the channel and set the posts aside."""
        cell = today.world.country_index(self.host), today.world.country_index(self.nationality)
        rules.set("open_work", cell, 1.0)
        rules.set("extra_posts", cell, self.posts)
        rules.set("pass_share", cell, amount(self.pass_share, today.params))
        if self.agency_fee_usd is not None:
            rules.set("agency_fee", cell, amount(self.agency_fee_usd, today.params))
        if self.term_months is not None:
            rules.set("term", cell, self.term_months)
