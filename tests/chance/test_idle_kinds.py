"""Each kind of policy: where it cannot bind nobody and no result changes, bit for bit, and where it should they do."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.model import MigrationModel
from sim.policies import POLICY_KINDS
from sim.scenario import Scenario
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path
from tests.chance.runs import PARAMS, first_difference, histories, model
from tests.ways import share_ways

Policy = dict[str, Any]
History = list[dict[str, np.ndarray]]
MONTHS, SCALE = 4, 50
# What is rare happens within these months, so that a policy about it has something to change.
EAGER = PARAMS | {"naturalise_rate": 5.0, "claim_rate": 5.0, "trafficker_approaches": 1e6, "deceit_believed": 0.5}

ALL = {"nationality": "all", "hosts": "all"}
ORDER = {"kind": "repatriation_order", "nationality": "all"}
SHARE = {"kind": "employer_share", "host": "RUS"}
STAFF = {"sectors": "all", "staff": 10**9}
DRIVE = {"kind": "enforcement_campaign", "host": "KOR"}
AMNESTY = {"kind": "legalisation", "host": "KOR", "share": 0.0}
FLIGHT = {"kind": "origin_instability", "places": "PRK-North-Hamgyong"}
SHUT = {"kind": "border_closure", "state": "MNG"}
CITIZENS = {"kind": "citizenship_rule"}
TOGETHER = {"kind": "cooperation"}
SHOCK = {"kind": "economic_shock", "host": "KOR"}
LABOUR = {"kind": "labour_agreement"}
OWN = {"kind": "own_quota", "host": "RUS", "threshold": -0.5, "cut": 0.5, "from": "2017-09-01"}
BAN = {"kind": "permit_ban", "nationality": "PRK", "renewals": "counted"}
QUOTA = {"kind": "permit_quota", "counts": "issued", "renewals": "counted"} | ALL
FOREIGNERS = {"kind": "population_share_cap", "host": "MNG", "counts": ["worker"]}
TOLD = {"kind": "public_campaign", "informs": "all"}
BACK = {"kind": "readmission_agreement", "nationality": "PRK"}
LISTED = {"kind": "sanction_designation", "nationality": "PRK"}
ZONE = {"kind": "special_economic_zone", "place": "MNG-Ulaanbaatar", "sectors": "F", "nationality": "CHN"}
CAP = {"kind": "stock_cap"} | ALL
PALERMO = {"kind": "treaty_accession", "treaty": "trafficking_protocol"}
VISAS = {"kind": "visa_regime", "visas": ["visit", "work", "study", "family"], "nationality": "all"}
# where a policy cannot bind, and where it should
PAIRS: dict[str, tuple[Policy, Policy]] = {
    "order that no host keeps": (ORDER | {"compliance": 0, "deadline": "2019-12-22"}, ORDER | {"deadline": "2017-09"}),
    "share above all staff": (SHARE | {"shares": [STAFF | {"share": 1}]}, SHARE | {"shares": [STAFF | {"share": 0}]}),
    "levy of next to nothing": (SHARE | {"levy_usd": 1e-9}, SHARE | {"levy_usd": 5_000}),
    "campaign of factor one": (DRIVE | {"factor": 1}, DRIVE | {"factor": 20}),
    "amnesty for those who are not there": (AMNESTY | {"nationality": "KWT", "leaves": 0.5}, AMNESTY | {"leaves": 0.5}),
    "disorder without flight": (FLIGHT | {"share": 0}, FLIGHT | {"share": 0.5}),
    "border shut for those who never come": (SHUT | {"nationality": "KWT"}, SHUT),
    "ban on two nationalities that is there": (
        CITIZENS | {"host": "MNG", "second_nationality": False}, CITIZENS | {"host": "RUS", "years": 0},
    ),
    "members between whom nobody moves": (TOGETHER | {"members": ["QAT", "KWT"]}, TOGETHER | {"members": "all"}),
    "shock of factor one": (SHOCK | {"jobs": 1, "wages": 1}, SHOCK | {"jobs": 0.1}),
    "channel that is open": (
        LABOUR | {"host": "RUS", "nationality": "CHN"}, LABOUR | {"host": "KOR", "nationality": "MNG", "posts": 20_000},
    ),
    "own quota above all": (OWN | {"level": 10**9}, OWN | {"level": 0}),
    "ban where they do not work": (BAN | {"hosts": "JPN"}, BAN | {"hosts": "RUS"}),
    "quota above all": (QUOTA | {"level": 10**9}, QUOTA | {"level": 10}),
    "share of the population that all are": (FOREIGNERS | {"share": 1}, FOREIGNERS | {"share": 1e-4}),
    "campaign that tells nobody": (TOLD | {"reach": 0}, TOLD | {"reach": 100}),
    "practice that is there": (BACK | {"host": "CHN", "hand_over": "prior:handover_chn"},
                               BACK | {"host": "CHN", "hand_over": 0}),
    "designation that costs nothing": (LISTED | {"cost": 0, "exit": 0}, LISTED | {"cost": 5, "exit": 5}),
    "zone without posts": (ZONE | {"posts": 0}, ZONE | {"posts": 20_000}),
    "cap above all": (CAP | {"level": 10**9}, CAP | {"level": 0}),
    "crime that is one": (
        {"kind": "trafficking_law", "state": "MNG", "crime": True},
        {"kind": "trafficking_law", "state": "JPN", "visas_refused": 1},
    ),
    "treaty where nobody is trafficked": (PALERMO | {"state": "PRK"}, {"kind": "treaty_accession", "state": "MNG"}),
    "more visas than people": (VISAS | {"host": "MNG", "limit": 10**9}, VISAS | {"host": "MNG", "stop": True}),
}  # fmt: skip
STATIONS = {"kind": "reception_policy", "host": "PRK"}
ELSEWHERE: dict[str, tuple[Policy, Policy]] = {  # in the other world, where people are received
    "stations that keep people as they do": (STATIONS | {"station_days": "prior:files_days"},
                                             STATIONS | {"station_days": 30}),
}  # fmt: skip


def made(policy: Policy | None, world: str = "northeast_asia") -> MigrationModel:
    """A model under one policy or none."""
    if world != "northeast_asia":
        return share_ways(in_weeks(world, {"it": policy | {"source": "made up"}} if policy else {}))
    return share_ways(model({"it": policy | {"source": "made up"}} if policy else {}, MONTHS, SCALE, params=EAGER))


def in_weeks(world: str, policies: dict[str, Policy]) -> MigrationModel:
    """A short run of the other world."""
    settings = {"name": "short", "question": "Is it the same?", "world": world, "step": "week", "start": "1961-10",
                "end": "1961-10", "policies": policies}  # fmt: skip
    rules = Scenario.model_validate(settings, context={"world": load_world(world)})
    params = Priors.load(default_priors_path()).for_world(world).point()
    return MigrationModel(rules, params=params, scale=5)


def results(run: MigrationModel) -> pd.DataFrame:
    """All results but those about limits of the policy."""
    rows = run.series.table().to_pandas()
    rows = rows[rows["limit"].astype(str).str.partition("/")[0] != "it"]
    return rows.astype({name: str for name in rows if name != "value"}).reset_index(drop=True)


def steps(run: MigrationModel) -> Iterator[tuple[int, dict[str, np.ndarray]]]:
    """Each step's number and everybody's columns after it."""
    ends, run.months = run.months, 0
    for step in range(ends):
        run.months = step + 1
        yield step, histories(run)[0]


@pytest.fixture(scope="module")
def baseline() -> tuple[pd.DataFrame, History]:
    """Results and histories without a policy."""
    run = made(None)
    people = histories(run)
    return results(run), people


def test_each_kind_has_a_pair() -> None:
    kinds = [{policy["kind"] for policy in pair} for pair in (PAIRS | ELSEWHERE).values()]
    assert all(len(each) == 1 for each in kinds)
    assert set.union(*kinds) == set(POLICY_KINDS)


@pytest.mark.parametrize("name", PAIRS)
def test_what_cannot_bind_changes_nothing(name: str, baseline: tuple[pd.DataFrame, History]) -> None:
    run = made(PAIRS[name][0])
    assert first_difference(baseline[1], histories(run)) == ""
    pd.testing.assert_frame_equal(results(run), baseline[0], check_exact=True)


@pytest.mark.parametrize("name", PAIRS)
def test_what_binds_changes_somebody(name: str, baseline: tuple[pd.DataFrame, History]) -> None:
    assert any(first_difference([baseline[1][step]], [people]) for step, people in steps(made(PAIRS[name][1])))


@pytest.mark.parametrize("name", ELSEWHERE)
def test_so_it_is_in_the_other_world(name: str) -> None:
    none, idle, binding = (made(policy, "tumen_1961") for policy in (None, *ELSEWHERE[name]))
    without, alike, another = histories(none), histories(idle), histories(binding)
    assert first_difference(without, alike) == ""
    pd.testing.assert_frame_equal(results(idle), results(none), check_exact=True)
    assert first_difference(without, another)
