"""The rule book: rates and shares by table as the world has them, and limits. Policies write on it anew each month."""

from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from tests.oracle.outlook import Params, factored

CHANNELS = ("contract", "visit", "overstay", "smuggler", "asylum", "study", "family")
DOLLAR_HOSTS = ["KOR", "JPN", "POL", "CZE", "GBR", "DEU", "FRA", "ITA", "NLD", "DNK", "CAN", "AUS", "USA", "QAT", "KWT"]
INSPECTED = ("MNG", "KOR", "RUS", "CHN", "JPN")
ONE_NATIONALITY = ("MNG", "CHN", "JPN", "KOR", "KAZ")
HAND_OVER = ("CHN", "MNG", "RUS")
INFINITE = float("inf")
Table = Any  # nested lists, indexed as section 2 of docs/odd.md says


@dataclass
class Limit:
    """No more than `level` persons in the cells that it covers."""

    id: str
    hosts: set[int]
    nations: set[int]
    sectors: set[int]
    level: int
    since: int
    counts: str = "in_force"
    statuses: tuple[str, ...] = ("worker",)
    grants: tuple[str, ...] = ("work",)
    compliance: dict[int, float] = field(default_factory=dict)
    counts_renewals: bool = False
    slack: int = 0

    def covers(self, host: int, nation: int, sector: int) -> bool:
        """Whether a cell is among those it covers."""
        return host in self.hosts and nation in self.nations and sector in self.sectors


def copied(table: Table) -> Table:
    """A copy of nested lists."""
    return [copied(row) for row in table] if isinstance(table[0], list) else table[:]


