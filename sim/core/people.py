"""People: columns, and the one function through which a status changes."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import below, bounds, thin
from sim.core.changes import apply, count, count_abroad, pool
from sim.core.columns import dtypes
from sim.core.kernel import kernel
from sim.core.kinds import kinds_of
from sim.core.roll import NOBODY, Roll, Rows, equal, merged
from sim.core.witness import Notice, Witness
from sim.core.words import NEVER, NO_EMPLOYER, Event, Status


class Columns(NamedTuple):
    """One row a person (or `weight` alike people) for life; rows are never reused and draws never look at them."""

    id: NDArray[np.uint64]  # for the draws
    weight: NDArray[np.int32]  # persons that this head stands for, fixed for life
    group: NDArray[np.int8]
    kind: NDArray[np.int16]  # group × sector × sex × skill, see `Kinds`: people of a kind see the same alternatives
    nation: NDArray[np.int8]
    sector: NDArray[np.int8]
    born: NDArray[np.int16]  # step of birth, counted from the run's start and so negative
    home: NDArray[np.int8]  # place
    place: NDArray[np.int8]
    status: NDArray[np.int8]
    since: NDArray[np.int16]  # step in which the status began there; a renewed contract goes on
    end: NDArray[np.int16]  # step in which contract, visit or procedure ends; NEVER if none
    employer: NDArray[np.int16]
    channel: NDArray[np.int8]  # the way of the present or last stay; -1 if there was none
    plan: NDArray[np.int8]  # channel that a candidate at home waits for, -1 if none
    plan_host: NDArray[np.int8]
    queued: NDArray[np.int8]  # 1 while a blocked request names this person
    extended: NDArray[np.int8]  # times the contract was prolonged
    registered: NDArray[np.int8]  # with the authorities of the host (S028): REGISTERED, UNREGISTERED or THIRTY_DAYS
    breach: NDArray[np.int16]  # 1 + index of the limit in breach of which the permit was granted, else 0
    banned_host: NDArray[np.int8]  # host that removed the person, and until which step it bars lawful entry
    banned_until: NDArray[np.int16]
    savings: NDArray[np.int32]  # US cents a person
    debt: NDArray[np.int32]  # US cents a person
    owed: NDArray[np.int32]  # US cents a person: pay that the employer still owes
    held: NDArray[np.int8]  # 1 + host whose traffickers hold the person; negative from freedom until back home; else 0


COLUMNS = dtypes(Columns)
INT8, INT16 = np.dtype(np.int8), np.dtype(np.int16)
GIVEN = COLUMNS | dict.fromkeys(("sex", "skilled"), INT8)  # what people are made from; kinds know these two for them
ABROAD = tuple(x for x in Status if x != Status.HOME)
AT_HOME, AT_WORK = int(Status.HOME), int(Status.WORKER)  # for kernels
ALONE = tuple(np.array([x], np.int8) for x in Event)  # the event of all
STAY, LASTING, IDLE = np.zeros(0, np.int16), np.array([NEVER], np.int16), np.array([NO_EMPLOYER], np.int16)


def asked_for(*statuses: Status) -> NDArray[np.bool_]:
    """Which statuses are asked for, as `holders` takes it."""
    out = np.zeros(len(Status), bool)
    out[[*statuses]] = True
    return out


@kernel
def holders(rows, status, asked):
    """Those of `rows` whose status is asked for [status]; without a branch, which would be guessed wrong often."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        out[n] = i
        n += asked[status[i]]
    return out[:n]


@kernel
def at_home(status):
    """Rows of those at home."""
    out, n = np.empty(status.size, np.int32), 0
    for i in range(status.size):
        out[n] = i
        n += status[i] == AT_HOME
    return out[:n]


def runs_of(ids: NDArray[np.uint64], group: NDArray[np.int8]) -> NDArray[np.int64]:
    """First rows of runs of people of one group whose ids follow each other, and at last the number of all."""
    first = np.flatnonzero((np.diff(ids) != 1) | (np.diff(group) != 0)) + 1
    return np.concatenate([[0], first, [ids.size]])


