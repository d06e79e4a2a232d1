"""A state: what a government sees and asks, as a Mesa agent."""

from typing import Any

import mesa

from sim.core.attitude import attitude, inspected
from sim.core.words import Status

NATIONALS = (Status.HOME, Status.CITIZEN)


class State(mesa.Agent):
    """One country; its numbers are views of the run's columns and rule book."""

    def __init__(self, model: Any, row: int):
        super().__init__(model)
        self.row = row
        self.code: str = model.state.world.countries[row].code

    @property
    def foreigners(self) -> dict[str, int]:
        """Persons from abroad by legal status, its nationals, born or naturalised, left out."""
        stock = self.model.state.people.by_host()[:, self.row].sum((1, 2))
        return {status.name.lower(): int(stock[status]) for status in Status if status not in NATIONALS}

    @property
    def nationals_abroad(self) -> int:
        """The country's own people who live elsewhere."""
        return int(self.model.state.abroad()[self.row].sum())

    @property
    def limits(self) -> dict[str, int]:
        """Level of each limit in force that covers this host, by the limit's id."""
        return {x.id: x.level for x in self.model.state.rules.limits.values() if x.hosts[self.row]}

    @property
    def inspection_rate(self) -> float:
        """Chance a year that somebody without papers is inspected, as a rate: the rule's × severity."""
        return float(inspected(self.model.state)[self.row])

    @property
    def attitude(self) -> float:
        """How the public feels about foreigners, between -1 and 1; 0 is the run's first year."""
        return float(attitude(self.model.state)[self.row])
