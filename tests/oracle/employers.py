"""An employer stands for the firms of a region's sector: posts, wage, staff, and the requests it makes (5.2)."""

import math
from dataclasses import dataclass
from typing import Any

import mesa

from tests.oracle import chance
from tests.oracle.outlook import factored

WINTER = (12, 1, 2)


@dataclass(eq=False)
class Request:
    """So many persons of a nationality, asked of the state."""

    id: int
    employer: "Employer"
    nation: int
    persons: int
    opened: int
    stage: str = "open"
    left: int = 0  # persons authorised and not yet come
    granted: int = -1
    refused_by: str = ""  # the limit that refused first
    breach: str = ""  # the limit in breach of which it was granted
    blocked: int = -1  # month of the first refusal
    job_open: bool = False  # whether the employer has yet to answer to the refusal
    worker_open: bool = False  # likewise the sender
    person: Any = None  # whom the refusal holds up


class Employer(mesa.Agent):
    """Row `row` of the jobs table."""

    def __init__(self, model: Any, row: int, job: Any) -> None:
        super().__init__(model)
        self.row, self.place = row, model.world.place_index(job.place)
        self.sector = model.world.sector_index(job.sector)
        self.host = model.host_of[self.place]
        self.id = chance.key("employer", self.place, self.sector)
        self.base_posts = self._base(job, job.posts_2000, ("worker",))
        self.base_informal = self._base(job, job.informal_2000, ("overstayer", "irregular"))
        self.posts = self.informal = self.wage = 0
        self.local = self.leaked = self.withdrawn = 0
        self.premium = self.held = 0.0  # above the sector's wage, and of what falls due [shares]
        self.missing, self.demand = -1.0, 1.0  # posts missing last month; its posts over those of 2000, no season
        self.usual: dict[str, float] = {}
        self.staff: dict[int, int] = {}  # with a permit, by nation
        self.hidden = 0  # without
        self.came: dict[int, float] = {}  # memory of arrivals a month
        self.arrived: dict[int, int] = {}  # last month's

    def _base(self, job: Any, posts: float, statuses: tuple[str, ...]) -> float:
        """Posts of 2000 × `posts` × drawn initial stock / documented one."""
        params, here = self.model.params, (job.place, job.sector)
        rows = [x for x in self.model.world.initial if (x.place, x.sector) == here and x.status in statuses]
        told = sum(x.persons for x in rows)
        drawn = sum(factored(x.persons, x.source, params) for x in rows)
        return factored(posts, job.source, params) * (drawn / told if told else 1.0)

    def hire(self, person: Any) -> None:
        """Count somebody who begins."""
        if person.status == "worker":
            self.staff[person.nation] = self.staff.get(person.nation, 0) + person.weight
        else:
            self.hidden += person.weight

    def let_go(self, person: Any) -> None:
        """Count somebody off who leaves."""
        if person.status == "worker":
            self.staff[person.nation] -= person.weight
        else:
            self.hidden -= person.weight

    @property
    def all_staff(self) -> int:
        """Persons with a permit."""
        return sum(self.staff.values())

    def offer(self) -> None:
        """Premium and share held back, from the second month on, against what it is used to (5.16)."""
        if self.missing < 0:
            return
        p, missing = self.model.params, min(self.missing / max(self.posts, 1), 1.0)
        self.premium = p["scarcity_wage"] * max(0.0, missing - self._used("missing", missing))
        fall = max(0.0, 1 - self.demand / max(self._used("demand", self.demand), 1e-9))
        self.held = min(1.0, p["withhold_share"] * fall)

    def _used(self, what: str, now: float) -> float:
        usual = self.usual.get(what, now)
        self.usual[what] = usual + chance.monthly(self.model.params["employer_memory_rate"]) * (now - usual)
        return self.usual[what]

    def economy(self) -> None:
        """Posts and wage of the month (section 3)."""
        model, p, rules = self.model, self.model.params, self.model.rules
        documented = model.outlook.wage(self.place, self.sector, model.day) * rules["wages"][self.place][self.sector]
        factor = (
            model.outlook.growth(self.host, model.day) ** p["jobs_elasticity"] * rules["jobs"][self.place][self.sector]
        )
        self.demand = factor
        if model.world.sectors[self.sector].code == "F" and model.day.month in WINTER:
            factor *= 1 - p["winter_pause"]
        dearer = (1 + rules["levy"][self.host][self.sector] / max(documented, 1)) ** -p["labour_demand_elasticity"]
        zone = rules["zone_posts"][self.place][self.sector]
        self.posts = chance.whole(self.base_posts * factor * dearer + zone)
        self.informal = chance.whole(self.base_informal * factor)
        self.wage = chance.whole(documented * (1 + self.premium) * 100)
        self.pay = {
            (lawful, skilled): self._pay(lawful, skilled) for lawful in (True, False) for skilled in (True, False)
        }

    def _pay(self, lawful: bool, skilled: bool) -> int:
        """What somebody earns in a month (5.7)."""
        p = self.model.params
        gross = self.wage if lawful else math.floor(self.wage * p["informal_wage"])
        return math.floor(gross * (1 + p["skill_premium"] * p["skill_transfer"])) if skilled else gross

    def preferred(self) -> dict[int, float]:
        """Share of its posts meant for each nationality."""
        model, rules = self.model, self.model.rules
        table = model.world.preference_table[self.place, self.sector]
        share = {n: float(x) for n, x in enumerate(table) if x > 0 and rules["open_work"][self.host][n] > 0}
        share = _scaled(self._used_to(_scaled(share)))
        asks = {n: rules["asks"][self.host][n] for n in share}
        lost = sum(x * (1 - asks[n]) for n, x in share.items())
        willing = sum(x for n, x in share.items() if asks[n] >= 1)
        out = {n: x * asks[n] for n, x in share.items()}
        return {n: x + (lost * share[n] / willing if asks[n] >= 1 and willing > 0 else 0) for n, x in out.items()}

    def _used_to(self, share: dict[int, float]) -> dict[int, float]:
        """Shares that move towards those of the staff, beyond the posts of agreements."""
        a = self.model.params["preference_shift"]
        staff = {n: max(0.0, self.staff.get(n, 0) - self.extra(n)) for n in share}
        total = sum(staff.values())
        return {n: (1 - a) * x + a * staff[n] / total for n, x in share.items()} if total > 0 else share

    def extra(self, nation: int) -> float:
        """Posts that an agreement of the host reserves here, by posts of 2000."""
        of_host = sum(e.base_posts for e in self.model.employers if e.host == self.host)
        posts = self.model.rules["extra_posts"][self.host][nation]
        return posts * self.base_posts / of_host if posts and of_host > 0 else 0.0

    def remember(self) -> None:
        """Whom it got: at first as many as would keep its staff, then what came last month weighs in."""
        p, moves = self.model.params, chance.monthly(self.model.params["employer_memory_rate"])
        for n in range(len(self.model.world.countries)):
            if self.model.month == 0:
                self.came[n] = self.staff.get(n, 0) * p["exit_rate"] / 12
            else:
                self.came[n] += moves * (self.arrived.get(n, 0) - self.came[n])

    def order(self) -> None:
        """Open requests for posts that neither staff nor earlier requests fill."""
        model, p = self.model, self.model.params
        self.remember()
        share, rules = self.preferred(), model.rules
        wanted, gap, full, waiting = {}, {}, 0.0, 0
        for n in range(len(model.world.countries)):
            wanted[n] = self.posts * share.get(n, 0.0) + self.extra(n) * rules["asks"][self.host][n]
            staff, pending = self.staff.get(n, 0), model.pending.get((self, n), 0)
            full, waiting = full + staff + pending, waiting + pending
            asked = max(
                p["stretch"] * p["authorisation_months"] * self.came[n], p["probe"] * max(0.0, wanted[n] - staff)
            )
            gap[n] = min(max(0.0, wanted[n] - staff - pending), max(0.0, asked - pending))
        vacant = max(0.0, sum(wanted.values()) - full - self.local - self.leaked - self.withdrawn)
        self.missing = vacant + waiting + self.local
        asked_for = sum(gap.values())
        for n, persons in gap.items():
            if persons > 0:
                self._ask(n, persons * min(1.0, vacant / asked_for))

    def _ask(self, nation: int, persons: float) -> None:
        unit = self.model.unit(self.host, nation)
        if not unit:
            return
        me = chance.pair(self.id, nation)
        number = math.floor(persons / unit + chance.uniform(self.model.luck("orders rounding"), me))
        for ordinal in range(number):
            name = chance.pair(me, ordinal * 4096 + self.model.month)
            self.model.requests.append(Request(name, self, nation, unit, self.model.month))


def _scaled(share: dict[int, float]) -> dict[int, float]:
    total = sum(share.values())
    return {n: x / total for n, x in share.items()} if total > 0 else {}
