"""A model whose books are recounted after every mechanism, and how each account must balance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.core.departures import waiting
from sim.core.ledger import Account
from sim.core.limits import Counts
from sim.core.people import ABROAD
from sim.core.preferences import extra_posts
from sim.core.requests import Stage
from sim.core.state import State
from sim.core.traffickers import marked
from sim.core.words import NEVER, Channel, Status
from sim.model import MigrationModel
from tests.invariants.request_book import RequestBook

HIDDEN = (Status.OVERSTAYER, Status.IRREGULAR)
Mechanism = Callable[[State], None]


class Audited(MigrationModel):
    """A model that raises AssertionError in the mechanism that put an account out of balance."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.books = Books(int(self.state.people.cols.weight.sum()))
        self.MONTH = tuple(self._audited(mechanism) for mechanism in self.MONTH)

    def _audited(self, mechanism: Mechanism) -> Mechanism:
        name = mechanism.__module__.rpartition(".")[2]
        before: Callable[[State], Any] = BEFORE.get(name, lambda state: None)
        after = AFTER.get(name, lambda state, was: None)

        def run(state: State) -> None:
            was = before(state)
            mechanism(state)
            try:
                people_balance(state, self.books.persons)
                self.books.requests.follow(state, name)
                after(state, was)
            except AssertionError as error:
                raise AssertionError(f"after {name} in step {state.t}: {error}") from error

        return run

    def step(self) -> None:
        """A step, then the accounts that close with it."""
        super().step()
        self.books.close(self.state)


@dataclass
class Books:
    """What was counted since the start: persons, requests, blocked requests and their fates, breaches by limit."""

    persons: int
    requests: RequestBook = field(default_factory=RequestBook)
    blocked: int = 0
    fates: dict[str, int] = field(default_factory=lambda: {"job": 0, "worker": 0})
    breached: dict[str, int] = field(default_factory=dict)

    def close(self, state: State) -> None:
        """The accounts at the end of a step."""
        self.requests.close(state)
        self._fates(state)
        self._breaches(state)
        permits_recorded(state)
        lists_kept(state)

    def _fates(self, state: State) -> None:
        q = state.requests.table
        self.blocked += int(state.memory["blocked"][3].sum())
        for account, *_, weight in state.memory["fates"]:
            self.fates[account] += int(weight.sum())
        for account, undecided in (("job", q.job_open), ("worker", q.worker_open)):
            waiting = int(q.weight[undecided == 1].sum())
            words = f"{account}: fates of {self.fates[account]} and {waiting} waiting are not {self.blocked} blocked"
            assert self.fates[account] + waiting == self.blocked, words

    def _breaches(self, state: State) -> None:
        """Nobody carries the mark of a breach that was not granted."""
        c, q = state.people.cols, state.requests.table
        for name, tally in state.ledger.tallies.items():
            if name.startswith("breach "):
                self.breached[name[7:]] = self.breached.get(name[7:], 0) + int(tally.sum())
        for index, limit in enumerate(state.ledger.limits):
            held = c.weight[(c.breach == index + 1) & (c.status == Status.WORKER)].sum()
            held += q.left[(q.breach == index) & (q.stage == Stage.AUTHORISED)].sum()
            granted = self.breached.get(limit, 0)
            assert held <= granted, f"{held} persons hold grants in breach of {limit}, which granted {granted} so"


def people_balance(state: State, persons: int) -> None:
    """Stocks and staff equal a recount; nobody appears or vanishes, nor does a cent; no purse or debt is negative."""
    people, c = state.people, state.people.cols
    assert (people.stock == people.recount()).all(), "the stock is not what a recount finds"
    assert (people.staff == people.recount_staff()).all(), "staff is not what a recount finds"
    women, skilled = people.recount_abroad()
    assert (people.spots == people.stock.sum(3)).all() and (people.by_host() == people.recount_hosts()).all()
    assert (people.here == people.by_host().sum(3)).all(), "persons by host are not what a recount finds"
    assert (people.women == women).all() and (people.skilled == skilled).all(), "women or the skilled are not recounted"
    assert (people.contracts == people.recount_contracts()).all(), "contracts are not what a recount finds"
    assert people.stock.sum() == c.weight.sum() == persons, "people appeared or vanished"
    assert people.stock.min() >= 0, "a stock is negative"
    assert min(c.savings.min(), c.debt.min(), c.owed.min()) >= 0, "savings, debt or arrears are negative"
    assert not c.owed[c.employer < 0].any(), "somebody is owed pay by no employer"
    paid = state.memory.get("at work", ABROAD)
    assert np.isin(c.status[c.employer >= 0], paid).all(), "somebody has an employer whose status is not paid"
    assert state.ledger.balance.sum() == 0, "the accounts do not add up to nothing"
    assert state.ledger.balance[Account.WORKERS] == state.fortune(), "people's money is not what their account says"


