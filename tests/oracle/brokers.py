"""Brokers bring people to posts (5.4) and over borders (5.6), so many a month."""

import math
from typing import Any

import mesa

from tests.oracle import chance
from tests.oracle.outlook import factored

Room = dict[Any, int]  # persons whom employers may still take, by employer


class Broker(mesa.Agent):
    """A state agency, the recruiters or the smugglers of a nationality."""

    def __init__(self, model: Any, row: Any) -> None:
        super().__init__(model)
        self.row, self.kind, self.lent = row, row.kind, row.loan_share
        self.nation = model.world.country_index(row.nationality)
        self.hosts = [model.world.country_index(code) for code in row.hosts]
        self.id = chance.key("broker", row.id)
        self.fee = self.first_fee = factored(row.fee_usd, row.source, model.params)
        self.base = self.first_base = row.capacity_month * model.params["broker_capacity"]
        self.share = {host: 1 / len(self.hosts) for host in self.hosts}  # of a smuggler's places
        self.bad_name, self.prosecuted_until, self.besides = 0.0, 0, 0.0
        self.capacity = 0.0  # persons it can still bring this month
        self.places = dict.fromkeys(self.hosts, 0.0)  # of a smuggler, by host
        some = {x.group_row: x for x in model.people}.values()
        self.heaviest = max((x.weight for x in some if self.serves(x)), default=0)

    def serves(self, person: Any) -> bool:
        """Whether somebody would come with this broker."""
        group = person.group
        if group.nationality != self.row.nationality or group.is_soldier != self.row.is_soldier:
            return False
        if self.kind == "smuggler":
            return "smuggler" in group.channels and not group.is_programme
        return bool(group.is_programme == (self.kind == "state_agency"))

    def begin_month(self) -> None:
        """What it can bring, with what was left, up to one head."""
        dearest = max(max(row) for row in self.model.rules["sending_cost"])
        growth = self.model.revenue.growth if self.kind == "state_agency" else 1.0
        model = self.model
        free = 1 - model.params["prosecuted_share"] if self.prosecuted_until > model.month else 1.0
        self.capacity = self.base * growth * free + self.besides + min(self.capacity, self.heaviest * dearest)
        for host in self.hosts:
            self.places[host] = self.base * free * self.share[host] + min(self.places[host], self.heaviest)


def recruit(model: Any) -> None:
    """Candidates take authorised posts, in the order of a key; then members of the programmes."""
    room: dict[tuple[int, int], Room] = {}
    for r in model.requests:
        if r.stage == "authorised" and r.granted < model.month:
            here = room.setdefault((r.nation, r.employer.sector), {})
            here[r.employer] = here.get(r.employer, 0) + r.left
    place_in_order(model, [x for x in model.crowd.waiting if not x.is_member], room)
    sought = (some for some in model.crowd.members.values() if _is_sought(model, some[0], room))
    members = [x for some in sought for x in some if x.at_home and x.plan is None]
    place_in_order(model, members + [x for x in model.crowd.waiting if x.is_member], room)


def place_in_order(model: Any, some: list[Any], room: dict[tuple[int, int], Room]) -> None:
    """Look for a post for each, in the order of a key, as long as anybody like them is sought."""
    over = set()
    for x in model.crowd.in_order(model.luck("recruitment key"), some):
        alike = x.kind, x.plan
        if alike not in over and _is_sought(model, x, room):
            _find_post(model, x, room[x.nation, x.sector])
        else:
            over.add(alike)


def _is_sought(model: Any, x: Any, room: dict[tuple[int, int], Room]) -> bool:
    """Whether an employer has room for a head like this one, and a broker for bringing it; once over, it is over."""
    here = room.get((x.nation, x.sector), {})
    return any(left >= x.weight and _can_be_sent(model, x, e.host) for e, left in here.items())


def _can_be_sent(model: Any, x: Any, host: int) -> bool:
    """Whether people of this group and plan go to a host, and a broker has room for one more head."""
    if host not in goals(model, x):
        return False
    effort = x.weight * model.rules["sending_cost"][host][x.nation]
    return any(broker.capacity >= effort for broker in serving(model, x, host))


def goals(model: Any, x: Any) -> list[int]:
    """Hosts where somebody may go under contract: that of the plan, or those of the programme."""
    return [x.plan] if x.plan is not None else [model.country(code) for code in x.group.hosts]


def _find_post(model: Any, person: Any, room: Room) -> None:
    """Set out for one of the employers with room for the whole head."""
    able = {}
    for host in (h for h in goals(model, person) if not person.bars(h)):
        broker, effort = (
            _broker_of(model, person, host),
            person.weight * model.rules["sending_cost"][host][person.nation],
        )
        if broker and broker.capacity >= effort:
            able[host] = broker, effort
    sites = [e for e, left in room.items() if e.host in able and left >= person.weight]
    employer = race(model, person, sites, "recruitment site")
    if employer:
        broker, effort = able[employer.host]
        broker.capacity -= effort
        room[employer] -= person.weight
        person.sets_out(employer.place, "contract", employer)


def serving(model: Any, person: Any, host: int) -> list[Broker]:
    """Who brings people like this one to a host under contract."""
    cell = person.group_row, host
    if cell not in model.serving:
        model.serving[cell] = [
            b for b in model.brokers if b.kind != "smuggler" and host in b.hosts and b.serves(person)
        ]
    return model.serving[cell]


def _broker_of(model: Any, person: Any, host: int) -> Broker | None:
    """Who would bring somebody to a host under contract; of two, one drawn by capacity."""
    some = serving(model, person, host)
    if len(some) == 2:
        share = some[1].first_base / max(some[0].first_base + some[1].first_base, 1e-9)
        return some[1 if person.draw("recruitment broker") < share else 0]
    return some[0] if some else None


def race(model: Any, person: Any, sites: list[Any], decision: str) -> Any:
    """One of the employers of the person's sector, drawn by posts of 2000 and of zones; None if there is none."""
    stream, best, first = model.luck(decision), None, math.inf
    for e in sorted(sites, key=lambda e: e.row):
        if e.sector == person.sector:
            size = max(e.base_posts + model.rules["zone_posts"][e.place][e.sector], 1.0)
            wait = -math.log(1 - chance.uniform(stream, chance.pair(person.id, e.id))) / size
            if wait < first:
                best, first = e, wait
    return best


def find_informal_work(model: Any) -> None:
    """People without papers and without work take posts without papers where they are."""
    idle = [x for x in model.crowd.of("overstayer", "irregular") if not x.employer]
    for person in model.crowd.in_order(model.luck("recruitment informal"), idle):
        here = model.employers_of(person.host, person.sector)
        sites = [e for e in here if e.informal + e.leaked - e.hidden >= person.weight]
        employer = race(model, person, sites, "recruitment informal site")
        if employer:
            person.hired(employer)


def guide(model: Any) -> None:
    """Of those who set out with smugglers, as many as there are places; the others stay at home."""
    some = [x for x in model.crowd.leaving if x.leaving[1] == "smuggler"]
    for person in model.crowd.in_order(model.luck("brokers guide"), some):
        host = model.host_of[person.leaving[0]]
        broker = model.broker(person.nation, host, "smuggler")
        if broker and broker.places[host] < person.weight:
            person.stays_at_home()
            model.market.note("asked", person, host, "smuggler")
        elif broker:
            broker.places[host] -= person.weight