class RuleBook:
    """Tables and limits of this month; `base` is what the world has without policies."""

    def __init__(self, world: Any, params: Params) -> None:
        self.world, self.n = world, len(world.countries)
        self.tables = self.base = self._base(params)
        self._bind(params)
        self.limits: list[Limit] = []
        self.orders: list[Any] = []  # to send home: name, hosts and nations, share due by host, and whether overdue
        self.notes: dict[tuple[str, str], Any] = {}  # what a policy remembers while it is in force
        self.begin()

    def begin(self) -> None:
        """Back to the world's own rates."""
        self.tables = {name: copied(table) for name, table in self.base.items()}
        self.limits, self.orders = [], []

    def effect(self, line: Any, state: int, amount: float) -> None:
        """Write a line of a treaty into the row of a state."""
        was = self.tables[line.rule][state]
        self.tables[line.rule][state] = {
            "set": amount, "add": min(was + amount, 1.0), "grow": was * (1 + amount)
        }[line.how]  # fmt: skip

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def _pairs(self, value: float) -> Table:
        return [[value] * self.n for _ in range(self.n)]

    def _base(self, p: Params) -> dict[str, Table]:
        w, prk = self.world, self.world.country_index("PRK")
        sectors, ones = len(w.sectors), self._pairs(1.0)
        tables = {
            "open_work": self._open_work(), "extra_posts": self._pairs(0), "agency_fee": self._pairs(-1.0),
            "pass_share": self._pairs(1.0), "regularise": self._pairs(0.0), "leaves_freely": self._pairs(0.0),
            "cooperates": self._pairs(0), "asks": self._pairs(1.0), "sending_cost": self._pairs(1.0),
            "p_removal": self._pairs(p["p_removal"]), "direct": ones, "handover": self._pairs(0.0),
            "entry": [self._pairs(1.0) for _ in CHANNELS], "seen": self._seen(p),
            "void": [[[0] * sectors for _ in range(self.n)] for _ in range(self.n)],
            "levy": [[0.0] * sectors for _ in range(self.n)],
            "jobs": [[1.0] * sectors for _ in w.places], "wages": [[1.0] * sectors for _ in w.places],
            "zone_posts": [[0] * sectors for _ in w.places], "port_open": [1.0] * len(w.ports),
            "fine_usd": [p["fine_usd"]] * self.n, "inspection": [p["inspection_rate"]] * self.n,
            "bar": [[p["bar_entry_months" if c == "smuggler" else "bar_overstay_months"]] * self.n for c in CHANNELS],
            "exposure": [p["exposure_dollar" if x.code in DOLLAR_HOSTS else "exposure_others"] for x in w.countries],
            "claim_open": [0.0] * self.n, "protect": [0.0] * self.n, "mandate": [0.0] * self.n,
            "decisions": [INFINITE] * self.n, "told": [0.0] * self.n,
            "free_work": [INFINITE] * self.n, "settle": [p["settle_rate"]] * self.n,
            "naturalise_years": [p["naturalise_years"]] * self.n, "family": self._pairs(p["family_rate"]),
            "naturalise": self._pairs(p["naturalise_rate"]), "welcome": [0.0] * self.n,
            "flees": [0.0] * len(w.places), "party": [0.0] * self.n, "party_cat": [0.0] * self.n,
            "visas_a_year": [self._pairs(INFINITE) for _ in CHANNELS],
            "route_known": [1.0] * self.n, "bound": [{} for _ in w.countries], "visas": self._pairs(0.0),
            "traffic_law": [float(x.code == "MNG") for x in w.countries], "victim_care": [p["victim_care"]] * self.n,
            "dual_citizenship": [float(x.code not in ONE_NATIONALITY) for x in w.countries],
        }  # fmt: skip
        for code in INSPECTED:
            tables["inspection"][w.country_index(code)] = p[f"inspection_{code.lower()}"]
        for code in HAND_OVER:
            tables["handover"][w.country_index(code)][prk] = p[f"handover_{code.lower()}"]
        tables["visas"][w.country_index("JPN")] = [1.0] * self.n
        tables["settle"][w.country_index("MNG")] = p["settle_rate_mng"]
        tables["naturalise"][w.country_index("KOR")][prk] = 0.0
        for row in tables["family"]:
            row[prk] = 0.0
        return tables | self._asylum(tables, prk, p) | self._terms(prk, p)

    def _asylum(self, tables: dict[str, Table], prk: int, p: Params) -> dict[str, Table]:
        mongolia = self.world.country_index("MNG")
        for code in ("RUS", "KOR"):
            tables["claim_open"][self.world.country_index(code)] = 1.0
        for code in ("RUS", "KOR", "MNG"):
            tables["protect"][self.world.country_index(code)] = p["protect_by_practice"]
        tables["mandate"][mongolia], tables["decisions"][mongolia] = p["unhcr_decisions"], p["state_decisions"]
        tables["direct"][mongolia][prk] = 1 - p["strict_art31"]
        return tables

    def _terms(self, prk: int, p: Params) -> dict[str, Table]:
        """DPRK workers stay for years and are prolonged once; others a year at a time."""
        others = {"term": "contract_months", "extension": "contract_months", "extensions": "contract_extensions",
                  "p_renew": "p_renew", "p_overstay": "p_overstay_contract"}  # fmt: skip
        theirs = {"term": p["prk_contract_months"], "extension": p["prk_extension_months"], "extensions": 1,
                  "p_renew": p["prk_p_extend"], "p_overstay": 0}  # fmt: skip
        out = {name: self._pairs(p[prior]) for name, prior in others.items()}
        for name, table in out.items():
            for row in table:
                row[prk] = theirs[name]
        return out

    def _bind(self, p: Params) -> None:
        """What treaties say of those bound as the run begins."""
        treaties = self.world.treaties
        for treaty in treaties.by_id:
            for code in treaties.bound_through(treaty):
                state = self.world.country_index(code)
                self.base["bound"][state][treaty] = True
                for line in (x for x in treaties.effects if (x.treaty, x.holds) == (treaty, "party")):
                    self.effect(line, state, line.value(p))

    def _open_work(self) -> Table:
        """A contract channel is open where the start has workers of that nation."""
        out, w = self._pairs(0), self.world
        for row in w.initial:
            if row.status == "worker":
                nation = w.nation_of_group[w.group_index(row.group)]
                out[w.host_of_place[w.place_index(row.place)]][nation] = 1
        return out

    def _seen(self, p: Params) -> Table:
        """Chance to be seen on the least watched unlawful way: a link, or two that meet in a port."""
        out, w = self._pairs(p["seen_crossing"]), self.world
        place = {x.id: int(w.host_of_place[n]) for n, x in enumerate(w.places)}
        unseen: dict[frozenset[int], float] = {}
        banks: dict[str, list[tuple[int, float]]] = {}
        for link in (x for x in w.links if not x.is_lawful):
            passes = 1 - min(factored(link.p_seen, link.source, p), 1.0)
            if link.a in place and link.b in place:
                ends = frozenset({place[link.a], place[link.b]})
                unseen[ends] = max(unseen.get(ends, 0.0), passes)
            else:
                shore, port = (link.a, link.b) if link.a in place else (link.b, link.a)
                banks.setdefault(port, []).append((place[shore], passes))
        for shores in banks.values():
            for (a, here), (b, there) in combinations(shores, 2):
                ends = frozenset({a, b})
                unseen[ends] = max(unseen.get(ends, 0.0), here * there)
        for ends, passes in unseen.items():
            if len(ends) == 2:
                a, b = ends
                out[a][b] = out[b][a] = 1 - passes
        return out
