"""Policies at random: for each kind, settings that the schema accepts, at dates in and around a short run."""

from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from sim.policies import POLICY_KINDS
from sim.scenario import Scenario
from sim.scenario.conflicts import conflicts
from sim.world import load_world

START, MONTHS = date(2017, 6, 1), (8, 12)
WORLD = load_world("northeast_asia")
HOSTS = ("RUS", "CHN", "MNG", "KOR", "JPN", "QAT", "KWT", "POL", "CZE")
NATIONS = ("PRK", "CHN", "MNG", "RUS", "XPS", "XOT", "UKR", "PHL")

Settings = dict[str, Any]

shares = st.sampled_from((0.0, 0.03, 0.5, 1.0))
levels = st.sampled_from((0, 300, 2_000, 20_000, 100_000, 1_000_000))
compliances = st.one_of(st.just(1.0), shares, st.fixed_dictionaries({"RUS": shares, "default": shares}))


def several(codes: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """One code, some, or all."""
    some = st.lists(st.sampled_from(codes), min_size=1, max_size=4, unique=True)
    return st.one_of(st.sampled_from(codes), some, st.just("all"))


hosts, nations = several(HOSTS), several(NATIONS)
sectors = several(tuple(sector.code for sector in WORLD.sectors))
host, nation = st.sampled_from(HOSTS), st.sampled_from(NATIONS)
renewals = st.sampled_from(("counted", "exempt"))
days = st.integers(0, 300).map(lambda n: (START + timedelta(days=n)).isoformat())

KINDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "stock_cap": {
        "nationality": nations, "hosts": hosts, "sectors": sectors, "level": st.just("at_adoption") | levels,
        "refill": st.booleans(), "compliance": compliances,
        "exceptions": st.lists(
            st.fixed_dictionaries(
                {"host": host, "persons": levels.filter(bool), "approved": days, "source": st.just("made up")}
            ),
            max_size=1,
        ),
    },
    "permit_ban": {
        "nationality": nations, "hosts": hosts, "sectors": sectors, "renewals": renewals,
        "signed_before": st.sampled_from(("exempt", "void")), "compliance": compliances,
    },
    "own_quota": {
        "host": host, "level": levels, "cut": shares, "threshold": st.sampled_from((-0.5, 0.5)),
    },
    "permit_quota": {
        "nationality": nations, "hosts": hosts, "sectors": sectors, "level": levels, "renewals": renewals,
        "counts": st.sampled_from(("issued", "in_force")), "per": st.sampled_from(("host", "total")),
        "permit": st.sampled_from(("work", "settlement")), "compliance": compliances,
    },
    "population_share_cap": {
        "host": host, "share": shares, "per_nationality": st.none() | shares, "compliance": compliances,
        "counts": st.lists(
            st.sampled_from(("worker", "settled", "refugee", "asylum_seeker")), min_size=1, unique=True
        ).filter({"worker", "settled"}.intersection),
    },
    "border_closure": {
        "nationality": nations, "direction": st.sampled_from(("in", "out", "both")), "share": shares, "state": host,
        "traffic": st.sampled_from(("all", "visitors", "workers", "unlawful")),
    },
    "cooperation": {"members": st.just("all") | st.lists(st.sampled_from(HOSTS), min_size=2, max_size=4, unique=True)},
    "economic_shock": {"host": host, "sectors": sectors, "jobs": st.sampled_from((0.0, 0.5, 3.0)), "wages": shares},
    "employer_share": {
        "host": host, "levy_usd": st.sampled_from((0.1, 50.0, 1e4)), "levy_sectors": sectors, "compliance": compliances,
        "shares": st.lists(
            st.fixed_dictionaries({"sectors": sectors, "staff": levels.filter(bool), "share": shares}), max_size=1
        ),
    },
    "labour_agreement": {"host": host, "nationality": nation, "posts": levels.filter(lambda n: n <= 20_000)},
    "legalisation": {"host": host, "nationality": nations, "share": shares.filter(bool), "leaves": shares},
    "enforcement_campaign": {"host": host, "factor": st.sampled_from((0.0, 2.0, 50.0)), "removal": st.none() | shares},
    "public_campaign": {
        "host": host, "strength": st.sampled_from((-1.0, 0.0, 0.3)), "informs": nations, "reach": shares,
    },
    "origin_instability": {"places": st.sampled_from(("PRK-North-Hamgyong", "all")), "share": shares},
    "citizenship_rule": {"host": host, "second_nationality": st.booleans(), "years": st.none() | st.just(0)},
    "readmission_agreement": {"host": host, "nationality": st.sampled_from(NATIONS[1:]), "removal": shares},
    "reception_policy": {  # of a state without stations: nobody is received
        "host": st.just("PRK"), "station_days": shares, "documents_a_day": shares, "diplomas": st.booleans(),
        "housing": st.just(100.0),
    },
    "repatriation_order": {
        "nationality": nations, "hosts": hosts, "compliance": compliances,
        "deadline": st.sampled_from(("2018-04-15", "2018-05-31")),  # after all days on which it may begin
    },
    "sanction_designation": {
        "nationality": nation, "hosts": hosts, "cost": st.sampled_from((0.0, 0.5, 3.0)), "exit": shares,
    },
    "special_economic_zone": {
        "place": st.sampled_from(("RUS-Primorye", "MNG-Ulaanbaatar")), "nationality": st.sampled_from(("CHN", "all")),
        "sectors": st.sampled_from(("F", ["C", "G"], "all")), "posts": levels.filter(lambda n: n <= 20_000),
    },
    "trafficking_law": {"state": host, "crime": st.booleans(), "visas_refused": shares.filter(bool)},
    "treaty_accession": {
        "state": st.sampled_from(("MNG", "PRK")), "protects": st.none() | shares,
        "treaty": st.sampled_from(("refugee_convention", "refugee_protocol")),
        "procedure": st.sampled_from(("state", "unhcr", "none")),
    },
    "visa_regime": {
        "host": host, "nationality": nations, "limit": levels,
        "visas": st.lists(st.sampled_from(("visit", "work", "study", "family")), min_size=1, unique=True),
    },
}  # fmt: skip
HAND_OVER = st.fixed_dictionaries({"host": host, "nationality": st.just("PRK"), "hand_over": shares})
PALERMO = st.fixed_dictionaries({
    "state": st.sampled_from(("MNG", "JPN", "KOR", "CHN", "PRK")), "treaty": st.just("trafficking_protocol"),
})  # fmt: skip
PORTS = st.fixed_dictionaries({"ports": several(tuple(port.id for port in WORLD.ports))})


