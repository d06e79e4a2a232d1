"""The rates that hold before any policy writes: what a state does if nobody told it otherwise.

Every number comes from the run's parameters (calibration/priors.yaml) or from the stocks that the world documents.
"""

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.population import factored
from sim.core.words import Channel

Table = NDArray[np.float64]
MONTHS_A_YEAR = 12
# Treaty allies of the United States, and the Gulf states, whose currencies follow the dollar
DOLLAR_HOSTS = ("KOR", "JPN", "POL", "CZE", "GBR", "DEU", "FRA", "ITA", "NLD", "DNK", "CAN", "AUS", "USA", "QAT", "KWT")
# Whose citizens may not hold a second nationality, and who asks those naturalised to give up theirs: Mongolia (S034);
# by their own statutes China (nationality law, Art. 3), Japan (nationality act, Art. 5, 11), the ROK (nationality act,
# Art. 10, 15) and Kazakhstan (constitution, Art. 10). The statutes are not among the facts.
NO_SECOND_NATIONALITY = ("MNG", "CHN", "JPN", "KOR", "KAZ")
HEAR_CLAIMS = ("RUS", "KOR")
UNHCR_DECIDES = ("MNG",)  # claims, beside a state that has no procedure of its own (X069)
TRIES_TRAFFICKERS = ("MNG",)  # before it is party to the Trafficking Protocol: since 2001 (S020, S021)
HOSTS_BY_INSPECTION = ("MNG", "KOR", "RUS", "CHN", "JPN")


def base_rates(world: Any, params: dict[str, float], ports: int) -> dict[str, Table]:
    """Tables by name; H hosts and N nationalities are the world's countries.

    [host, nation]: open_work (may be hired under contract), extra_posts [persons], agency_fee [USD] (what a public
    agency asks in place of recruiters, −1: there is none), pass_share (of those who want a contract, who pass),
    p_renew, p_overstay, term and extension [steps], extensions, p_removal, handover, regularise, asks (share of an
    employer's firms that would ask for it), leaves_freely (share of those without papers whom an amnesty lets go home),
    direct (share of claimants who count as coming directly, Art. 31), sending_cost (factor on what bringing somebody
    takes of an agency), family (kin a year for each who may bring them), naturalise (yearly rate). [nation]:
    dual_citizenship (1: allowed), told (times a campaign tells each at home). [host, nation, sector]: void (1: unused
    authorisations are cancelled). [host, sector]: levy (USD a month that an employer pays the state for each worker
    with a permit). [host]: inspection (yearly rate), fine_usd, protect (how far a claim keeps from penalties and
    return), claim_open (1: the state hears claims), decisions (of such a state, claims a year), mandate (claims a year
    that UNHCR decides, North Koreans left out), free_work (steps after which a refugee may work as freely as those
    settled), party (to the refugee convention or its protocol), party_cat (to the convention against torture),
    route_known, settle (yearly rate), naturalise_years, exposure (to US jurisdiction, share), welcome (what campaigns
    add to the drive of the public's attitude). [place]: flees (share of those at home there who flee this month).
    [channel, host, nation]: entry (share let in), visas_a_year
    (persons given one from 1 January on; whoever will overstay has the visa of a visit). [channel, host]: bar (steps
    for which whoever is removed is barred, by the way of the stay). [host, host]: seen (an unlawful crossing from, to),
    cooperates (1: they exchange information). [host, treaty]: bound (1: by its articles). [place, sector]: jobs, wages
    (factors), zone_posts (posts with papers that special zones add). [port]: port_open.

    Of reception (5.20), [host]: station_days (that stations keep somebody), documents (for travel to assigned work, a
    day), diplomas (1: only those with papers of it count as skilled); [place]: housing (persons).

    Of trafficking, [host]: traffic_law (1: it is a crime, and courts try cases), victim_care (share of victims found
    who are seen as victims); [host, nation]: visas (share of those whom traffickers send who get a visa for work).
    """
    c = len(world.countries)
    prk = world.country_index("PRK")
    tables = {
        "open_work": _documented_channels(world),
        "extra_posts": np.zeros((c, c)),
        "agency_fee": np.full((c, c), -1.0),
        "pass_share": np.ones((c, c)),
        "entry": np.ones((len(Channel), c, c)),
        "visas_a_year": np.full((len(Channel), c, c), np.inf),
        "regularise": np.zeros((c, c)),
        "cooperates": np.zeros((c, c)),
        "asks": np.ones((c, c)),
        "sending_cost": np.ones((c, c)),
        "exposure": _exposure(world, params),
        "void": np.zeros((c, c, len(world.sectors))),
        "levy": np.zeros((c, len(world.sectors))),
        "jobs": np.ones((len(world.places), len(world.sectors))),
        "wages": np.ones((len(world.places), len(world.sectors))),
        "zone_posts": np.zeros((len(world.places), len(world.sectors))),
        "port_open": np.ones(ports),
        "route_known": np.ones(c),
        "leaves_freely": np.zeros((c, c)),
        "welcome": np.zeros(c),
        "told": np.zeros(c),
        "flees": np.zeros(len(world.places)),
    }
    tables |= _residence(world, c, prk, params) | _trafficking(world, c, params)
    tables |= (
        _reception(world, c, params)
        | _terms(c, prk, params)
        | _policing(world, c, prk, params)
        | _asylum(world, c, params)
    )
    _bind(world, tables, params)
    return tables


