"""Ever: what befell each head in a run, as yes or no; and the names by which `--where` asks for it."""

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.people import People
from sim.core.witness import Notice
from sim.core.words import NEXT, Event, Status
from sim.experiments.tales import EVENTS, NOTICES
from sim.experiments.where import Name

GAP = re.compile(r"\{\w+\}")  # of a sentence, to be filled in
SEXES = ("man", "woman")
SEVERAL = "hosts"


class Ever:
    """A witness who remembers statuses, events, notices and hosts of each head [head, which], the start included."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.statuses, self.events, self.notices, self.hosts = (
            np.zeros((len(people), size), bool) for size in (len(Status), len(Event), len(Notice), people.hosts)
        )
        self._seen(np.arange(len(people)), people.cols.status, people.cols.place)

    def changed(self, who: NDArray[Any], event: NDArray[Any], place: NDArray[Any], *_: Any) -> None:
        """Events, and what they lead to."""
        self.events[who, event] = True
        self._seen(who, NEXT[self.people.cols.status[who], event], place)

    def told(self, notice: Notice, who: NDArray[Any], *_: Any) -> None:
        """Notices."""
        self.notices[who, notice] = True

    def _seen(self, who: NDArray[Any], status: NDArray[Any], place: NDArray[Any]) -> None:
        self.statuses[who, status] = True
        abroad = status != Status.HOME
        self.hosts[who[abroad], self.people.host_of[place[abroad]]] = True

    def values(self) -> dict[str, NDArray[Any]]:
        """The yes and no of every name that asks for what befell people."""
        out: dict[str, NDArray[Any]] = {SEVERAL: self.hosts}
        out |= {tale.word: self.notices[:, notice] for notice, tale in NOTICES.items()}
        out |= {tale.word: self.events[:, event] for event, tale in EVENTS.items()}
        return out | {status.name.lower(): self.statuses[:, status] for status in Status}


def names(world: Any) -> dict[str, Name]:
    """The names of the language, each with its sort and meaning."""
    codes = tuple(c.code for c in world.countries)
    out = {
        "nationality": Name("word", "code of the country", codes),
        "group": Name("word", "group of the world", tuple(g.id for g in world.groups)),
        "region": Name("word", "region of home", tuple(p.id for p in world.places)),
        "sector": Name("word", "sector of work", tuple(s.code for s in world.sectors)),
        "sex": Name("word", "woman or man", SEXES),
        "born": Name("number", "year of birth"),
        "persons": Name("number", "persons for whom the head stands"),
        "skilled": Name("yes or no", "has a training that is paid for"),
        SEVERAL: Name("several", "countries in which the person ever stayed", codes),
    }
    for tale in (*NOTICES.values(), *EVENTS.values()):
        out[tale.word] = Name("yes or no", f"ever {GAP.sub('...', tale.says)}")
    return out | {x.name.lower(): Name("yes or no", "ever had this status") for x in Status}


def lasting(world: Any, people: People, calendar: Any) -> dict[str, NDArray[Any]]:
    """What is known of each head as the run begins, and does not depend on what happens."""
    c, kinds = people.cols, people.kinds

    def named(index: NDArray[Any], words: Any) -> NDArray[Any]:
        return np.array(list(words))[index]

    return {
        "nationality": named(c.nation, (x.code for x in world.countries)),
        "group": named(c.group, (x.id for x in world.groups)),
        "region": named(c.home, (x.id for x in world.places)),
        "sector": named(c.sector, (x.code for x in world.sectors)),
        "sex": named(kinds.sex[c.kind], SEXES),
        "born": calendar.start.year + c.born // calendar.per_year,
        "persons": c.weight,
        "skilled": kinds.skilled[c.kind] == 1,
    }
