"""Scene: where and with whom something befalls a head, in the words of the world, and the law that holds there."""

from dataclasses import dataclass
from typing import Any

from sim.core.authors import SignedBook, described
from sim.core.state import State
from sim.core.witness import Notice
from sim.core.words import NEVER, Channel, Grant, WorkerFate
from sim.experiments.tales import PERMITS

CENTS = 100


@dataclass
class Scene:
    """A head's row, cell of the rule book by axis, and the words with which a sentence is filled in."""

    row: int
    host: int
    cell: dict[str, int]
    words: dict[str, str]


class Scenes:
    """Makes the scenes of a run, and looks up who wrote the law that holds in them."""

    def __init__(self, state: State) -> None:
        self.state, self.world, self.axes = state, state.world, described()

    def now(self, row: int) -> Scene:
        """The head where it is."""
        c = self.state.people.cols
        return self.of(row, int(c.place[row]), int(c.end[row]), int(c.employer[row]))

    def of(self, row: int, place: int, end: int, employer: int) -> Scene:
        """The head as it is, on the way to a place; one at home or on the way home is where it comes from."""
        people, c = self.state.people, self.state.people.cols
        to, was = int(people.host_of[place]), int(people.host_of[c.place[row]])
        home = int(people.host_of[c.home[row]])
        host = was if to == home else to
        cell = {
            "host": host, "other host": home if was == host else was, "nation": int(c.nation[row]), "place": place,
            "sector": int(c.sector[row]), "channel": int(c.channel[row]),
        }  # fmt: skip
        words = {
            "place": self.world.places[place].name, "host": self._country(to), "until": self._month(end),
            "was": self.world.places[c.place[row]].name, "was_host": self._country(was),
            "employer": self._firm(employer), "former": self._firm(int(c.employer[row])),
        }  # fmt: skip
        return Scene(row, host, cell, words)

    def planned(self, row: int, host: int) -> Scene:
        """The head at home, with a host in mind."""
        scene = self.now(row)
        scene.words["host"], scene.host = self._country(host), host
        return scene

    def at_notice(self, notice: Notice, row: int, own: list[Any]) -> Scene:
        """The head where it is, or was turned back, with the words that only this notice brings."""
        limits, c = self.state.ledger.limits, self.state.people.cols
        scene = self.now(row)
        if notice == Notice.TURNED_BACK:
            scene = self.of(row, int(own[0]), NEVER, -1)
            scene.cell["channel"], scene.words["channel"] = int(own[1]), _plain(own[1])
        elif notice == Notice.HELD_UP:
            scene.words |= {"limit": limits[own[0]], "employer": self._firm(int(own[1]))}
            scene.host = int(self.state.employers.host[own[1]])
        elif notice == Notice.ANSWERED:
            scene.words["fate"] = _plain(WorkerFate(int(own[0])))
        elif notice == Notice.NOT_GRANTED:
            scene.words |= {"limit": limits[own[0]], "permit": PERMITS[own[1]]}
        elif notice == Notice.FINED:
            scene.words["fine"] = f"{own[0] / CENTS:,.0f} USD"
        elif notice == Notice.DECEIVED:
            scene.cell["host"] = int(own[0])  # whose visas and law count
        elif notice == Notice.SUCCEEDED:
            scene.words["born"] = str(self.state.calendar.year(int(c.born[row])))
        return scene

    def authors(self, table: str, scene: Scene) -> list[str]:
        """The policies that changed the rate of a table that holds in a scene."""
        axes, _ = self.axes[table]
        cell = [scene.cell[axis if axis not in axes[:n] else f"other {axis}"] for n, axis in enumerate(axes)]
        book = self.state.rules
        assert isinstance(book, SignedBook)
        return book.authors(table, *cell) if min(cell) >= 0 else []

    def recalls(self, scene: Scene) -> list[str]:
        """The orders that send a nationality home from a host."""
        host, nation = scene.cell["host"], scene.cell["nation"]
        return [x.id for x in self.state.rules.recalls.values() if x.hosts[host] and x.nations[nation]]

    def limits(self, grant: Grant, scene: Scene) -> dict[str, int]:
        """Limits on a grant that cover a scene, with their levels."""
        at = scene.cell["host"], scene.cell["nation"], scene.cell["sector"]
        found = self.state.rules.limits.values()
        return {
            x.id: x.level
            for x in found
            if grant in x.grants and x.hosts[at[0]] and x.nations[at[1]] and x.sectors[at[2]]
        }

    def agency(self, scene: Scene) -> str:
        """The public agency that takes the place of recruiters, if there is one."""
        fee = self.state.rules.tables["agency_fee"][scene.cell["host"], scene.cell["nation"]]
        selected = self.state.programme[self.state.people.cols.group[scene.row]]
        return "the public agency" if fee >= 0 and not selected else ""

    def smuggler(self, scene: Scene) -> str:
        """The smugglers who bring a nationality to a host."""
        broker = int(self.state.brokers.of[Channel.SMUGGLER, scene.cell["nation"], scene.cell["host"]])
        return str(self.world.brokers[broker].name) if broker >= 0 else ""

    def _country(self, host: int) -> str:
        return str(self.world.countries[host].name)

    def _firm(self, employer: int) -> str:
        if employer < 0:
            return "nobody"
        e = self.state.employers
        return f"{self.world.sectors[e.sector[employer]].name.lower()} in {self.world.places[e.place[employer]].name}"

    def _month(self, step: int) -> str:
        return "no fixed date" if step == NEVER else f"{self.state.calendar.day(step):%Y-%m}"


def _plain(word: Any) -> str:
    return str(word.name).lower().replace("_", " ")
