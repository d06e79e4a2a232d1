"""Brokers bring people to posts (5.4) and over borders (5.6), so many a month."""

import math
from typing import Any

import mesa

from tests.oracle import chance
from tests.oracle.outlook import factored


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
        self.heaviest = max((x.weight for x in model.people if self.serves(x)), default=0)

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
    room: dict[Any, int] = {}
    for request in model.requests:
        if request.stage == "authorised" and request.granted < model.month:
            room[request.employer, request.nation] = room.get((request.employer, request.nation), 0) + request.left
    stream = model.luck("recruitment key")
    own = [x for x in model.people if x.at_home and x.plan is not None and not x.group.is_programme]
    members = [x for x in model.people if x.at_home and x.group.is_programme]
    model.candidates = [*own, *members]
    for some in (own, members):
        for person in sorted(some, key=lambda x: chance.bits(stream, x.id)):
            _find_post(model, person, room)


def _find_post(model: Any, person: Any, room: dict[Any, int]) -> None:
    """Set out for one of the employers with room for the whole head."""
    hosts = [person.plan] if person.plan is not None else [model.country(code) for code in person.group.hosts]
    able = {}
    for host in (h for h in hosts if not person.bars(h)):
        broker, effort = (
            _broker_of(model, person, host),
            person.weight * model.rules["sending_cost"][host][person.nation],
        )
        if broker and broker.capacity >= effort:
            able[host] = broker, effort
    sites = [e for e in model.employers if e.host in able and room.get((e, person.nation), 0) >= person.weight]
    employer = race(model, person, sites, "recruitment site")
    if employer:
        broker, effort = able[employer.host]
        broker.capacity -= effort
        room[employer, person.nation] -= person.weight
        person.leaving = employer.place, "contract", employer


def _broker_of(model: Any, person: Any, host: int) -> Broker | None:
    """Who would bring somebody to a host under contract; of two, one drawn by capacity."""
    some = [b for b in model.brokers if b.kind != "smuggler" and host in b.hosts and b.serves(person)]
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
    stream = model.luck("recruitment informal")
    idle = [x for x in model.people if not x.has_papers and not x.employer]
    for person in sorted(idle, key=lambda x: chance.bits(stream, x.id)):
        host = person.host
        sites = [e for e in model.employers if e.host == host and e.informal + e.leaked - e.hidden >= person.weight]
        employer = race(model, person, sites, "recruitment informal site")
        if employer:
            person.employer = employer
            employer.hire(person)


def guide(model: Any) -> None:
    """Of those who set out with smugglers, as many as there are places; the others stay at home."""
    stream = model.luck("brokers guide")
    some = [x for x in model.people if x.leaving and x.leaving[1] == "smuggler"]
    for person in sorted(some, key=lambda x: chance.bits(stream, x.id)):
        host = int(model.world.host_of_place[person.leaving[0]])
        broker = model.broker(person.nation, host, "smuggler")
        if broker and broker.places[host] < person.weight:
            person.leaving = None
            model.market.note("asked", person, host, "smuggler")
        elif broker:
            broker.places[host] -= person.weight
