"""Life: a recorder of what befalls a few heads, month by month, with the rule, limit or broker behind it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.authors import SignedBook
from sim.core.roll import NOBODY
from sim.core.state import State
from sim.core.witness import Notice
from sim.core.words import NOWHERE, Channel, Event, Status
from sim.experiments.numbers import counted
from sim.experiments.scene import CENTS, Scene, Scenes
from sim.experiments.tales import BY_MECHANISM, DRIVEN_OUT, EVENTS, NOTICES, OWN, STATUSES, SUMS, Tale
from sim.mechanisms.residents import FOR_GOOD, live_on, wages
from sim.mechanisms.work import pay_out

WORK, RESIDENTS, JOURNEYS, START = "work", "residents", "journeys", "the world"
Step = Callable[[State], None]


@dataclass
class Entry:
    """What befell a head in step t: word and sentence, the mechanism, and what lies behind it.

    rules: policies that changed a rate which it followed; limits that it had to pass, with their levels; breach: the
    limit that it breaks; broker who brought the person; paid and owed: what the journey took, in cents; host: index.
    """

    t: int
    word: str
    says: str
    mechanism: str
    host: int
    rules: list[str] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)
    breach: str = ""
    broker: str = ""
    paid: int = 0
    owed: int = 0


class Mark(NamedTuple):
    """How a head stands between two mechanisms: cents, limit broken, host of the contract it waits for or NOWHERE."""

    savings: int
    debt: int
    breach: int
    waits: int
    at_home: bool


class Recorder:
    """A witness of a few rows of a run that has not begun; it reads, and changes nothing.

    What a month's work brings it asks of the kernels of pay, of each head alone and on copies. Known gap: the income
    of students is not told.
    """

    def __init__(self, model: Any, rows: NDArray[np.int32]) -> None:
        self.state: State = model.state
        self.state.rules = SignedBook(self.state.rules.base, self.state.rules.seen)
        self.rows, self.scenes, self.mechanism = rows, Scenes(self.state), START
        self.entries: dict[int, list[Entry]] = {int(row): [] for row in rows}
        self.broker: dict[int, str] = {}
        self.payer: dict[int, str] = {}  # the mechanism that pays
        self.pay: dict[int, Counter[str]] = {int(row): Counter() for row in rows}
        model.MONTH = tuple(partial(self._watched, step) for step in model.MONTH)
        self.state.people.witness = self
        for row in self.entries:
            status = Status(int(self.state.people.cols.status[row]))
            self._enter(Tale("begins", STATUSES[status]), self.scenes.now(row))

    def changed(self, who: NDArray[Any], event: NDArray[Any], place: NDArray[Any], end: NDArray[Any],
                employer: NDArray[Any]) -> None:  # fmt: skip
        """An event of some of the rows, about to be carried out."""
        for n in np.flatnonzero(np.isin(who, self.rows)):
            row, what = int(who[n]), Event(int(event[n]))
            was = int(self.state.people.cols.employer[row])
            if was < 0 or employer[n] != was:  # without an employer: of those abroad for good
                self._sum_up(row)
            scene = self.scenes.of(row, int(place[n]), int(end[n]), int(employer[n]))
            if what in DRIVEN_OUT:
                scene.cell["place"] = int(self.state.people.cols.place[row])
            entry = self._enter(EVENTS[what], scene)
            if what == Event.HIRE:
                entry.broker = self.scenes.agency(scene) or self.broker.pop(row, "")
            elif what == Event.SLIP_IN:
                entry.broker = self.scenes.smuggler(scene)

    def told(self, notice: Notice, who: NDArray[Any], *more: Any) -> None:
        """A notice of some of the rows."""
        for n in np.flatnonzero(np.isin(who, self.rows)):
            row, own = int(who[n]), [x[n] if isinstance(x, np.ndarray) else x for x in more]
            if notice == Notice.BROUGHT:
                self.broker[row] = self.state.world.brokers[own[0]].name
            else:
                self._enter(NOTICES[notice], self.scenes.at_notice(notice, row, own))

    def finished(self) -> dict[int, list[Entry]]:
        """All entries by row, once the run is over."""
        for row in self.entries:
            self._sum_up(row)
        return self.entries

    def _watched(self, step: Step, state: State) -> None:
        """Carry out a mechanism, and note what it does to money, permits and plans."""
        self.mechanism = step.__module__.rpartition(".")[2]
        if self.mechanism in (WORK, RESIDENTS):
            for row in self.entries:
                self._work(row)
        before = {row: (self._mark(row), len(entries)) for row, entries in self.entries.items()}
        step(state)
        for row, (was, seen) in before.items():
            now, fresh = self._mark(row), self.entries[row][seen:]
            if fresh and self.mechanism == JOURNEYS:
                fresh[-1].paid, fresh[-1].owed = was.savings - now.savings, now.debt - was.debt
            if fresh and now.breach not in (0, was.breach):
                fresh[-1].breach = state.ledger.limits[now.breach - 1]
            if now.waits != was.waits and now.at_home:
                gives_up = now.waits == NOWHERE
                host = was.waits if gives_up else now.waits
                self._enter(OWN["waits_no_more" if gives_up else "waits"], self.scenes.planned(row, host))

    def _mark(self, row: int) -> Mark:
        c = self.state.people.cols
        waits = int(c.plan_host[row]) if c.plan[row] == Channel.CONTRACT else NOWHERE
        return Mark(int(c.savings[row]), int(c.debt[row]), int(c.breach[row]), waits, c.status[row] == Status.HOME)

    def _work(self, row: int) -> None:
        """Add what a month's work is about to bring a person; another year begins a new sum."""
        c, state, pay = self.state.people.cols, self.state, self.pay[row]
        if not (c.employer[row] >= 0 if self.mechanism == WORK else c.status[row] in FOR_GOOD):
            return
        if pay["year"] not in (0, state.calendar.year(state.t)):
            self._sum_up(row)
        one, savings, debt = np.array([row], np.int32), c.savings.copy(), c.debt.copy()
        if self.mechanism == WORK:
            tally = pay_out(state, (one, NOBODY, NOBODY, NOBODY), savings, debt, c.owed.copy()).tally
        else:
            tally = np.zeros_like(state.memory["money"])
            live_on(state, one, wages(state), savings, debt, tally)
        self.payer[row] = self.mechanism
        pay["year"], pay["t"], pay["months"] = state.calendar.year(state.t), state.t, pay["months"] + 1
        for item in SUMS:
            pay[item.name] += int(tally[item].sum()) // int(c.weight[row])

    def _sum_up(self, row: int) -> None:
        """Tell of the work since the last sum, if there was any, in the month of the last pay."""
        pay = self.pay[row]
        if pay["months"]:
            done = [text.format(usd=f"{pay[item.name] / CENTS:,.0f}") for item, text in SUMS.items() if pay[item.name]]
            scene = self.scenes.now(row)
            scene.words |= {"months": counted(pay["months"], self.state.calendar.step), "year": str(pay["year"])}
            scene.words["sums"] = ", ".join(done) or "nothing paid"
            entry = self._enter(OWN["pay"], scene)
            entry.t, entry.mechanism = pay["t"], self.payer.get(row, WORK)
        pay.clear()

    def _enter(self, tale: Tale, scene: Scene) -> Entry:
        """Write an entry down, with the rules and limits behind it."""
        entry = Entry(self.state.t, tale.word, tale.says.format_map(scene.words), self.mechanism, scene.host)
        tables = tale.tables or BY_MECHANISM.get((tale.word, self.mechanism), ())
        entry.rules = list(dict.fromkeys(x for table in tables for x in self.scenes.authors(table, scene)))
        if tale.word == EVENTS[Event.SEND_HOME].word:
            entry.rules = self.scenes.recalls(scene)
        if tale.grant is not None:
            entry.limits = self.scenes.limits(tale.grant, scene)
        self.entries[scene.row].append(entry)
        return entry
