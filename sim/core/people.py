"""People: columns, and the one function through which a status changes."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import dtypes
from sim.core.kernel import kernel
from sim.core.roll import Roll, Rows
from sim.core.witness import Notice, Witness
from sim.core.words import NEVER, NEXT, NO_EMPLOYER, Event, Status


class Columns(NamedTuple):
    """One row a person (or `weight` alike people) for life; rows are never reused and draws never look at them."""

    id: NDArray[np.uint64]  # for the draws
    weight: NDArray[np.int32]  # persons that this head stands for, fixed for life
    group: NDArray[np.int16]
    kind: NDArray[np.int16]  # group × sector × sex × skill: people of a kind see the same alternatives
    nation: NDArray[np.int8]
    sector: NDArray[np.int8]
    sex: NDArray[np.int8]  # 1 woman, 0 man
    skilled: NDArray[np.int8]  # 1 with training that a trade or office pays for
    born: NDArray[np.int16]  # step of birth, counted from the run's start and so negative
    home: NDArray[np.int16]  # place
    place: NDArray[np.int16]
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
ABROAD = tuple(x for x in Status if x != Status.HOME)
AT_HOME, AT_WORK = int(Status.HOME), int(Status.WORKER)  # for kernels
ONE = np.int64(1)  # with a plain 1 numpy would count these bits in eight


@kernel
def apply(cols, who, event, place, end, employer, now, next_status, host_of, stock, hosts, events, staff, contracts,
          lost, moved):  # fmt: skip
    """Carry out the n-th event, place (none: it stays), end and employer, or the only one, for row who[n].

    Out: the first n whose arrow does not exist, or -1; the statuses left and entered [bits]; how many crossed a border,
    who stand in moved: row, place before, place, event. stock [status, place, nation, sector], hosts [status, host,
    nation, sector], events [event, host, nation], staff [formal or not, employer], contracts [employer, nation]:
    persons. Who leaves an employer loses what it owes: lost [host, nation, cents].
    """
    crossers, origins, goals, why = moved
    found, left, entered = 0, 0, 0
    by_event, by_place, by_end, by_employer = event.size > 1, place.size > 1, end.size > 1, employer.size > 1
    for n in range(who.size):
        i, e, post = who[n], event[n * by_event], employer[n * by_employer]
        before, was = cols.status[i], cols.place[i]
        to = place[n * by_place] if place.size else was
        after = next_status[before, e]
        if after < 0:
            return n, left, entered, found
        w, k, s = cols.weight[i], cols.nation[i], cols.sector[i]
        abroad = was if before != AT_HOME else to
        stock[before, was, k, s] -= w
        stock[after, to, k, s] += w
        hosts[before, host_of[was], k, s] -= w
        hosts[after, host_of[to], k, s] += w
        events[e, host_of[abroad], k] += w
        if cols.employer[i] >= 0:
            staff[0 if before == AT_WORK else 1, cols.employer[i]] -= w
            if before == AT_WORK:
                contracts[cols.employer[i], k] -= w
        if post >= 0:
            staff[0 if after == AT_WORK else 1, post] += w
            if after == AT_WORK:
                contracts[post, k] += w
        if cols.owed[i] > 0 and cols.employer[i] != post:
            lost[host_of[was], k] += np.int64(cols.owed[i]) * w
            cols.owed[i] = 0
        cols.status[i], cols.place[i], cols.end[i], cols.employer[i] = after, to, end[n * by_end], post
        if after != before:
            left |= ONE << before
            entered |= ONE << after
        if after != before or was != to:
            cols.since[i] = now
        if after == AT_HOME:
            cols.extended[i], cols.breach[i], cols.registered[i] = 0, 0, 0
        elif after != AT_WORK:
            cols.breach[i] = 0
        if after != AT_HOME:
            cols.plan[i] = -1
        if host_of[was] != host_of[to]:
            crossers[found], origins[found], goals[found], why[found] = i, was, to, e
            found += 1
    return -1, left, entered, found


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
def busy(rows, employer):
    """Those of `rows` who have an employer."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        out[n] = i
        n += employer[i] >= 0
    return out[:n]