def _reception(world: Any, c: int, params: dict[str, float]) -> dict[str, Table]:
    """How long stations keep people, how many documents there are, who counts as skilled, and where there is housing.

    Without a rule stations keep people for the check of files alone, hand out as many documents as are asked for, and
    believe whoever claims a training.
    """
    housing = np.zeros(len(world.places))
    for row in world.housing:
        housing[world.place_index(row.place)] = factored(row.persons, row.source, params)
    days, without_end = np.full(c, params["files_days"]), np.full(c, np.inf)
    return {"station_days": days, "documents": without_end, "diplomas": np.zeros(c), "housing": housing}


def _bind(world: Any, tables: dict[str, Table], params: dict[str, float]) -> None:
    """Note who is bound as the run begins, and write what treaties say of every party into the rows of those states."""
    treaties = world.treaties
    tables["bound"] = np.zeros((len(world.countries), len(treaties.all)))
    for treaty in treaties.by_id:
        bound = [world.country_index(code) for code in treaties.bound_through(treaty)]
        tables["bound"][bound, treaties.index(treaty)] = 1
        for line in (x for x in treaties.effects if x.treaty == treaty and x.holds == "party"):
            tables[line.rule][bound] = line.on(tables[line.rule][bound], line.value(params))


def _exposure(world: Any, params: dict[str, float]) -> Table:
    """How far a host's firms need the US financial system, which blocking orders reach (S088)."""
    out = np.full(len(world.countries), params["exposure_others"])
    out[world.country_rows(DOLLAR_HOSTS)] = params["exposure_dollar"]
    return out


def _documented_channels(world: Any) -> Table:
    """A contract channel is open where the world documents workers of that nationality at the start."""
    out = np.zeros((len(world.countries),) * 2)
    nation = {g.id: world.country_index(g.nationality) for g in world.groups}
    host = {p.id: world.country_index(p.country) for p in world.places}
    for row in world.initial:
        if row.status == "worker":
            out[host[row.place], nation[row.group]] = 1
    return out


def _terms(c: int, prk: int, params: dict[str, float]) -> dict[str, Table]:
    """Contracts: DPRK dispatches last five years and one more (S068-S069), others a year at a time."""
    term, extension, extensions = (np.full((c, c), params[f"contract_{x}"]) for x in ("months", "months", "extensions"))
    renew, overstay = np.full((c, c), params["p_renew"]), np.full((c, c), params["p_overstay_contract"])
    term[:, prk], extension[:, prk] = params["prk_contract_months"], params["prk_extension_months"]
    extensions[:, prk], renew[:, prk], overstay[:, prk] = 1, params["prk_p_extend"], 0
    return {"term": term, "extension": extension, "extensions": extensions, "p_renew": renew, "p_overstay": overstay}


def _policing(world: Any, c: int, prk: int, params: dict[str, float]) -> dict[str, Table]:
    """Inspection of those without papers, fines, removal, and crossings that are seen."""
    inspection = np.full(c, params["inspection_rate"])
    for code in HOSTS_BY_INSPECTION:
        inspection[world.country_rows([code])] = params[f"inspection_{code.lower()}"]
    handover = np.zeros((c, c))
    bar = np.full((len(Channel), c), params["bar_overstay_months"])
    bar[Channel.SMUGGLER] = params["bar_entry_months"]
    for code in ("CHN", "MNG", "RUS"):
        handover[world.country_rows([code]), prk] = params[f"handover_{code.lower()}"]
    return {
        "inspection": inspection,
        "seen": _seen(world, c, params, 0),
        "handover": handover,
        "bar": bar,
        "p_removal": np.full((c, c), params["p_removal"]),
        "fine_usd": np.full(c, params["fine_usd"]),
    }


