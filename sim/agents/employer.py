"""An employer: posts, staff and wage of a region's sector, as a Mesa agent."""

from typing import Any

import mesa


class Employer(mesa.Agent):
    """One employer; its numbers are views of the run's columns."""

    def __init__(self, model: Any, row: int):
        super().__init__(model)
        e, world = model.state.employers, model.state.world
        self.row = row
        self.place: str = world.places[e.place[row]].id
        self.sector: str = world.sectors[e.sector[row]].code

    @property
    def posts(self) -> int:
        """Posts open to foreigners under contract."""
        return int(self.model.state.employers.posts[self.row])

    @property
    def staff(self) -> int:
        """Foreigners employed with a permit."""
        return int(self.model.state.people.staff[0, self.row])

    @property
    def staff_without_papers(self) -> int:
        """Foreigners employed without one."""
        return int(self.model.state.people.staff[1, self.row])

    @property
    def wage_usd_month(self) -> float:
        """Wage offered [USD a month]."""
        return float(self.model.state.employers.wage[self.row]) / 100
