"""Readmission agreement: how far a state hands over the nationals of another whom it catches."""

from typing import Any

from sim.policies.base import Policy
from sim.policies.cells import claimed
from sim.policies.fields import Country, Fraction, amount


class ReadmissionAgreement(Policy, kind="readmission_agreement"):
    """Of those caught a share is handed over: raised by an agreement (Russia 2016), dropped by a change of practice
    (Mongolia by 2006, S064). Whether a hand-over is against Art. 33 depends on the state's treaties, not on this."""

    host: Country
    """The state that catches."""
    nationality: Country
    """Whom it hands over."""
    hand_over: Fraction
    """Share of those caught who are handed over."""

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One practice a host and nationality."""
        return claimed("hand-over", world, ((self.host,), "country"), ((self.nationality,), "country"))

    def write(self, rules: Any, today: Any) -> None:
        """Set the share handed over."""
        cell = today.world.country_index(self.host), today.world.country_index(self.nationality)
        rules.set("handover", cell, amount(self.hand_over, today.params))
