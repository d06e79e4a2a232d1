"""Readmission agreement: how far a state removes, or hands over, the nationals of another whom it catches."""

from typing import Any, ClassVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.cells import claimed
from sim.policies.fields import Country
from sim.policies.numbers import Fraction, amount

ALWAYS_HELD = "PRK"  # whoever is found is held; what an agreement changes is what becomes of them


class ReadmissionAgreement(Policy, kind="readmission_agreement"):
    """The home state takes its people back, so that those found without papers are removed and not only fined.

    North Koreans who are caught are always held; of these a share is handed over: raised by an agreement (Russia 2016),
    dropped by a change of practice (Mongolia by 2006, S064). Whether a hand-over is against Art. 33 depends on the
    state's treaties, not on this.
    """

    host: Country
    """The state that catches."""
    nationality: Country
    """Whom it removes or hands over."""
    hand_over: Fraction | None = None
    """Of North Koreans caught, the share handed over."""
    removal: Fraction | None = None
    """Of others found without papers, the share removed a month later; the rest is fined and stays."""

    foreigners_in: ClassVar = "host"
    example: ClassVar = {"host": "KOR", "nationality": "MNG", "removal": 0.8}

    @model_validator(mode="after")
    def _one_of_both(self) -> "ReadmissionAgreement":
        given, other = ("hand_over", "removal") if self.nationality == ALWAYS_HELD else ("removal", "hand_over")
        if getattr(self, given) is None or getattr(self, other) is not None:
            raise PydanticCustomError("readmission", "for {who} give {given}, and no {other}", {
                "who": self.nationality, "given": given, "other": other,
            })  # fmt: skip
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One practice a host and nationality."""
        return claimed("hand-over", world, ((self.host,), "country"), ((self.nationality,), "country"))

    def write(self, rules: Any, today: Any) -> None:
        """Set the share removed or handed over."""
        cell = today.world.country_index(self.host), today.world.country_index(self.nationality)
        for table, share in (("handover", self.hand_over), ("p_removal", self.removal)):
            if share is not None:
                rules.set(table, cell, amount(share, today.params))