def seen_by_month(world: Any, params: dict[str, float]) -> Table | None:
    """Table `seen` by month of the year, where it has a season, such as that of a river that freezes."""
    months = np.stack([_seen(world, len(world.countries), params, month) for month in range(MONTHS_A_YEAR)])
    return None if (months == months[0]).all() else months


def _seen(world: Any, c: int, params: dict[str, float], month: int) -> Table:
    """Chance that an unlawful crossing between two states is seen on the least watched way (p_seen of links)."""
    out = np.full((c, c), params["seen_crossing"])
    country = {p.id: world.country_index(p.country) for p in world.places}
    unseen: dict[tuple[int, int], float] = {}
    ways: dict[str, list[tuple[int, float]]] = {}
    for x in (x for x in world.links if not x.is_lawful and x.months[month]):
        p = min(factored(x.p_seen, x.source, params), 1.0)
        if x.a in country and x.b in country:
            pair = _sorted(country[x.a], country[x.b])
            unseen[pair] = max(unseen.get(pair, 0.0), 1 - p)
        else:
            place, port = (x.a, x.b) if x.a in country else (x.b, x.a)
            ways.setdefault(port, []).append((country[place], 1 - p))
    for banks in ways.values():
        for (a, here), (b, there) in combinations(banks, 2):
            unseen[_sorted(a, b)] = max(unseen.get(_sorted(a, b), 0.0), here * there)
    for (a, b), p in unseen.items():
        if a != b:
            out[a, b] = out[b, a] = 1 - p
    return out


def _sorted(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


def _asylum(world: Any, c: int, params: dict[str, float]) -> dict[str, Table]:
    """Who hears claims and how many, and how far a claim protects; who is party, and what follows, `_bind` writes.

    Where no bottleneck is known, capacity is infinite. Mongolia's own procedure, if it opens one, has a prior's.
    """
    claim, protect, mandate = np.zeros(c), np.zeros(c), np.zeros(c)
    claim[world.country_rows(HEAR_CLAIMS)] = 1
    protect[world.country_rows((*HEAR_CLAIMS, "MNG"))] = params["protect_by_practice"]  # S058 for Mongolia
    mandate[world.country_rows(UNHCR_DECIDES)] = params["unhcr_decisions"]
    mongolia, prk = world.country_rows(["MNG"]), world.country_index("PRK")
    decisions, direct = np.full(c, np.inf), np.ones((c, c))
    decisions[mongolia], direct[mongolia, prk] = params["state_decisions"], 1 - params["strict_art31"]
    return {"party": np.zeros(c), "party_cat": np.zeros(c), "claim_open": claim, "protect": protect, "mandate": mandate,
            "decisions": decisions, "direct": direct, "free_work": np.full(c, np.inf)}  # fmt: skip


def _residence(world: Any, c: int, prk: int, params: dict[str, float]) -> dict[str, Table]:
    """How fast workers settle, kin follow and the settled become citizens.

    The DPRK lets no kin go. For the ROK a North Korean is a national from arrival, and goes on being called settled.
    """
    settle, dual = np.full(c, params["settle_rate"]), np.ones(c)
    settle[world.country_rows(["MNG"])] = params["settle_rate_mng"]
    dual[world.country_rows(NO_SECOND_NATIONALITY)] = 0
    family, naturalise = np.full((c, c), params["family_rate"]), np.full((c, c), params["naturalise_rate"])
    family[:, prk] = 0
    naturalise[world.country_rows(["KOR"]), prk] = 0
    years = np.full(c, params["naturalise_years"])
    out = {"settle": settle, "family": family, "naturalise": naturalise, "naturalise_years": years}
    return out | {"dual_citizenship": dual}


def _trafficking(world: Any, c: int, params: dict[str, float]) -> dict[str, Table]:
    """Where trafficking is a crime, how many victims are seen as such, and who gives visas to entertainers (S152).

    Of other states no law is documented at the start; `_bind` adds what parties to the Trafficking Protocol see more.
    """
    law, visas = np.zeros(c), np.zeros((c, c))
    law[world.country_rows(TRIES_TRAFFICKERS)] = 1
    visas[world.country_rows(["JPN"])] = 1
    return {"traffic_law": law, "victim_care": np.full(c, params["victim_care"]), "visas": visas}