@kernel
def ending(rows, end, now):
    """Those of `rows` whose stay ends in step `now`."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        out[n] = i
        n += end[i] == now
    return out[:n]


@kernel
def at_home(status):
    """Rows of those at home."""
    out, n = np.empty(status.size, np.int32), 0
    for i in range(status.size):
        out[n] = i
        n += status[i] == AT_HOME
    return out[:n]


@kernel
def count(status, place, nation, sector, weight, out):
    """Add everybody to out [status, place, nation, sector]."""
    for i in range(weight.size):
        out[status[i], place[i], nation[i], sector[i]] += weight[i]


@kernel
def pool(stock, host_of, out):
    """Add up places by their host: stock [status, place, cell] into out [status, host, cell]."""
    for s in range(stock.shape[0]):
        for p in range(stock.shape[1]):
            h = host_of[p]
            for k in range(stock.shape[2]):
                out[s, h, k] += stock[s, p, k]


class People:
    """Everybody in the run; who is where, in which status, is kept by increments and can be recounted."""

    def __init__(self, columns: dict[str, Any], host_of: NDArray[np.int16], nations: int, sectors: int, employers: int):
        self.cols = Columns(**{name: np.ascontiguousarray(columns[name], kind) for name, kind in COLUMNS.items()})
        self.host_of, self.hosts = host_of, int(host_of.max()) + 1
        self.shape = (len(Status), host_of.size, nations, sectors)
        self.now = 0
        self.witness: Witness | None = None
        self._roll = Roll(self.cols.status)
        self.events = np.zeros((len(Event), self.hosts, nations), np.int64)
        self.lost = np.zeros((self.hosts, nations), np.int64)  # pay that leavers lost this step [cents]
        self.staff = np.zeros((2, employers), np.int64)
        self.moves: list[tuple[Rows, NDArray[np.int16], NDArray[np.int16], NDArray[np.int8]]] = []
        self.last_moves = self.moves  # of the step before
        self.stock = self.recount()
        self._hosts = self.recount_hosts()
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
        found = [self._in(s) for s in statuses]
        if ends is not None:
            found = [ending(rows, self.cols.end, ends) for rows in found]
        return found[0] if len(found) == 1 else np.concatenate(found)

    def _in(self, status: Status) -> Rows:
        return np.asarray(at_home(self.cols.status)) if status == Status.HOME else self._roll.of(status)

    def employed(self) -> Rows:
        """Rows of those who have an employer; nobody has one at home."""
        return np.asarray(busy(self.who(*ABROAD), self.cols.employer), np.int32)

    def begin(self, now: int) -> None:
        """Open step `now`: events of the last one are forgotten, and its moves a step later."""
        self.now = now
        self.events[:] = 0
        self.lost[:] = 0
        self.last_moves, self.moves = self.moves, []

    def change(self, who: Rows, event: Event | NDArray[np.int8], place: Any = None, end: Any = NEVER,
               employer: Any = NO_EMPLOYER) -> None:  # fmt: skip
        """One event for all of `who` or an array of them; likewise place (default: unchanged), end and employer.

        Raises ValueError if the status table has no such arrow; nobody after that row is changed.
        """
        if not who.size:
            return
        full = [_typed(x, kind) for x, kind in ((event, "i1"), ([] if place is None else place, "i2"),
                                                (end, "i2"), (employer, "i2"))]  # fmt: skip
        if self.witness is not None:
            at = full[1] if full[1].size else self.cols.place[who]
            self.witness.changed(who, *(np.broadcast_to(x, who.size) for x in (full[0], at, *full[2:])))
        moved = tuple(np.empty(who.size, kind) for kind in ("i4", "i2", "i2", "i1"))
        bad, left, entered, found = apply(
            self.cols, who, *full, self.now, NEXT, self.host_of, self.stock, self._hosts, self.events, self.staff,
            self.contracts, self.lost, moved,
        )  # fmt: skip
        self._roll.note(who, left, entered)
        if bad >= 0:
            status = Status(int(self.cols.status[who[bad]])).name
            raise ValueError(f"no arrow from {status} by {Event(int(full[0][bad * (full[0].size > 1)])).name}")
        if found:
            rows, was, goal, why = (x[:found] for x in moved)
            self.moves.append((rows, was, goal, why))

    def tell(self, notice: Notice, who: Rows, *more: Any) -> None:
        """Tell a witness, if there is one, what befell these people beside events."""
        if self.witness is not None:
            self.witness.told(notice, who, *more)

    def employ(self, who: Rows, employer: NDArray[np.int16]) -> None:
        """Give work to people whose status stays as it is; they had none before."""
        c = self.cols
        c.employer[who] = employer
        np.add.at(self.staff, ((c.status[who] != Status.WORKER).astype(np.int8), employer), c.weight[who])

    def by_host(self) -> NDArray[np.int64]:
        """Stock by status, host country, nation and sector [persons]; people at home count in their own country.

        It changes with every event: who wants it as it is now takes a copy.
        """
        out = self._hosts.view()
        out.flags.writeable = False
        return out


def _typed(x: Any, kind: str) -> NDArray[Any]:
    """An array of this type; a single value, or none, as one of that length."""
    return np.ascontiguousarray(np.atleast_1d(x), kind)