@st.composite
def policies(draw: st.DrawFn, kinds: tuple[str, ...] = tuple(sorted(POLICY_KINDS))) -> Settings:
    """One policy of a kind drawn from `kinds`, all that are registered."""
    kind = draw(st.sampled_from(kinds))
    settings = draw(st.fixed_dictionaries(KINDS[kind]))
    if kind == "border_closure" and draw(st.booleans()):
        settings = draw(PORTS)
    if kind == "readmission_agreement" and draw(st.booleans()):
        settings = draw(HAND_OVER)
    if kind == "treaty_accession" and draw(st.booleans()):
        settings = draw(PALERMO)
    if settings.get("procedure") == "unhcr" and settings["state"] != "MNG":
        settings.pop("procedure")  # UNHCR decides in Mongolia alone
    if settings.get("direction") == "out" or settings.get("traffic") == "unlawful":
        settings.pop(
            "nationality", None
        )  # outward it stops the state's own nationals, and unlawful traffic is anybody's
    if only(settings, POLICY_KINDS[kind].foreigners_in or "state", "nationality"):
        settings["nationality"] = "XPS"  # a state's own people are no foreigners
    if kind == "employer_share" and not settings["shares"]:
        settings.pop("compliance")  # a levy refuses nobody
    if kind == "stock_cap":
        settings["exceptions"] = [x for x in settings["exceptions"] if bound(settings, x["host"])]
    if kind == "visa_regime" and draw(st.booleans()):
        settings |= {"limit": None, "stop": True}
    dates = sorted(draw(st.lists(days, min_size=2, max_size=2)))
    for name, day in zip(("from", "until"), dates, strict=True):
        if draw(st.booleans()):
            settings |= {name: day}
    if kind == "own_quota":  # never dated before the last documented rule
        settings |= {"from": max(settings.get("from", ""), "2017-09-01"), "until": None}
    if kind == "repatriation_order":
        settings["until"] = None  # it would end before its deadline
    for approval in settings.get("exceptions", ()):  # not after the cap has ended
        approval["approved"] = min(approval["approved"], settings.get("until") or "9999")
    return {"kind": kind, "source": "made up"} | {k: v for k, v in settings.items() if v is not None}


def only(settings: Settings, *names: str) -> bool:
    """Whether these settings name one state between them."""
    named = [settings.get(name, "all") for name in names]
    return (
        len({code for x in named for code in ([x] if isinstance(x, str) else x)} - {"all"}) == 1 and "all" not in named
    )


def bound(settings: Settings, host: str) -> bool:
    """Whether a cap binds a host: it is named, and somebody named is foreign there."""
    is_named = settings["hosts"] == "all" or host in settings["hosts"]
    return is_named and not only(settings | {"hosts": host}, "hosts", "nationality")


def groups(times: int, parts: int = 3) -> list[tuple[str, ...]]:
    """All kinds at random in so many parts, so many times: each kind is in one part each time."""
    shuffled = [Random(n).sample(sorted(POLICY_KINDS), len(POLICY_KINDS)) for n in range(times)]
    return [tuple(kinds[part::parts]) for kinds in shuffled for part in range(parts)]


@st.composite
def rule_books(draw: st.DrawFn, kinds: tuple[str, ...]) -> dict[str, Settings]:
    """A policy of each kind by id, and of one another, but for those that would write the same limit as an earlier."""
    out: dict[str, Settings] = {}
    for number, kind in enumerate([*kinds, draw(st.sampled_from(kinds))]):
        settings = draw(policies((kind,)))
        if not conflicts(scenario(out | {f"policy{number}": settings}, MONTHS[1])):
            out |= {f"policy{number}": settings}
    return out


def scenario(settings: dict[str, Settings], months: int) -> Scenario:
    """The scenario of these policies."""
    end = START.month - 1 + months - 1
    return Scenario.model_validate({
        "name": "drawn", "question": "Do the accounts balance?", "start": START.isoformat(),
        "end": date(START.year + end // 12, end % 12 + 1, 1).isoformat(), "policies": settings,
    })  # fmt: skip
