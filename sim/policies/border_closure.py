"""Border closure: ports shut, or a share of a state's traffic stopped (SARS 2003, COVID-19 2020)."""

from typing import Any, ClassVar, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.core.words import Channel
from sim.policies.base import Policy
from sim.policies.cells import countries
from sim.policies.fields import Countries, Country, Ports
from sim.policies.numbers import Fraction, amount

TRAFFIC = {
    "all": (Channel.CONTRACT, Channel.VISIT, Channel.OVERSTAY, Channel.ASYLUM, Channel.STUDY, Channel.FAMILY),
    "visitors": (Channel.VISIT, Channel.OVERSTAY),
    "workers": (Channel.CONTRACT,),
    "unlawful": (),
}
OF_A_STATE = ("nationality", "direction", "traffic")  # what is said of a closed border, and not of ports


class BorderClosure(Policy, kind="border_closure"):
    """Ports are shut for all lawful traffic, or a state stops a share of those who want to enter or leave it.

    Closures compose: two that each stop half let a quarter pass. People may always return to their own country.
    """

    ports: Ports | None = None
    """Ports that are shut; travellers take another way if there is one."""
    state: Country | None = None
    """The state whose border is closed."""
    nationality: Countries = "all"
    """Whom it stops."""
    direction: Literal["in", "out", "both"] = "both"
    """Into the state, out of it (its own nationals), or both."""
    traffic: Literal["all", "visitors", "workers", "unlawful"] = "all"
    """Which traffic; unlawful: crossings without papers are seen by that much more."""
    share: Fraction = 1.0
    """The share that is stopped."""

    example: ClassVar = {"state": "MNG", "traffic": "visitors", "share": 0.5}

    @model_validator(mode="after")
    def _ports_or_state(self) -> "BorderClosure":
        if (self.ports is None) == (self.state is None):
            raise PydanticCustomError("ports_or_state", "give either ports, or a state whose border is closed")
        if self.ports is not None and self.share != 1:
            raise PydanticCustomError("ports_shut", "ports are shut as a whole: for a share, give the state")
        if self.ports is not None and (given := self._said_of_a_state()):
            what = "ports are shut for everybody, both ways: leave out {given}, or give the state"
            raise PydanticCustomError("ports_shut", what, {"given": ", ".join(given)})
        if self.traffic == "unlawful" and self.nationality != "all":
            raise PydanticCustomError("all_unlawful", "crossings without papers are watched whoever makes them: leave "
                                                      "out the nationality")  # fmt: skip
        if self.direction == "in" and self.nationality == (self.state,):
            raise PydanticCustomError("own_people", "people may always return to their own country: name foreigners")
        if self.direction == "out" and self.state not in self.nationality and self.nationality != "all":
            raise PydanticCustomError(
                "own_nationals", "outward it stops the state's own nationals: leave out the nationality"
            )
        return self

    def _said_of_a_state(self) -> list[str]:
        """Those settings of a closed border that are not as they are when left out."""
        return [x for x in OF_A_STATE if getattr(self, x) != type(self).model_fields[x].default]

    def write(self, rules: Any, today: Any) -> None:
        """Shut ports, or let fewer pass."""
        world = today.world
        if self.ports is not None:
            names = [p.id for p in world.ports] if self.ports == "all" else self.ports
            rules.set("port_open", ([world.port_index(p) for p in names],), 0.0)
            return
        state, nations = world.country_index(self.state), countries(self.nationality, world)
        stopped = amount(self.share, today.params)
        if self.traffic == "unlawful":
            self._watch(rules, state, stopped)
        for channel in TRAFFIC[self.traffic]:
            if self.direction != "out":
                rules.scale("entry", (int(channel), state, nations), 1 - stopped)
            if self.direction != "in" and state in nations:
                others = [h for h in range(len(world.countries)) if h != state]
                rules.scale("entry", (int(channel), others, state), 1 - stopped)

    def _watch(self, rules: Any, state: int, share: float) -> None:
        """Of the crossings that went unseen a share is seen."""
        seen = rules.tables["seen"]
        if self.direction != "out":
            rules.set("seen", (slice(None), state), 1 - (1 - seen[:, state]) * (1 - share))
        if self.direction != "in":
            rules.set("seen", (state, slice(None)), 1 - (1 - seen[state]) * (1 - share))
