"""Policies that could change nothing or not what they say are refused; values of a sweep's ends stay right."""

from typing import Any

import pytest
from pydantic import ValidationError

from sim.policies import POLICY_KINDS, Policy
from sim.scenario import load_scenario
from sim.world import load_world

WORLD = load_world("northeast_asia")
OWN = "MNG is the only host and the only nationality, and its own people are no foreigners: name others"


def made(kind: str, **settings: Any) -> Policy:
    given = {"kind": kind, "source": "made up", **settings}
    return POLICY_KINDS[kind].model_validate(given, context={"world": WORLD}, by_alias=True, by_name=False)


ZONE = {"kind": "special_economic_zone", "nationality": "all", "posts": 5000}
CAP = {"kind": "stock_cap", "nationality": "PRK", "level": 5}
EXCEPTION = {"host": "CHN", "persons": 10, "approved": "2018-01-01", "source": "made up"}
SHARE = {"kind": "population_share_cap", "host": "KOR", "share": 0}
SHUT = {"kind": "border_closure"}
QUOTA = {"kind": "permit_quota", "level": 5, "counts": "issued", "renewals": "exempt"}
RECEIVES = {"kind": "reception_policy", "host": "PRK"}

REFUSED = {
    "zone where nobody is employed": (ZONE | {"place": "MNG-Omnogovi", "sectors": "all"}, "nobody in MNG-Omnogovi"),
    "zone at home": (ZONE | {"place": "PRK-Rest", "sectors": "all"}, "nobody in PRK-Rest employs foreigners in any"),
    "share that counts nobody": (SHARE | {"counts": []}, "counts no workers and no settled people refuses nobody"),
    "share that refuses nobody": (SHARE | {"counts": ["refugee"]}, "add worker, settled or both"),
    "share that counts twice": (SHARE | {"counts": ["worker", "worker"]}, "counts names worker twice"),
    "contracts that end at once": (
        {"kind": "labour_agreement", "host": "KOR", "nationality": "MNG", "term_months": 0}, "at least 1, not 0",
    ),
    "a fee below nothing": (
        {"kind": "labour_agreement", "host": "KOR", "nationality": "MNG", "agency_fee_usd": -1}, "must not be negative",
    ),
    "agreement with itself": ({"kind": "labour_agreement", "host": "MNG", "nationality": "MNG", "posts": 9}, OWN),
    "cap on its own": (CAP | {"nationality": "MNG", "hosts": ["MNG"]}, OWN),
    "ban on its own": ({"kind": "permit_ban", "nationality": "MNG", "hosts": "MNG", "renewals": "exempt"}, OWN),
    "quota for its own": (QUOTA | {"nationality": "MNG", "hosts": "MNG"}, OWN),
    "order to its own": (
        {"kind": "repatriation_order", "nationality": "MNG", "hosts": "MNG", "deadline": "2019-01-01"}, OWN,
    ),
    "designation of itself": (
        {"kind": "sanction_designation", "nationality": "MNG", "hosts": "MNG", "cost": 1, "exit": 1}, OWN,
    ),
    "visas for its own": (
        {"kind": "visa_regime", "host": "MNG", "nationality": "MNG", "visas": ["visit"], "stop": True}, OWN,
    ),
    "papers for its own": ({"kind": "legalisation", "host": "MNG", "nationality": "MNG", "share": 0.5}, OWN),
    "removal of its own": ({"kind": "readmission_agreement", "host": "MNG", "nationality": "MNG", "removal": 1}, OWN),
    "refusal of its own": (
        {"kind": "trafficking_law", "state": "MNG", "nationality": "MNG", "visas_refused": 1}, OWN,
    ),
    "exception elsewhere": (
        CAP | {"hosts": ["RUS", "MNG"], "exceptions": [EXCEPTION]},
        "an exception for CHN, which this cap does not bind: it binds RUS, MNG",
    ),
    "exception at home": (CAP | {"exceptions": [EXCEPTION | {"host": "PRK"}]}, "an exception for PRK, which"),
    "exception for nobody": (CAP | {"exceptions": [EXCEPTION | {"persons": 0}]}, "at least 1, not 0"),
    "exception after the end": (
        CAP | {"until": "2017-12-31", "exceptions": [EXCEPTION]},
        "approved on 2018-01-01, after the cap ends on 2017-12-31",
    ),
    "amnesty for nobody": ({"kind": "legalisation", "host": "KOR", "share": 0}, "give a share above 0, a share that"),
    "shock of nothing": ({"kind": "economic_shock", "host": "KOR"}, "give jobs, wages, or both"),
    "staff of nobody": (
        {"kind": "employer_share", "host": "RUS", "shares": [{"sectors": "F", "staff": 0, "share": 1}]},
        "at least 1, not 0",
    ),
    "levy that is complied with": (
        {"kind": "employer_share", "host": "RUS", "levy_usd": 5, "compliance": 0.5}, "a levy refuses nobody",
    ),
    "ports shut for some": (SHUT | {"ports": "all", "nationality": "CHN", "direction": "in"},
                            "leave out nationality, direction, or give the state"),
    "unlawful crossings of some": (
        SHUT | {"state": "PRK", "traffic": "unlawful", "nationality": "CHN"}, "leave out the nationality",
    ),
    "entry of its own": (
        SHUT | {"state": "MNG", "direction": "in", "nationality": "MNG"}, "return to their own country",
    ),
    "visas of no law": ({"kind": "trafficking_law", "state": "JPN", "crime": True, "nationality": "PHL"},
                        "nationality without visas_refused"),
    "places without housing": (RECEIVES | {"diplomas": True, "places": "PRK-Rest"}, "places without housing"),
    "age without return": (RECEIVES | {"diplomas": True, "oldest": 30}, "oldest without sends_back"),
}  # fmt: skip
RIGHT = {
    "zone without posts": ZONE | {"place": "MNG-Gobi", "sectors": "all", "posts": 0},
    "a state among other hosts": CAP | {"hosts": ["PRK", "RUS"], "exceptions": [EXCEPTION | {"host": "RUS"}]},
    "a nationality among others": QUOTA | {"nationality": ["MNG", "CHN"], "hosts": "MNG"},
    "amnesty that lets leave": {"kind": "legalisation", "host": "KOR", "share": 0, "leaves": 0.1},
    "shock of factor one": {"kind": "economic_shock", "host": "KOR", "jobs": 1},
    "campaign of factor one": {"kind": "enforcement_campaign", "host": "KOR", "factor": 1},
    "border open": SHUT | {"state": "MNG", "share": 0},
    "share of nobody": SHARE | {"counts": ["worker"]},
    "naturalised at once": {"kind": "citizenship_rule", "host": "MNG", "years": 0},
    "designation that costs nothing": {"kind": "sanction_designation", "nationality": "PRK", "cost": 0, "exit": 0},
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_change_nothing_is_refused(case):
    settings, message = REFUSED[case]
    with pytest.raises(ValidationError) as caught:
        made(**settings)
    assert message in str(caught.value)


@pytest.mark.parametrize("case", RIGHT)
def test_the_ends_of_a_sweep_are_right(case):
    assert made(**RIGHT[case])


@pytest.mark.parametrize("kind", sorted(POLICY_KINDS))
def test_every_kind_that_tells_host_from_nationality_refuses_a_state_s_own(kind):
    """Of settings called host, hosts or state beside nationality; a border stops its own nationals who leave."""
    hosts = {"host", "hosts", "state"} & POLICY_KINDS[kind].model_fields.keys()
    if kind != "border_closure" and "nationality" in POLICY_KINDS[kind].model_fields and hosts:
        assert POLICY_KINDS[kind].foreigners_in in hosts


NO_JOBS = "employs foreigners"
IN_VAIN = {
    "cap where nobody is employed": (CAP | {"hosts": ["GBR", "KAZ"]}, "nobody in GBR, KAZ employs foreigners"),
    "cap on a sector that is not there": (CAP | {"hosts": "QAT", "sectors": ["B", "C"]}, "nobody in QAT in B, C"),
    "ban": ({"kind": "permit_ban", "nationality": "PRK", "hosts": "KAZ", "renewals": "exempt"}, NO_JOBS),
    "quota": (QUOTA | {"nationality": "PRK", "hosts": "KAZ"}, NO_JOBS),
    "own quota": (
        {"kind": "own_quota", "host": "KAZ", "level": 5, "threshold": 0, "cut": 0.1, "from": "2017-09-01"}, NO_JOBS,
    ),
    "levy": ({"kind": "employer_share", "host": "QAT", "levy_usd": 5, "levy_sectors": "B"}, "nobody in QAT in B"),
    "agreement": ({"kind": "labour_agreement", "host": "KAZ", "nationality": "MNG", "posts": 5}, NO_JOBS),
    "shock in a region": ({"kind": "economic_shock", "places": "MNG-Omnogovi", "jobs": 2}, "nobody in MNG-Omnogovi"),
    "shock in a sector": ({"kind": "economic_shock", "host": "QAT", "sectors": "B", "jobs": 2}, "nobody in QAT"),
    "a nationality of whom there is nobody": (CAP | {"nationality": ["POL", "CZE"]}, "nobody from POL, CZE is in this"),
    "a border shut for nobody": (SHUT | {"state": "MNG", "nationality": "KWT"}, "nobody from KWT is in this world"),
    "reception without stations": (RECEIVES | {"diplomas": True}, "it has no reception stations"),
}  # fmt: skip
BINDS = {
    "cap": CAP,
    "settlement where nobody is employed": QUOTA | {"nationality": "CHN", "hosts": "KAZ", "permit": "settlement"},
    "cap with an employer somewhere": CAP | {"hosts": ["GBR", "RUS"], "sectors": ["B", "F"]},
    "share of which one sector is there": {
        "kind": "employer_share", "host": "QAT", "levy_usd": 5, "shares": [{"sectors": "B", "staff": 9, "share": 1}],
    },
    "shock": {"kind": "economic_shock", "host": "QAT", "jobs": 2},
}  # fmt: skip


@pytest.mark.parametrize("case", IN_VAIN)
def test_what_binds_nobody_in_this_world_says_why(case):
    settings, why = IN_VAIN[case]
    assert why in made(**settings).in_vain(WORLD)


@pytest.mark.parametrize("case", BINDS)
def test_what_binds_somebody_says_nothing(case):
    assert made(**BINDS[case]).in_vain(WORLD) == ""


def test_housing_is_built_where_somebody_is_housed():
    world = load_world("tumen_1961")
    builds = RECEIVES | {"housing": 10, "source": "made up"}
    there, nowhere = (
        POLICY_KINDS["reception_policy"].model_validate(builds | {"places": place}, context={"world": world})
        for place in ("PRK-Chongjin", "PRK-Musan")
    )
    assert there.in_vain(world) == "" and "nobody is housed in PRK-Musan" in nowhere.in_vain(world)


def test_a_scenario_warns_of_it(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(
        "question: q?\npolicies:\n  p: {kind: stock_cap, nationality: PRK, hosts: KAZ, level: 5, source: s}\n"
    )
    (warning,) = load_scenario(path).warnings
    assert ":3: policies.p: binds nobody: nobody in KAZ employs foreigners: no row in jobs.csv" in warning
