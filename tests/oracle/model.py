"""The labour core of neamig once more: plain Mesa agents, written from docs/odd.md; see README.md."""

import math
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

import mesa

from sim.scenario import Scenario
from sim.world import load_world
from tests.oracle import (
    abroad,
    asylum,
    brokers,
    chance,
    intentions,
    journeys,
    market,
    onward,
    permits,
    policies,
    policing,
    publics,
    residence,
    responses,
    sending,
    stays,
)
from tests.oracle import laws as _  # noqa: F401  (its kinds of policies enter themselves)
from tests.oracle.beliefs import Beliefs
from tests.oracle.choice import Choice
from tests.oracle.crowd import Crowd
from tests.oracle.employers import Employer
from tests.oracle.outlook import Outlook, Params, Ways
from tests.oracle.people import Person
from tests.oracle.rules import CHANNELS, RuleBook
from tests.oracle.visas import Visas

A_MILLIONTH = 1e-6  # of a post, so that the mean of regions without posts is plain


class Oracle(mesa.Model):
    """One run of a scenario with given people; the priors of all that is not told here have their neutral values."""

    def __init__(self, scenario: Scenario, people: Iterable[dict[str, Any]], params: Params, run_seed: int = 1) -> None:
        super().__init__(rng=run_seed)
        getattr(mesa.Agent, "_ids", {}).pop(self, None)  # a table of the class, which would keep the model for ever
        self.case, self.params, self.seed, self.month = scenario, params, run_seed, 0
        self.world = load_world(scenario.world)
        self.outlook, self.ways = Outlook(self.world, params), Ways(self.world, params)
        self.rules = RuleBook(self.world, params)
        self.host_of = [int(host) for host in self.world.host_of_place]
        self.north_korea, self.russia = self.country("PRK"), self.country("RUS")
        self.crowd = Crowd()
        self.employers = [Employer(self, n, job) for n, job in enumerate(self.world.jobs)]
        self.people = self.crowd.people
        for known in people:
            Person(self, known)
        self.brokers = [brokers.Broker(self, row) for row in self.world.brokers]
        self.ages: dict[tuple[int, int], tuple[float, float]] = {}  # first and last, by group and sector
        self.serving: dict[tuple[int, int], list[brokers.Broker]] = {}  # by group and host
        self.agency_fee = next(b.fee for b in self.brokers if b.kind == "state_agency")
        self.choice, self.visas = Choice(self), Visas(self)
        self.requests: list[Any] = []
        self.spared: list[tuple[Person, bool]] = []  # held and not handed over
        self.issued: dict[str, dict[tuple[int, int, int], int]] = {}
        self.renewed: dict[tuple[int, int, int], int] = {}
        self.revenue = sending.Revenue(self)
        self.publics = publics.Publics(self)
        self.beliefs, self.market, self.onward = Beliefs(self), market.Market(self), onward.Onward(self)
        self.settlers: list[Person] = []
        self.kin: list[tuple[Person, int]] = []
        self.families: dict[tuple[int, int], float] = {}
        self.decisions_left: dict[int, float] = {}  # by host

    # the world

    def country(self, code: str) -> int:
        """Row of a country."""
        return int(self.world.country_index(code))

    def channel(self, name: str) -> int:
        """Number of a channel."""
        return CHANNELS.index(name)

    @property
    def day(self) -> date:
        """The first day of the month."""
        months = self.case.start.year * 12 + self.case.start.month - 1 + self.month
        return date(months // 12, months % 12 + 1, 1)

    @cached_property
    def hosts(self) -> range:
        """Rows of all countries."""
        return range(len(self.world.countries))

    def perhaps(self, decision: str, most: Any, *statuses: str) -> list[Person]:
        """People of these statuses who would do something if their chance were the largest of any."""
        return self.crowd.perhaps(self.luck(decision), most, *statuses)

    def luck(self, decision: str, t: int | None = None) -> int:
        """The stream of a decision in this month."""
        return chance.luck(self.seed, decision, self.month if t is None else t)

    def fare(self, a: int, b: int) -> float:
        """Fare between two places in this month [USD]."""
        return self.ways.fare(a, b)

    def unit(self, host: int, nation: int) -> int:
        """Persons for whom a request is: the smallest head that could come to the host under contract; 0 if none."""
        return self.units.get((host, nation), 0)

    @cached_property
    def units(self) -> dict[tuple[int, int], int]:
        """The smallest head by host and nation."""
        out: dict[tuple[int, int], int] = {}
        for x in {(x.group_row, x.weight): x for x in self.people}.values():
            for code in x.group.hosts if "contract" in x.group.channels else ():
                cell = self.country(code), x.nation
                out[cell] = min(out.get(cell, x.weight), x.weight)
        return out

    def employers_of(self, host: int, sector: int) -> list[Employer]:
        """Employers of a sector in a host."""
        return [e for n, h in enumerate(self.host_of) if h == host for e in self.sites.get((n, sector), [])]

    @cached_property
    def sites(self) -> dict[tuple[int, int], list[Employer]]:
        """Employers by place and sector."""
        out: dict[tuple[int, int], list[Employer]] = {}
        for e in self.employers:
            out.setdefault((e.place, e.sector), []).append(e)
        return out

    @cached_property
    def goals(self) -> list[list[float]]:
        """Where people without a contract go, by host and place: posts of 2000, or population where there are none."""
        out = []
        for host in self.hosts:
            sizes = [0.0] * len(self.world.places)
            for e in (e for e in self.employers if e.host == host):
                sizes[e.place] += e.base_posts + e.base_informal
            if not any(sizes):
                sizes = [x.population if self.country(x.country) == host else 0 for x in self.world.places]
            out.append(sizes)
        return out

    # brokers and registration

    def broker(self, nation: int, host: int, channel: str) -> brokers.Broker | None:
        """Whom people find who choose a channel themselves."""
        return self.trades.get((nation, host, channel))

    @cached_property
    def trades(self) -> dict[tuple[int, int, str], brokers.Broker]:
        """Recruiters and smugglers by nation, host and channel."""
        kinds = {"licensed": "contract", "smuggler": "smuggler"}
        return {(b.nation, h, kinds[b.kind]): b for b in reversed(self.brokers) if b.kind in kinds for h in b.hosts}

    def fee(self, nation: int, host: int, channel: str, public: bool = True) -> float:
        """What this way costs beside the fare [USD], to a public agency where there is one."""
        if channel == "study":
            return self.params["tuition_usd"] * self.params["study_months"] / 12
        asked = self.rules["agency_fee"][host][nation]
        if channel == "contract" and public and asked >= 0:
            return float(asked)
        broker = self.broker(nation, host, channel)
        return broker.fee if broker else 0.0

    def bad_name(self, nation: int, host: int, channel: str) -> float:
        """Share of a broker's clients who come to harm, above what was usual; a public agency has no name."""
        if channel == "contract" and self.rules["agency_fee"][host][nation] >= 0:
            return 0.0
        broker = self.broker(nation, host, channel)
        return broker.bad_name if broker else 0.0

    def lent(self, nation: int, host: int, channel: str) -> float:
        """Share of the fee that is lent."""
        if channel == "study":
            return 1 - 12 / self.params["study_months"]
        broker = self.broker(nation, host, channel)
        return float(broker.lent) if broker else 0.0

    def inspection(self, host: int) -> float:
        """Yearly rate at which inspectors find somebody."""
        return float(self.rules["inspection"][host] * self.publics.severity(host))

    def registers(self, person: Person) -> float:
        """Chance that an employer registers a newcomer at once, for fear of the fine."""
        person.asked_to_register = self.month
        years = (person.end - self.month) / 12
        found = 1 - math.exp(-self.inspection(person.host) * years)
        fine = self.rules["fine_usd"][person.host]
        return 1 - math.exp(-fine * found / self.params["register_usd"])

    # counts

    def in_force(self, hosts: Any, nations: Any, sectors: Any, statuses: tuple[str, ...]) -> int:
        """Persons in these statuses, and authorisations not yet used if workers are among them."""
        people = sum(
            x.weight for x in self.crowd.of(*statuses)
            if x.host in hosts and x.nation in nations and x.sector in sectors
        )  # fmt: skip
        unused = sum(
            r.left for r in self.requests
            if r.employer.host in hosts and r.nation in nations and r.employer.sector in sectors
        )  # fmt: skip
        return people + (unused if "worker" in statuses else 0)

    def issue(self, permit: str, cell: tuple[int, int, int], persons: int) -> None:
        """Count a grant of this year."""
        table = self.issued.setdefault(permit, {})
        table[cell] = table.get(cell, 0) + persons

    def mean_wage(self, host: int) -> float:
        """Mean of the host's wages over sectors [USD]."""
        return self.mean_wages[host]

    # the month

    def step(self) -> None:
        """One month, in the order of section 3."""
        self.beliefs.begin_month()
        self.visas.begin_month()
        policies.write(self, self.case)
        self.ways.begin_month(self.day.month - 1, self.rules["port_open"])
        for employer in self.employers:
            employer.offer()
            employer.economy()
        self._look_at_incomes()
        sending.succeed(self)
        self.beliefs.move()
        self._order()
        residence.ask(self)
        self.revenue.step()
        permits.step(self)
        intentions.step(self)
        for broker in self.brokers:
            broker.begin_month()
        brokers.recruit(self)
        brokers.find_informal_work(self)
        intentions.lose_patience(self)
        responses.step(self)
        journeys.step(self)
        publics.uproot(self)
        for person in list(self.crowd.at_work):
            person.work()
        sending.protest(self)
        publics.send_home(self)
        abroad.reside(self)
        abroad.be_treated(self)
        stays.step(self)
        abroad.flee(self)
        policing.step(self)
        asylum.step(self)
        self.onward.claim()
        self.onward.step()
        self.market.step()
        self.publics.step()
        self.month += 1

    def _look_at_incomes(self) -> None:
        """Incomes at home, and each host's mean wage of a sector, by posts of 2000."""
        self.income = [self.outlook.income(c, self.day) for c in self.hosts]
        self.sector_wage = {}
        for h in self.hosts:
            for s in range(len(self.world.sectors)):
                self.sector_wage[h, s] = self._sector_wage(h, s)
        sectors = range(len(self.world.sectors))
        self.mean_wages = [sum(self.sector_wage[h, s] for s in sectors) / len(sectors) for h in self.hosts]

    def _sector_wage(self, host: int, sector: int) -> float:
        wages, sizes = [], []
        for n in (n for n, h in enumerate(self.host_of) if h == host):
            here = self.sites.get((n, sector), [])
            premium = here[0].premium if here else 0.0
            wages.append(self.outlook.wage(n, sector, self.day) * self.rules["wages"][n][sector] * (1 + premium))
            sizes.append(sum(e.base_posts + e.base_informal for e in here) + A_MILLIONTH)
        return sum(w * x for w, x in zip(wages, sizes, strict=True)) / sum(sizes)

    def _order(self) -> None:
        self.pending: Counter[Any] = Counter()
        for r in self.requests:
            self.pending[r.employer, r.nation] += r.persons if r.stage == "open" else r.left
        for employer in self.employers:
            employer.order()
