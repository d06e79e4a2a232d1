"""A broker: who brings people to work, as a Mesa agent."""

from typing import Any

import mesa


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
        channel = 3 if self.kind == "smuggler" else 0
        c = people.cols
        here = [state.country(h) for h in self.hosts]
        mine = (c.nation == state.country(self.nationality)) & (c.channel == channel) & (c.status > 1)
        mine[mine] = [people.host_of[p] in here for p in c.place[mine]]
        return int(c.weight[mine].sum())