class People:
    """Everybody in the run, made from the columns GIVEN; who is where, in which status, is kept by increments and can
    be recounted."""

    def __init__(self, columns: dict[str, Any], host_of: NDArray[np.int16], nations: int, sectors: int, employers: int):
        self.cols = Columns(**{name: np.ascontiguousarray(columns[name], kind) for name, kind in COLUMNS.items()})
        self.kinds = kinds_of(self.cols, *(np.ascontiguousarray(columns[x], INT8) for x in ("sex", "skilled")))
        self.runs, weight = runs_of(self.cols.id, self.cols.group), self.cols.weight
        self.each = int(weight[0]) if (weight == weight[:1]).all() and weight.size else 0  # weight of all, if it is one
        self.host_of, self.hosts = host_of, int(host_of.max()) + 1
        self.shape = (len(Status), host_of.size, nations, sectors)
        self.now = 0
        self.witness: Witness | None = None
        self._roll = Roll(self.cols.status)
        self.events = np.zeros((len(Event), self.hosts, nations), np.int64)
        self.lost = np.zeros((self.hosts, nations), np.int64)  # pay that leavers lost this step [cents]
        self.moved, self.crossed = np.empty((4, 0), np.int32), 0  # who crossed a border this step, see `apply`
        self.crossed_before = self.moved[0]  # rows of those who did in the last one
        self.stock = self.recount()
        self._hosts = self.recount_hosts()
        self.spots = self.stock.sum(3)  # persons [status, place, nation]
        self.here = self._hosts.sum(3)  # persons [status, host, nation]
        self._cells = tuple(x.reshape(-1) for x in (self.stock, self._hosts, self.spots, self.here))  # for `apply`
        self.women, self.skilled = self.recount_abroad()
        self.staff = np.zeros((2, employers), np.int64)
        self.staff = self.recount_staff()
        self.contracts = self.recount_contracts()

    def __len__(self) -> int:
        return int(self.cols.id.size)

    def recount(self) -> NDArray[np.int64]:
        """Persons by status, place, nation and sector, counted afresh."""
        stock = np.zeros(self.shape, np.int64)
        c = self.cols
        count(c.status, c.place, c.nation, c.sector, c.weight, stock)
        return stock

    def recount_hosts(self) -> NDArray[np.int64]:
        """Persons by status, host, nation and sector, added up afresh from `stock`."""
        statuses, places, nations, sectors = self.shape
        out = np.zeros((statuses, self.hosts, nations, sectors), np.int64)
        pool(self.stock.reshape(statuses, places, -1), self.host_of, out.reshape(statuses, self.hosts, -1))
        return out

    def recount_abroad(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Women [status, host, nation] and the skilled [host, nation] who live abroad, counted afresh [persons]."""
        women = np.zeros((self.shape[0], self.hosts, self.shape[2]), np.int64)
        skilled = np.zeros(women.shape[1:], np.int64)
        c = self.cols
        count_abroad(c.status, c.place, c.kind, c.weight, self.kinds.traits, self.host_of, women, skilled)
        return women, skilled

    def recount_staff(self) -> NDArray[np.int64]:
        """Persons employed, counted afresh: [with a work permit, without] × employer."""
        staff = np.zeros_like(self.staff)
        who = np.flatnonzero(self.cols.employer >= 0)
        without = (self.cols.status[who] != Status.WORKER).astype(np.int8)
        np.add.at(staff, (without, self.cols.employer[who]), self.cols.weight[who])
        return staff

    def recount_contracts(self) -> NDArray[np.int64]:
        """Persons employed with a work permit by [employer, nation], counted afresh."""
        contracts = np.zeros((self.staff.shape[1], self.shape[2]), np.int64)
        who = self.who(Status.WORKER)
        who = who[self.cols.employer[who] >= 0]
        np.add.at(contracts, (self.cols.employer[who], self.cols.nation[who]), self.cols.weight[who])
        return contracts

    def who(self, *statuses: Status, ends: int | None = None) -> Rows:
        """Rows of those in one of the statuses (whose stay ends in step `ends`); not to be written to."""
        if ends is None:
            found = [self._in(s) for s in statuses]
        else:
            end = self.cols.end
            found = [self.sieved(s, lambda rows: [equal(rows, end, ends)])[0] for s in statuses]
        return found[0] if len(found) == 1 else np.concatenate(found)

    def below(self, statuses: tuple[Status, ...], *draws: tuple[np.uint64, float]) -> list[Rows]:
        """Whom of those in the statuses each draw can strike, as `chance.below`; no list of all of them is made."""
        limits = bounds(draws)

        def sieve(rows: Rows) -> list[Rows]:
            if not rows.size:
                return [NOBODY] * len(draws)
            out, sizes = thin(rows, self.cols.id, self.runs, *limits)
            return [out[k, :n] for k, n in enumerate(sizes.tolist())]

        found = [self.sieved(status, sieve) for status in statuses]
        return [some[0] if len(some) == 1 else np.concatenate(some) for some in zip(*found, strict=True)]

    def sieved(self, status: Status, sieve: Callable[[Rows], Sequence[Rows]]) -> Sequence[Rows]:
        """Those in the status whom a sieve lets through, which asks of each row nothing but what is its own; it may
        have several openings."""
        rows, news = self._roll.lately(status)
        found = sieve(rows)
        if not news.size:
            return found
        kind = int(status)
        return [merged(some, later, self.cols.status, kind) for some, later in zip(found, sieve(news), strict=True)]

    def within(self, status: Status, runs: NDArray[np.int32]) -> Rows:
        """Rows of those in the status who are in one of some runs of rows, in order: runs [run, first and end]."""

        def sieve(rows: Rows) -> list[Rows]:
            some = [rows[at:end] for at, end in np.searchsorted(rows, runs).tolist() if end > at]
            return [some[0] if len(some) == 1 else np.concatenate(some) if some else NOBODY]

        return self.sieved(status, sieve)[0]

    def runs_in(self, selected: NDArray[np.bool_]) -> NDArray[np.int32]:
        """First row, and row after the last, of the runs of people in the groups selected [group]."""
        first = self.runs[:-1]
        return np.column_stack([first, self.runs[1:]])[selected[self.cols.group[first]]].astype(np.int32)

    def drawn(self, rows: Rows, *draws: tuple[np.uint64, float]) -> list[Rows]:
        """Whom of `rows` each draw can strike, as `chance.below`."""
        return below(rows, self.cols.id, self.runs, *draws)

    def _in(self, status: Status) -> Rows:
        return np.asarray(at_home(self.cols.status)) if status == Status.HOME else self._roll.of(status)

    def begin(self, now: int) -> None:
        """Open step `now`: events of the last one are forgotten, and who crossed a border a step later."""
        self.now = now
        self.events[:] = 0
        self.lost[:] = 0
        self.crossed_before, self.crossed = self.moved[0, : self.crossed].copy(), 0

    def change(self, who: Rows, event: Event | NDArray[np.int8], place: Any = None, end: Any = LASTING,
               employer: Any = IDLE) -> None:  # fmt: skip
        """One event for all of `who` or an array of them; likewise place (default: unchanged), end and employer.

        Raises ValueError if the status table has no such arrow; nobody after that row is changed.
        """
        if not who.size:
            return
        what = ALONE[event] if isinstance(event, int) else _typed(event, INT8)
        place = STAY if place is None else _typed(place, INT16)
        end, employer = _typed(end, INT16), _typed(employer, INT16)
        if self.witness is not None:
            at = place if place.size else self.cols.place[who]
            self.witness.changed(who, *(np.broadcast_to(x, who.size) for x in (what, at, end, employer)))
        self._make_room(who.size)
        c = self.cols
        bad, left, entered, rises, self.crossed, _ = apply(
            who, what, place, end, employer, self.now, c.weight, c.kind, c.status, c.place, c.end, c.employer, c.since,
            c.owed, c.extended, c.breach, c.registered, c.plan, self.kinds.traits, self.host_of, *self._cells,
            self.women, self.skilled, self.events, self.staff, self.contracts, self.lost, self.moved, self.crossed,
        )  # fmt: skip
        self._roll.note(who if rises else np.sort(who), left, entered)
        if bad >= 0:
            status = Status(int(c.status[who[bad]])).name
            raise ValueError(f"no arrow from {status} by {Event(int(what[bad * (what.size > 1)])).name}")

    def _make_room(self, heads: int) -> None:
        """Let so many more cross a border."""
        known, size = self.moved, self.crossed + heads
        if size > known.shape[1]:
            self.moved = np.empty((4, max(size, known.shape[1] * 3 // 2)), np.int32)
            self.moved[:, : self.crossed] = known[:, : self.crossed]

    def tell(self, notice: Notice, who: Rows, *more: Any) -> None:
        """Tell a witness, if there is one, what befell these people beside events."""
        if self.witness is not None:
            self.witness.told(notice, who, *more)

    def employ(self, who: Rows, employer: NDArray[np.int16]) -> None:
        """Give work to people whose status stays as it is; they had none before."""
        c = self.cols
        c.employer[who] = employer
        cell = (c.status[who] != Status.WORKER) * self.staff.shape[1] + employer
        more = np.bincount(cell, c.weight[who], self.staff.size)  # sums of whole numbers are exact
        self.staff += more.astype(np.int64).reshape(self.staff.shape)

    def by_host(self) -> NDArray[np.int64]:
        """Stock by status, host country, nation and sector [persons]; people at home count in their own country.

        It changes with every event: who wants it as it is now takes a copy.
        """
        out = self._hosts.view()
        out.flags.writeable = False
        return out


def _typed(x: Any, kind: np.dtype[Any]) -> NDArray[Any]:
    """An array of this type; a single value as one of that length, not to be written to."""
    if isinstance(x, int):
        return _single(x, kind)
    if isinstance(x, np.ndarray) and x.dtype == kind and x.ndim and x.flags.c_contiguous:
        return x
    return np.ascontiguousarray(np.atleast_1d(x), kind)


@lru_cache(maxsize=1024)
def _single(x: int, kind: np.dtype[Any]) -> NDArray[Any]:
    return np.array([x], kind)
