"""People: columns, and the one function through which a status changes."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import dtypes
from sim.core.kernel import kernel
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
Rows = NDArray[np.int32]
AT_HOME, AT_WORK = int(Status.HOME), int(Status.WORKER)  # for kernels


@kernel
def apply(cols, who, event, place, end, employer, now, next_status, host_of, stock, events, staff, contracts, lost):
    """Carry out event[n] for row who[n]. Out: the first n whose arrow does not exist, or -1; whether anybody left home;
    which n crossed a border.

    stock [status, place, nation, sector], events [event, host, nation], staff [formal or not, employer],
    contracts [employer, nation]: persons. Who leaves an employer loses what it owes: lost [host, nation, cents].
    """
    crossed, found, left_home = np.empty(who.size, np.int64), 0, False
    for n in range(who.size):
        i, e = who[n], event[n]
        before = cols.status[i]
        after = next_status[before, e]
        if after < 0:
            return n, left_home, crossed[:found]
        left_home = left_home or before == AT_HOME
        w, k, s, was = cols.weight[i], cols.nation[i], cols.sector[i], cols.place[i]
        abroad = was if before != AT_HOME else place[n]
        stock[before, was, k, s] -= w
        stock[after, place[n], k, s] += w
        events[e, host_of[abroad], k] += w
        if cols.employer[i] >= 0:
            staff[0 if before == AT_WORK else 1, cols.employer[i]] -= w
            if before == AT_WORK:
                contracts[cols.employer[i], k] -= w
        if employer[n] >= 0:
            staff[0 if after == AT_WORK else 1, employer[n]] += w
            if after == AT_WORK:
                contracts[employer[n], k] += w
        if cols.owed[i] > 0 and cols.employer[i] != employer[n]:
            lost[host_of[was], k] += np.int64(cols.owed[i]) * w
            cols.owed[i] = 0
        cols.status[i], cols.place[i], cols.end[i], cols.employer[i] = after, place[n], end[n], employer[n]
        if after != before or was != place[n]:
            cols.since[i] = now
        if after == AT_HOME:
            cols.extended[i], cols.breach[i], cols.registered[i] = 0, 0, 0
        elif after != AT_WORK:
            cols.breach[i] = 0
        if after != AT_HOME:
            cols.plan[i] = -1
        if host_of[was] != host_of[place[n]]:
            crossed[found] = n
            found += 1
    return -1, left_home, crossed[:found]


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
def ending(rows, status, asked, end, now):
    """As `holders`, those of them whose stay ends in step `now`."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        if end[i] == now and asked[status[i]]:
            out[n] = i
            n += 1
    return out[:n]


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
        self._away: Rows | None = None  # all who are not at home, and perhaps some who have come home since
        self._by_host: NDArray[np.int64] | None = None  # since the last change of a status
        self.events = np.zeros((len(Event), self.hosts, nations), np.int64)
        self.lost = np.zeros((self.hosts, nations), np.int64)  # pay that leavers lost this step [cents]
        self.staff = np.zeros((2, employers), np.int64)
        self.moves: list[tuple[Rows, NDArray[np.int16], NDArray[np.int16], NDArray[np.int8]]] = []
        self.stock = self.recount()
        self.staff = self.recount_staff()
        self.contracts = self.recount_contracts()

    def __len__(self) -> int:
        return int(self.cols.id.size)

    def recount(self) -> NDArray[np.int64]:
        """Persons by status, place, nation and sector, counted afresh."""
        stock = np.zeros(self.shape, np.int64)
        c = self.cols
        np.add.at(stock, (c.status, c.place, c.nation, c.sector), c.weight)
        return stock

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
        """Rows of those in one of the statuses (whose stay ends in step `ends`)."""
        asked, c = asked_for(*statuses), self.cols
        among = np.arange(len(self), dtype=np.int32) if asked[Status.HOME] else self._not_home()
        return np.asarray(
            holders(among, c.status, asked) if ends is None else ending(among, c.status, asked, c.end, ends), np.int32
        )

    def employed(self) -> Rows:
        """Rows of those who have an employer; nobody has one at home."""
        return np.asarray(busy(self._not_home(), self.cols.employer), np.int32)

    def _not_home(self) -> Rows:
        if self._away is None:
            self._away = np.flatnonzero(self.cols.status != Status.HOME).astype(np.int32)
        return self._away

    def begin(self, now: int) -> None:
        """Open step `now`: events and moves of the last one are forgotten."""
        self.now = now
        self.events[:] = 0
        self.lost[:] = 0
        self.moves.clear()

    def change(self, who: Rows, event: Event | NDArray[np.int8], place: Any = None, end: Any = NEVER,
               employer: Any = NO_EMPLOYER) -> None:  # fmt: skip
        """One event for all of `who` or an array of them; likewise place (default: unchanged), end and employer.

        Raises ValueError if the status table has no such arrow; nobody after that row is changed.
        """
        if not who.size:
            return
        was = self.cols.place[who]
        place = was if place is None else place
        full = [
            np.ascontiguousarray(x, kind) if isinstance(x, np.ndarray) else np.full(who.size, x, kind)
            for x, kind in ((event, "i1"), (place, "i2"), (end, "i2"), (employer, "i2"))
        ]
        if self.witness is not None:
            self.witness.changed(who, *full)
        bad, left_home, crossed = apply(
            self.cols, who, *full, self.now, NEXT, self.host_of, self.stock, self.events, self.staff, self.contracts,
            self.lost,
        )  # fmt: skip
        self._by_host = None
        if left_home:
            self._away = None
        if bad >= 0:
            status = Status(int(self.cols.status[who[bad]])).name
            raise ValueError(f"no arrow from {status} by {Event(int(full[0][bad])).name}")
        if crossed.size:
            self.moves.append((who[crossed], was[crossed], full[1][crossed], full[0][crossed]))

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
        """Stock by status, host country, nation and sector [persons]; people at home count in their own country."""
        if self._by_host is None:
            statuses, places, nations, sectors = self.shape
            out = self._by_host = np.zeros((statuses, self.hosts, nations, sectors), np.int64)
            pool(self.stock.reshape(statuses, places, -1), self.host_of, out.reshape(statuses, self.hosts, -1))
            out.flags.writeable = False
        return self._by_host
