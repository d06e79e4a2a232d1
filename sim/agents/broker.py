"""A broker: who brings people to work, as a Mesa agent."""

from typing import Any

import mesa

from sim.core.words import Channel, Status


class Broker(mesa.Agent):
    """A state agency, a licensed recruiter or a smuggler."""

    def __init__(self, model: Any, broker: Any):
        super().__init__(model)
        self.name: str = broker.name
        self.kind: str = broker.kind
        self.nationality: str = broker.nationality
        self.hosts: tuple[str, ...] = broker.hosts
        self.fee_usd: float = broker.fee_usd

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
