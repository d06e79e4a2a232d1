"""State: all that a mechanism may see. No Mesa, no pandas."""

import math
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core import chance
from sim.core.brokers import Brokers, brokers
from sim.core.calendar import Calendar
from sim.core.departures import Departure, goals
from sim.core.employers import Employers
from sim.core.kept import Kept
from sim.core.kernel import kernel
from sim.core.ledger import Account, Ledger
from sim.core.outlook import outlook
from sim.core.people import AT_WORK, People
from sim.core.population import columns, factored
from sim.core.preferences import shunned, used_to
from sim.core.profiles import eagerness
from sim.core.rates import base_rates, seen_by_month
from sim.core.requests import Requests
from sim.core.routes import Network, Routes, routes
from sim.core.rules import RuleBook, Today
from sim.core.words import Channel, Grant, JobFate, Purpose, Status, WorkerFate, labels
from sim.results.series import Series


@kernel
def worth(savings, debt, weight):
    """Σ (savings − debt) · weight [cents]."""
    total = np.int64(0)
    for i in range(weight.size):
        total += (np.int64(savings[i]) - debt[i]) * weight[i]
    return total


@kernel
def granted(employer, nation, left, host_of, sector_of, out):
    """Add the authorisations left of each request to out [host, nation, sector]; host_of, sector_of [employer]."""
    for n in range(employer.size):
        out[host_of[employer[n]], nation[n], sector_of[employer[n]]] += left[n]


class State:
    """People, rules, ledger, world and clock of one run.

    Parameters
    ----------
    world : the frozen world. calendar : the steps. params : value of every prior. world_seed, run_seed : who people
    are, and what happens to them. scale : how many times coarser than its own weight each group is, or `1:1`.
    """

    def __init__(self, world: Any, calendar: Calendar, params: dict[str, float], world_seed: int, run_seed: int,
                 scale: float | str = 1):  # fmt: skip
        self.world, self.calendar, self.params, self.run_seed = world, calendar, params, run_seed
        self.t = 0
        self.hosts = self.nations = len(world.countries)
        self.employers = _employers(world, params)
        base = base_rates(world, params, len(world.ports))
        self.trips = np.array([g.trips_per_year for g in world.groups]) * params["trip_rate"]  # a year [group]
        self.traders = self.trips >= calendar.per_year  # groups that travel more than once a step, for days
        self.slips = np.array([x.trips_per_year > 0 and "smuggler" in x.channels for x in world.groups])  # on trips
        self.programme = np.array([g.is_programme for g in world.groups])  # groups whose state selects who goes
        self.soldiers = np.array([g.is_soldier for g in world.groups])  # groups of the army among them
        self.inhabit(
            People(
                columns(world, self.employers, base, params, world_seed, scale, calendar.per_year),
                world.host_of_place.astype(np.int16),
                self.nations,
                len(world.sectors),
                len(self.employers),
            )
        )
        self.rules, self.requests = RuleBook(base, seen_by_month(world, params)), Requests.none()
        self.rules.begin()
        self.ledger = Ledger(self.hosts, self.nations)
        self.ledger.pay(Account.ENDOWMENT, Account.WORKERS, self.fortune())
        self.outlook = outlook(world, params, calendar.year(calendar.steps))
        self.network = _network(world, params)
        self.issued = np.zeros((len(Grant), self.hosts, self.nations, len(world.sectors)), np.int64)
        self.renewed = np.zeros_like(self.issued[0])
        self.home_of_group = [world.place_index(max(g.home, key=lambda x: x[1])[0]) for g in world.groups]
        self.goals = goals(world, self.employers, self.people.host_of)
        self.goal_ends = chance.edges(self.goals)
        self.series = Series(_labels(world, self.ledger), calendar.start, calendar.months_of())
        self.departures: list[Departure] = []
        self.evaluated: dict[str, int] = {}  # heads that a mechanism which thins weighed one by one this step
        self.memory: dict[str, Any] = {}  # what a mechanism keeps from step to step, by its name
        self._routes: dict[bytes, Routes] = {}  # by the links that are open
        self._dated: dict[tuple[int, bytes], Routes] = {}  # by month and closed ports

    def inhabit(self, people: People) -> None:
        """Give the run its people, and note what about them never changes."""
        self.people, group = people, people.cols.group
        self.waiting, self.barred, self.victims, self.breaching = Kept(), Kept(), Kept(), Kept()  # in `departures`,
        # `bars`, `traffickers`, and whose permit was granted in breach of a limit
        self.kinds = people.kinds
        oldest = self.calendar.steps - int(people.cols.born.min())
        self.eager = eagerness(self.params, self.calendar.per_year, oldest + 1)  # by age in steps
        self.head_of_group = np.zeros(len(self.world.groups), np.int64)  # persons a head stands for
        self.head_of_group[group] = people.cols.weight
        self.members = np.flatnonzero(self.programme[group]).astype(np.int32)  # rows of those whose state selects
        self.choosers = np.array([bool(g.hosts) and not g.is_programme for g in self.world.groups])  # [group]

    @cached_property
    def brokers(self) -> Brokers:
        """The run's brokers, made when they are first looked at: by then the people are there."""
        return brokers(self.world, self.params, self.head_of_group)

    @cached_property
    def _liked(self) -> NDArray[np.float64]:
        """The world's preferences [employer, nation]."""
        table: NDArray[np.float64] = self.world.preference_table
        return table[self.employers.place, self.employers.sector]

    def luck(self, decision: np.uint64, t: int | None = None) -> np.uint64:
        """The stream of a decision in this step (or step t)."""
        return chance.luck(self.run_seed, decision, self.t if t is None else t)

    def chance_of(self, rate: float) -> float:
        """A yearly rate as the chance of a step, 1 − exp(−rate · dt)."""
        return 1 - math.exp(-rate * self.calendar.years_per_step)

    def draw(self, decision: np.uint64, who: NDArray[np.int32]) -> NDArray[np.float64]:
        """A number in [0, 1) for each row of `who`, for a decision of this step."""
        return np.asarray(chance.uniforms_of(self.luck(decision), who, self.people.cols.id))

    def country(self, code: str) -> int:
        """Index of a country."""
        return int(self.world.country_index(code))

    def fortune(self) -> int:
        """What all people have less what they owe [cents]."""
        c = self.people.cols
        return int(worth(c.savings, c.debt, c.weight))

    def unused(self) -> NDArray[np.int64]:
        """Authorisations not yet used [host, nation, sector, persons]."""
        q, e = self.requests.table, self.employers
        out = np.zeros((self.hosts, self.nations, len(self.world.sectors)), np.int64)
        granted(q.employer, q.nation, q.left, e.host, e.sector, out)
        return out

    def today(self) -> Today:
        """What policies may know at the beginning of the step; the counts go on changing with every event."""
        year = self.calendar.year(self.t)
        return Today(
            self.t, self.calendar.day(self.t), self.world, self.people.by_host(), self.unused(), self.issued,
            self.renewed, self.outlook.official_population(year), self.params,
            self.memory.get("attitude", np.zeros(self.hosts)),
        )  # fmt: skip

    def abroad(self) -> NDArray[np.int64]:
        """Compatriots by [nation, host]: all who live there, without visitors [persons]."""
        return np.ascontiguousarray(self.people.here[AT_WORK:].sum(0).T)

    def preferred(self) -> NDArray[np.float64]:
        """Share of an employer's posts meant for each nationality [employer, nation]; closed channels get none."""
        e, rules = self.employers, self.rules.tables
        share: NDArray[np.float64] = self._liked * (rules["open_work"][e.host] > 0)
        share /= np.maximum(share.sum(1), 1e-9)[:, None]
        return shunned(used_to(self, share), rules["asks"][e.host])

    def ways(self) -> Routes:
        """The ways between places in this month, with the ports that are open."""
        closed = self.rules.tables["port_open"] < 1
        month = self.calendar.month(self.t)
        dated = month, closed.tobytes()
        if dated not in self._dated:
            known = self.network.open_links(month, closed).tobytes()
            if known not in self._routes:
                self._routes[known] = routes(self.network, month, self.params, closed, self.hosts)
            self._dated[dated] = self._routes[known]
        return self._dated[dated]


