"""The decision to migrate (5.1): a nested logit over hosts and channels, its constants, and what people believe."""

import math
from typing import Any

from tests.oracle import chance, journeys
from tests.oracle.rules import CHANNELS

WEIGHED = ("contract", "overstay", "smuggler", "asylum", "study")
AWAY = ("worker", "overstayer", "irregular", "asylum_seeker")
Alternative = tuple[int, str]
Kind = tuple[int, int, bool, bool]  # group, sector, whether a woman, whether skilled


class Choice:
    """What each kind of people gets from each alternative this month."""

    def __init__(self, model: Any) -> None:
        self.model, self.alpha, self.has_alpha = model, {}, False  # found with the fees of brokers alone
        self.values: dict[Any, dict[Alternative, tuple[float, float]]] = {}
        self.travel: dict[tuple[int, int], float] = {}
        self.bounds: dict[Any, float] = {}
        p = model.params
        self.months = sum(math.pow(p["patience"], t) for t in range(1, round(p["horizon_months"]) + 1))
        self.clock = chance.monthly(p["reconsider_rate"] / self._mean_eagerness())

    def eagerness(self, months: int) -> float:
        """How often people of an age reconsider, against young adults."""
        p = self.model.params
        return math.exp(-p["age_decline"] * max(0.0, months / 12 - p["age_peak"]))

    def _mean_eagerness(self) -> float:
        means = []
        for sector in self.model.world.sectors:
            row = next(x for x in self.model.world.profiles if (x.group, x.sector, x.place) == ("", sector.code, ""))
            ages = range(round(row.first_age * 12), round((row.last_age + 1) * 12))
            means.append(math.fsum(map(self.eagerness, ages)) / len(ages))
        return sum(means) / len(means)

    def weigh(self) -> None:
        """Look at this month's wages, fees, ways and compatriots anew; find alpha in the first month."""
        self.values, self.travel, self.bounds = {}, {}, {}
        if not self.alpha:
            self.alpha = {(g, h): 0.0 for g in range(len(self.model.world.groups)) for h in self.model.hosts}
            self._find_alpha()
            self.values, self.bounds, self.has_alpha = {}, {}, True

    def of(self, kind: Kind) -> dict[Alternative, tuple[float, float]]:
        """V and the money needed at once, by alternative, for people of a kind."""
        if kind not in self.values:
            values = self._values(*kind).items()
            self.values[kind] = {a: (v + self.alpha[kind[0], a[0]], upfront) for a, (v, upfront) in values}
        return self.values[kind]

    def _values(self, g: int, sector: int, woman: bool, skilled: bool) -> dict[Alternative, tuple[float, float]]:
        group, model, out = self.model.world.groups[g], self.model, {}
        for host in () if group.is_programme else map(model.country, group.hosts):
            for channel in (c for c in group.channels if c in WEIGHED):
                travel = self._travel(g, host)
                hears = model.rules["claim_open"][host] > 0 or model.rules["mandate"][host] > 0
                no_visa = self.has_alpha and model.visas.are_closed(channel, host, int(model.world.nation_of_group[g]))
                if math.isfinite(travel) and (channel != "asylum" or hears) and not no_visa:
                    out[host, channel] = self._value(g, host, channel, sector, woman, skilled, travel)
        return out

    def _value(self, g: int, host: int, channel: str, sector: int, woman: bool, skilled: bool,
               travel: float) -> tuple[float, float]:  # fmt: skip
        p, model, nation = self.model.params, self.model, int(self.model.world.nation_of_group[g])
        better = 1 + p["skill_premium"] if skilled else 1.0
        abroad = 1 + p["skill_premium"] * p["skill_transfer"] if skilled else 1.0
        earned = {"contract": 1.0, "asylum": p["asylum_income"], "study": p["study_income"]}.get(
            channel, p["informal_wage"]
        )
        fee, lent = model.fee(nation, host, channel, self.has_alpha), model.lent(nation, host, channel)
        living = p["living_share"] * model.mean_wage(host)
        gain = self.months * (model.beliefs.wage[nation, host, sector] * abroad * earned - living)
        gain -= (fee + travel) * (1 + p["interest"])
        m = gain / (12 * max(model.income[nation], 1.0) * better)
        value = p["beta"] * min(max(m, -p["most_gain"]), p["most_gain"])
        danger = model.beliefs.danger[nation, host, channel]
        gamma = p["gamma"] * (p["women_caution"] if woman else 1.0)
        value -= gamma * danger
        value += p["tau"] * math.log(1 + model.compatriots.get((nation, host), 0))
        value += 0.0 if channel == "contract" else p[f"kappa_{channel}"]
        return value - gamma * p["name_weight"] * model.bad_name(nation, host, channel), fee * (1 - lent) + travel

    def _travel(self, g: int, host: int) -> float:
        """The least fare from the group's main home to a region where the host's people without a contract go."""
        model = self.model
        home = model.world.place_index(max(model.world.groups[g].home, key=lambda x: x[1])[0])
        if (g, host) not in self.travel:
            goals = (place for place, size in enumerate(model.goals[host]) if size > 0)
            fares = (journeys.smuggled_fare(model, model.world.groups[g], home, place) for place in goals)
            self.travel[g, host] = chance.least(fares)
        return self.travel[g, host]

    # who moves, and where

    def decide(self, person: Any, stream: str, often: float, shut: Alternative | None = None) -> Alternative | None:
        """Host and channel, or None to stay; `often` is how often such people reconsider."""
        u, nest = person.draw(f"{stream} moment"), self.model.params["nest_scale"]
        if u >= often * self.most(person.kind):
            return None
        open_to = self._open_to(person, shut)
        inclusive = _inclusive(open_to, nest)
        total = sum(math.exp(nest * x) for x in inclusive.values())
        if u >= often * total / (1 + total):
            return None
        nests, ways = self.model.luck(f"{stream} nests"), self.model.luck(f"{stream} ways")
        host = max(inclusive, key=lambda h: nest * inclusive[h] + chance.gumbel(nests, chance.pair(person.id, h)))
        best = {c: v / nest + chance.gumbel(ways, chance.pair(person.id, host * len(CHANNELS) + CHANNELS.index(c)))
                for (h, c), v in open_to.items() if h == host}  # fmt: skip
        return host, max(best, key=lambda c: best[c])

    def most(self, kind: Kind) -> float:
        """The chance to move of people of a kind who could pay for everything."""
        if kind not in self.bounds:
            nest = self.model.params["nest_scale"]
            inclusive = _inclusive({a: v for a, (v, _) in self.of(kind).items()}, nest)
            total = sum(math.exp(nest * x) for x in inclusive.values())
            self.bounds[kind] = total / (1 + total)
        return self.bounds[kind]

    def bounds_of_all(self) -> dict[Kind, float]:
        """The chance of a month that nobody of a kind exceeds."""
        return {kind: self.clock * self.most(kind) for kind in self.model.crowd.kinds}

    def _open_to(self, person: Any, shut: Alternative | None) -> dict[Alternative, float]:
        """What somebody can pay for, and is not shut or barred from."""
        means = person.savings / 100 + self.model.params["credit_usd"]
        return {
            (host, channel): value
            for (host, channel), (value, upfront) in self.of(person.kind).items()
            if upfront <= means and (host, channel) != shut
            and (channel in ("smuggler", "asylum") or not person.bars(host))
        }  # fmt: skip

    # alpha

    def _find_alpha(self) -> None:
        """Forty rounds towards the flows that would keep the first stocks."""
        first = self._communities()
        goal, keen = self._goals(first), self._keen()
        plain = {kind: {a: v for a, (v, _) in self.of(kind).items()} for kind in keen}
        for _ in range(40):
            flow = self._flow(first, keen, plain)
            for g, community in enumerate(first):
                for host in self.model.hosts:
                    theirs = {c: flow.get((community, host, c), 0.0) for c in CHANNELS}
                    if not any(theirs.values()):
                        continue
                    logs = [math.log(goal[community, host, c] / x) for c, x in theirs.items()
                            if x > 0 and goal[community, host, c] > 0]  # fmt: skip
                    self.alpha[g, host] += min(max([-3.0, *logs]), 3.0)

    def _communities(self) -> list[int]:
        """For each group the first that is alike in nationality, hosts and channels."""
        signs = [(g.nationality, g.hosts, g.channels, g.is_programme) for g in self.model.world.groups]
        return [signs.index(sign) for sign in signs]

    def _goals(self, first: list[int]) -> dict[tuple[int, int, str], float]:
        """Departures a month that would keep the stocks; for contracts a queue."""
        p, model = self.model.params, self.model
        stock = {(g, h, c): 0.0 for g in set(first) for h in model.hosts for c in CHANNELS}
        for person in model.crowd.of(*AWAY):
            stock[first[person.group_row], person.host, person.channel] += person.weight
        for g in set(first):
            for h in model.hosts:
                if not any(stock[g, h, c] for c in CHANNELS):
                    for c in CHANNELS:
                        stock[g, h, c] = model.world.groups[g].weight / 2 / len(CHANNELS)
        return {key: x * (p["contract_queue"] if key[2] == "contract" else 1.0) * p["exit_rate"] / 12
                for key, x in stock.items()}  # fmt: skip

    def _keen(self) -> dict[Kind, float]:
        """Persons at home by kind, each counted as often as they reconsider."""
        out: dict[Kind, float] = {}
        for x in self.model.crowd.of("home"):
            out[x.kind] = out.get(x.kind, 0.0) + x.weight * self.eagerness(self.model.month - x.born)
        return out

    def _flow(self, first: list[int], keen: dict[Kind, float], plain: Any) -> dict[tuple[int, int, str], float]:
        """Expected movers of those at home, if all could pay."""
        nest = self.model.params["nest_scale"]
        out: dict[tuple[int, int, str], float] = {}
        for kind, persons in keen.items():
            g = kind[0]
            values = {a: v + self.alpha[g, a[0]] for a, v in plain[kind].items()}
            inclusive = _inclusive(values, nest)
            total = sum(math.exp(nest * x) for x in inclusive.values())
            for (h, c), v in values.items():
                p = math.exp(v / nest - inclusive[h]) * math.exp(nest * inclusive[h]) / (1 + total)
                key = first[g], h, c
                out[key] = out.get(key, 0.0) + persons * self.clock * p
        return out


def _inclusive(values: dict[Alternative, float], nest: float) -> dict[int, float]:
    """I_h = ln of the sum over channels of exp(V / nest)."""
    sums: dict[int, list[float]] = {}
    for (host, _), value in values.items():
        sums.setdefault(host, []).append(value / nest)
    return {h: max(x) + math.log(sum(math.exp(v - max(x)) for v in x)) for h, x in sums.items()}
