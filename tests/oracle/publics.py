"""What publics feel about foreigners (5.14), those sent home under orders (5.17), and flight from disorder (5.18)."""

import math
from collections import Counter
from typing import Any

from tests.oracle import chance
from tests.oracle.people import STILL_TIME


class Publics:
    """The attitude of each host's public, and what it saw this year."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.attitude = dict.fromkeys(model.hosts, 0.0)
        self.found: Counter[int] = Counter()
        self.posts: Counter[int] = Counter()
        self.last_posts: Counter[int] = Counter()
        self.first: dict[int, tuple[float, float]] = {}  # acquaintance and irregularity of the first year

    def severity(self, host: int) -> float:
        """How much more foreigners are inspected and ill-treated than in the first year."""
        return math.exp(-self.model.params["attitude_practice"] * self.attitude[host])

    def step(self) -> None:
        """Look, and at the end of each twelve months feel."""
        for e in self.model.employers:
            self.posts[e.host] += e.posts + e.informal
        if (self.model.month + 1) % 12 == 0:
            there: dict[int, list[Any]] = {host: [] for host in self.model.hosts}
            for x in self.model.crowd.abroad():
                there[x.host].append(x)
            for host, here in there.items():
                self._feel(host, here)
            self.last_posts, self.posts, self.found = self.posts, Counter(), Counter()

    def _feel(self, host: int, here: list[Any]) -> None:
        model, p = self.model, self.model.params
        people = max(model.outlook.inhabitants(host, model.day.year), 1)
        lawful = sum(x.weight for x in here if x.status in ("worker", "refugee", "settled", "student")
                     and not (x.is_member and x.employer))  # fmt: skip
        foreign = sum(x.weight for x in here if x.status not in ("visitor", "citizen"))
        contact = math.log(1 + 1000 * (lawful / people))
        found = self.found[host] / max(foreign, 1)
        if host not in self.first:
            self.first[host] = contact, found
            return
        shrunk = max(0.0, 1 - self.posts[host] / max(self.last_posts[host], 1))
        threat = math.log(1 + 1000 * (sum(x.weight for x in here if x.employer) / people)) * shrunk
        drive = p["attitude_contact"] * (contact - self.first[host][0]) - p["attitude_competition"] * threat
        drive += model.rules["welcome"][host] - p["attitude_irregularity"] * (found - self.first[host][1])
        moves = 1 - math.exp(-p["attitude_rate"])
        self.attitude[host] += moves * (math.tanh(drive) - self.attitude[host])


def send_home(model: Any) -> None:
    """Those whom an order reaches go home when they are due; after the deadline the others are in breach."""
    for name, (hosts, nations), due, overdue in model.rules.orders:
        for x in model.crowd.of("worker", "student", "visitor"):
            works = x.status != "visitor" or x.employer
            if works and x.host in hosts and x.nation in nations and x.nation != x.host:
                if x.draw("repatriation goes", 0) < due[x.host]:
                    x.returns()
                elif overdue:
                    x.breach = x.breach or name


def uproot(model: Any) -> None:
    """Where order broke down, some slip over the border without a guide, fee or fare."""
    share = model.rules["flees"]
    for x in model.perhaps("outflow flees", max(share), "home"):
        if x.group.crosses_unlawfully and not x.request and x.draw("outflow flees") < share[x.home]:
            host = model.country(x.group.hosts[0])
            if x.draw("outflow seen") < model.rules["seen"][x.host][host]:
                model.beliefs.turn_back(x, host)
                continue
            place = chance.part(x.draw("departures where"), model.goals[host])
            x.becomes("irregular", place=place, channel="smuggler")
            x.registered, x.asked_to_register = STILL_TIME, model.month