def _labels(world: Any, ledger: Ledger) -> dict[str, list[str]]:
    """The words behind the codes of results; the limits' list grows with the ledger's."""
    codes = [c.code for c in world.countries]
    return {
        "nationality": codes, "host": codes, "origin": codes,
        "place": [p.id for p in world.places] + [p.id for p in world.ports],
        "sector": [s.code for s in world.sectors],
        "channel": labels(Channel), "status": labels(Status),
        "purpose": [*labels(Purpose), "job", "worker"],
        "direction": ["out", "in"],
        "outcome": list(dict.fromkeys([*labels(JobFate), *labels(WorkerFate)])),
        "limit": ledger.limits,
    }  # fmt: skip


def _employers(world: Any, params: dict[str, float]) -> Employers:
    """One employer for each row of the jobs table."""
    place = np.array([world.place_index(job.place) for job in world.jobs], np.int16)
    posts, informal = np.array([_posts(world, job, params) for job in world.jobs]).T
    return Employers(
        place,
        np.array([world.sector_index(job.sector) for job in world.jobs], np.int8),
        world.host_of_place[place].astype(np.int16),
        posts,
        informal,
    )


def _posts(world: Any, job: Any, params: dict[str, float]) -> tuple[float, float]:
    """Posts of 2000, with papers and without; they stand to the drawn initial stocks as to the documented ones."""
    out = []
    for number, works in ((job.posts_2000, ("worker",)), (job.informal_2000, ("overstayer", "irregular"))):
        rows = [x for x in world.initial if (x.place, x.sector) == (job.place, job.sector) and x.status in works]
        drawn = sum(factored(x.persons, x.source, params) for x in rows)
        told = sum(x.persons for x in rows)
        out.append(factored(number, job.source, params) * (drawn / told if told else 1.0))
    return out[0], out[1]


def _network(world: Any, params: dict[str, float]) -> Network:
    """The border network as arrays; a state's code stands at its country index."""
    node = {p.id: n for n, p in enumerate(world.places)} | {
        p.id: len(world.places) + n for n, p in enumerate(world.ports)
    }
    state = {c.code: n for n, c in enumerate(world.countries)} | {"*": -1}
    return Network(
        len(world.places),
        np.array([(node[x.a], node[x.b]) for x in world.links], np.int32),
        np.array([x.cost_usd for x in world.links]) * params["travel_cost"],
        np.array([x.days for x in world.links]),
        np.array([x.is_lawful for x in world.links]),
        np.array([x.months for x in world.links]),
        np.array([x.months for x in world.ports]),
        world.host_of_place.astype(np.int16),
        np.array([[state[s] for s in x.states] for x in world.ports], np.int16),
    )
