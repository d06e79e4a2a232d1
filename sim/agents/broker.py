"""A broker: who brings people to work, as a Mesa agent."""

from typing import Any

import mesa

from sim.core.words import Channel, Status


class Broker(mesa.Agent):
    """A state agency, a licensed recruiter or a smuggler; its numbers are views of the run's columns."""

    def __init__(self, model: Any, row: int):
        super().__init__(model)
        broker, self.row = model.state.world.brokers[row], row
        self.name: str = broker.name
        self.kind: str = broker.kind
        self.nationality: str = broker.nationality
        self.hosts: tuple[str, ...] = broker.hosts

    @property
    def fee_usd(self) -> float:
        """What a client pays at present."""
        return float(self.model.state.brokers.fee[self.row])

    @property
    def bad_name(self) -> float:
        """Share of its clients who come to harm, above what was usual."""
        return float(self.model.state.brokers.bad_name[self.row])

    @property
    def is_prosecuted(self) -> bool:
        """Whether it has lost places to a prosecution."""
        return bool(self.model.state.brokers.until[self.row] > self.model.state.t)

    @property
    def places(self) -> dict[str, float]:
        """Persons whom a smuggler can bring to each host next month, with those left of this one."""
        state = self.model.state
        if not state.brokers.smuggles[self.row]:
            return {}
        row = state.brokers.places(state.t, state.params)[self.row]
        return {code: float(row[state.country(code)]) for code in self.hosts}

    @property
    def clients(self) -> int:
        """People of the broker's nationality in its hosts who came by its way: contract, or smuggled."""
        people, state = self.model.state.people, self.model.state
        channel = Channel.SMUGGLER if self.kind == "smuggler" else Channel.CONTRACT
        c = people.cols
        here = [state.country(h) for h in self.hosts]
        mine = (c.nation == state.country(self.nationality)) & (c.channel == channel) & (c.status > Status.VISITOR)
        mine[mine] = [people.host_of[p] in here for p in c.place[mine]]
        return int(c.weight[mine].sum())