def permits_recorded(state: State) -> None:
    """The permits recorded are the workers counted, and nobody abroad still has a plan."""
    c, t = state.people.cols, state.t - 1
    counted = c.weight[c.status == Status.WORKER].sum()
    month = state.series.month_of("permits_in_force", t)  # None in weeks before the last of a month
    assert month is None or state.series.total("permits_in_force", month) == counted, "not the workers there are"
    assert (c.plan[c.status != Status.HOME] == -1).all(), "somebody abroad still waits for a contract"


def lists_kept(state: State) -> None:
    """The rows kept of those who wait, are held or have a permit in breach are those that a search among all finds."""
    c = state.people.cols
    for name, kept, holds in (
        ("who wait", waiting(state), c.plan == Channel.CONTRACT),
        ("who are held", marked(state), c.held != 0),
        ("in breach", state.breaching.find(c.breach, 1, NEVER), c.breach > 0),
        ("who are barred", state.barred.find(c.banned_until, state.t + 1, NEVER), c.banned_until > state.t),
    ):
        assert np.array_equal(kept, np.flatnonzero(holds)), f"the rows kept of those {name} are not what a search finds"


def counts_before(state: State) -> dict[str, Any]:
    """What each limit counts before answers are given, and who is in which status."""
    today, opens = state.today(), state.calendar.opens_year(state.t)
    limits = state.rules.limits
    counts = {id: 0 if opens and limit.counts == Counts.ISSUED else today.count(limit) for id, limit in limits.items()}
    return {"count": counts, "status": state.people.cols.status.copy()}


def within_levels(state: State, was: Mapping[str, Any]) -> None:
    """Where compliance is full, no grant leads above a level; those legalised count and are not tested."""
    c, today = state.people.cols, state.today()
    legalised = np.isin(was["status"], HIDDEN) & (c.status == Status.WORKER)
    for id, limit in state.rules.limits.items():
        if limit.compliance is not None and (limit.compliance[limit.hosts] < 1).any():
            continue
        inside = limit.covers()[state.people.host_of[c.place], c.nation, c.sector] & legalised
        free = int(c.weight[inside].sum()) if limit.counts == Counts.IN_FORCE and Status.WORKER in limit.statuses else 0
        top, count = max(limit.level, was["count"][id] + free), today.count(limit)
        assert count <= top, f"{id} counts {count}, above {top} (level {limit.level}, legalised {free})"


def posts_before(state: State) -> int:
    """How many requests there are before new ones."""
    return len(state.requests)


def posts_accounted(state: State, was: int) -> None:
    """No employer asks for more than its empty posts, but for one request a nationality by rounding."""
    e, q = state.employers, state.requests.table
    wanted = (e.posts[:, None] * state.preferred() + extra_posts(state)).sum(1)
    staff = np.zeros(len(e), np.int64)
    workers = np.flatnonzero((state.people.cols.status == Status.WORKER) & (state.people.cols.employer >= 0))
    np.add.at(staff, state.people.cols.employer[workers], state.people.cols.weight[workers])
    assert (staff == state.people.staff[0]).all(), "staff with permits is not what a recount finds"
    pending = np.bincount(q.employer, q.weight * (q.stage == Stage.OPEN) + q.left, len(e))
    new = np.arange(len(q.id)) >= was
    slack = np.zeros((len(e), state.nations))
    slack[q.employer[new], q.nation[new]] = q.weight[new]
    asked = np.unique(q.employer[new])
    filled = staff + pending + e.local + e.leaked + e.withdrawn
    over = (filled - wanted - slack.sum(1))[asked]
    assert (over <= 1e-6).all(), f"employers asked for {over.max()} more than their empty posts"
    assert min(e.local.min(), e.leaked.min(), e.withdrawn.min()) >= 0, "posts filled otherwise are negative"


def informal_before(state: State) -> Any:
    """Staff without permits by employer."""
    return state.people.staff[1].copy()


def informal_accounted(state: State, was: Any) -> None:
    """Nobody finds work without papers above the posts for it."""
    e = state.employers
    assert (state.people.staff[1] <= np.maximum(was, e.informal + e.leaked)).all(), "staff without papers exceed posts"


def queue_accounted(state: State, was: Any) -> None:
    """Whoever is held up is named by one request, and whoever is named is held up."""
    q, c = state.requests.table, state.people.cols
    named = q.person[(q.worker_open == 1) & (q.person >= 0)]
    assert len(set(named.tolist())) == named.size, "two requests name the same person"
    assert set(named.tolist()) == set(np.flatnonzero(c.queued).tolist()), "those held up are not those named"
    leaving = np.concatenate([np.zeros(0, int), *(departure.who for departure in state.departures)])
    assert len(set(leaving.tolist())) == leaving.size, "somebody sets out twice in one month"


BEFORE = {"permits": counts_before, "orders": posts_before, "recruitment": informal_before}
AFTER: dict[str, Callable[[State, Any], None]] = {
    "permits": within_levels, "orders": posts_accounted, "recruitment": informal_accounted,
    "responses": queue_accounted,
}  # fmt: skip
