"""Brokers look back on the month: fees, places, names and prosecutions move (5.12)."""

import math
from collections import Counter
from typing import Any

from tests.oracle import chance

SEEN = ("asked", "served", "stopped", "harmed")


def _over(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


class Market:
    """What brokers remember of clients, by broker and host; `month` is filled by those who deal with them."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.month = {name: Counter() for name in (*SEEN, "caught")}
        self.memory = {name: Counter() for name in SEEN}
        self.usual: dict[Any, tuple[float, float, float]] = {}
        self.civilians: Counter[Any] = Counter()

    def note(self, what: str, x: Any, host: int, channel: str) -> None:
        """Count a client of the trade that serves a nation, channel and host."""
        self._add(what, x.nation, host, channel, x.weight)

    def harm(self, host: int, nation: int, persons: int) -> None:
        """Count persons harmed while there by contract."""
        self._add("harmed", nation, host, "contract", persons)

    def _add(self, what: str, nation: int, host: int, channel: str, persons: int) -> None:
        """Public agencies' clients are not those of recruiters."""
        broker = self.model.broker(nation, host, channel)
        public = channel == "contract" and self.model.rules["agency_fee"][host][nation] >= 0
        if broker and not public:
            self.month[what][broker, host] += persons

    def step(self) -> None:
        """Remember, and move."""
        model, p = self.model, self.model.params
        for x in model.crowd.waiting:
            if not x.is_member:
                self.note("asked", x, x.plan, "contract")
        moves = chance.monthly(p["broker_memory_rate"])
        brokers = [b for b in model.brokers if b.kind != "state_agency"]
        for b in brokers:
            for name in SEEN:
                for host in b.hosts:
                    was = self.memory[name][b, host]
                    self.memory[name][b, host] = was + moves * (self.month[name][b, host] - was)
        now = {b: self._looked_at(b) for b in brokers}
        if model.month < round(p["usual_months"]):
            self.usual = now
        else:
            for b in brokers:
                self._move(b, now[b])
        for b in brokers:
            self._prosecute(b)
        self._soldiers(moves)
        self.month = {name: Counter() for name in self.month}

    def _total(self, name: str, b: Any) -> float:
        return sum(self.memory[name][b, host] for host in b.hosts)

    def _looked_at(self, b: Any) -> tuple[float, float, float]:
        """Clients waiting, what a place earns, and the share who come to harm."""
        asked, served, stopped, harmed = (self._total(name, b) for name in SEEN)
        waiting = _over(asked, b.base if b.kind == "smuggler" else served)
        earned = b.fee * min(1.0, waiting) * (1 - min(1.0, _over(stopped, served)))
        return waiting, earned, min(1.0, harmed / (served + self.model.params["few_clients"]))

    def _move(self, b: Any, now: tuple[float, float, float]) -> None:
        p, (waiting, earned, harmed), usual = self.model.params, now, self.usual[b]
        if waiting > 0 and usual[0] > 0:
            factor = math.pow(waiting / usual[0], p["fee_answer"])
            b.fee = b.first_fee * min(max(factor, 1 / p["fee_most"]), p["fee_most"])
        if b.kind == "smuggler":
            if usual[1] > 0:
                b.base *= math.exp(p["places_growth"] / 12 * min(1.0, earned / usual[1] - 1))
            self._move_places(b)
        b.bad_name = harmed - usual[2]

    def _move_places(self, b: Any) -> None:
        idle, memory = max(0.0, b.base - self._total("asked", b)), self.memory
        wanted = {}
        for h in b.hosts:
            through = 1 - min(1.0, _over(memory["stopped"][b, h], memory["served"][b, h]))
            wanted[h] = memory["asked"][b, h] * through + b.share[h] * idle
        total = sum(wanted.values())
        if total > 0:
            for h in b.hosts:
                b.share[h] += chance.monthly(self.model.params["places_move"]) * (wanted[h] / total - b.share[h])

    def _prosecute(self, b: Any) -> None:
        p, cooperates = self.model.params, self.model.rules["cooperates"][b.nation]
        caught = sum(self.month["caught"][b, h] * (1 + p["prosecution_joint"] * cooperates[h]) for h in b.hosts)
        p_case = 1 - math.exp(-p["prosecution_rate"] * caught)
        u = chance.uniform(self.model.luck("brokers prosecuted"), b.id)
        if b.prosecuted_until <= self.model.month and u < p_case:
            b.prosecuted_until = self.model.month + 1 + round(p["prosecuted_months"])

    def _soldiers(self, moves: float) -> None:
        """Firms of the army replace civilians who became fewer."""
        model, now = self.model, Counter()
        for x in model.crowd.of("worker"):
            if x.is_member and not x.group.is_soldier:
                now[x.host, x.nation] += x.weight
        if model.month == 0:
            self.civilians = Counter(now)
        firms = [b for b in model.brokers if b.row.is_soldier]
        for b in firms:
            b.besides = 0.0
            for host in b.hosts:
                lost = moves * max(0, self.civilians[host, b.nation] - now[host, b.nation])
                whole = sum(other.base for other in firms if host in other.hosts)
                b.besides += model.params["soldier_shift"] * lost * b.base / whole
        for cell in set(self.civilians) | set(now):
            self.civilians[cell] += moves * (now[cell] - self.civilians[cell])
