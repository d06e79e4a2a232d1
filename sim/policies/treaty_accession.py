"""Treaty accession: a state becomes party to the refugee convention."""

from typing import Any, ClassVar, Literal

from sim.policies.base import Policy
from sim.policies.cells import claimed
from sim.policies.fields import Country, Fraction, amount


class TreatyAccession(Policy, kind="treaty_accession"):
    """The 1951 Convention and its Protocol come into force for a state.

    Claims are heard; return of a refugee is against Art. 33; penalties for illegal entry end for claimants (Art. 31),
    who are neither fined nor, as far as the claim protects, detained; recognised refugees may stay. Party is not
    practice: how far a claim protects, and how much better known the way becomes, are priors. Not represented: work
    under Art. 17.
    """

    state: Country
    """The state that accedes."""
    treaty: Literal["refugee_convention"] = "refugee_convention"
    """The treaty."""
    protects: Fraction | None = None
    """How much less likely a claimant is to be returned; left out: the prior protect_by_accession."""

    example: ClassVar = {"state": "MNG"}

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """A state accedes once."""
        return claimed(f"accession {self.treaty}", world, ((self.state,), "country"))

    def write(self, rules: Any, today: Any) -> None:
        """Party, open procedure, protection raised, and the way better known."""
        state = today.world.country_index(self.state)
        more = today.params["protect_by_accession"] if self.protects is None else amount(self.protects, today.params)
        rules.set("party", (state,), 1.0)
        rules.set("claim_open", (state,), 1.0)
        rules.set("protect", (state,), min(1.0, rules.tables["protect"][state] + more))
        rules.scale("route_known", (state,), 1 + today.params["route_known_by_accession"])
