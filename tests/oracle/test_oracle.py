"""The engine does what docs/odd.md says: an oracle written from it tells the same story, person by person."""

import math
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, note
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydantic import ValidationError

import sim.core.chance as engine
from sim.scenario import load_scenario
from sim.scenario.conflicts import conflicts
from tests.invariants.policies import MONTHS, policies
from tests.oracle import chance
from tests.oracle.both import Both, scenario, settings, told_kinds
from tests.oracle.labour import labour_core

ROOT = Path(__file__).resolve().parents[2]
YEAR = 12
MANY, SEASON = 20_000, 3
MADE_UP = {"source": "made up"}
BASELINE = "scenarios/unscr_2371_cap.yaml"

# One policy of each kind, or more, that changes the run of its years
BINDING = {
    "stock_cap": {"nationality": "CHN", "hosts": ["RUS", "MNG"], "level": "at_adoption", "from": "2017-08-05",
                  "compliance": {"RUS": 0.5, "default": 1.0}},
    "permit_ban": {"nationality": "all", "hosts": "RUS", "renewals": "counted", "signed_before": "void",
                   "compliance": 0.7, "from": "2017-09-11"},
    "permit_quota": {"nationality": "all", "hosts": ["RUS", "CHN"], "level": 40_000, "counts": "issued",
                     "renewals": "counted", "per": "total"},
    "population_share_cap": {"host": "MNG", "share": 0.003, "per_nationality": 0.001, "counts": ["worker", "settled"]},
    "own_quota": {"host": "RUS", "level": 30_000, "threshold": 0.5, "cut": 0.9, "from": "2017-09-01"},
    "employer_share": {"host": "RUS", "shares": [{"sectors": ["F", "G"], "staff": 500_000, "share": 0.1}],
                       "levy_usd": 50.0},
    "labour_agreement": {"host": "KOR", "nationality": "MNG", "posts": 20_000, "agency_fee_usd": 100.0,
                         "pass_share": 0.5, "term_months": 3},
    "special_economic_zone": {"place": "RUS-Primorye", "sectors": "all", "posts": 20_000, "nationality": "all"},
    "sanction_designation": {"nationality": "CHN", "cost": 3.0, "exit": 2.0},
    "economic_shock": {"host": "RUS", "jobs": 0.5, "wages": 0.7, "from": "2017-10-01", "until": "2018-02-01"},
    "border_closure": {"state": "RUS", "traffic": "all", "share": 0.5},
    "cooperation": {"members": "all"},
    "legalisation": {"host": "KOR", "share": 0.5, "leaves": 0.5, "from": "2017-08-01"},
    "enforcement_campaign": {"host": "KOR", "factor": 5.0, "removal": 1.0},
    "readmission_agreement": {"host": "CHN", "nationality": "PRK", "hand_over": 0.0},
    "repatriation_order": {"nationality": ["CHN", "PRK"], "hosts": ["RUS", "CHN"], "deadline": "2018-02-28",
                           "midterm": "2017-10-31", "midterm_share": 0.7, "compliance": 0.8, "from": "2017-08-01"},
    "origin_instability": {"places": ["PRK-North-Hamgyong"], "share": 0.05},
    "public_campaign": {"host": "KOR", "strength": 0.5, "informs": "all", "reach": 1000.0},
    "treaty_accession": {"state": "MNG", "protects": 1.0},
    "citizenship_rule": {"host": "DEU", "years": 0},
    "visa_regime": {"host": "KOR", "nationality": "all", "visas": ["visit", "work", "study", "family"],
                    "limit": 5_000},
}  # fmt: skip


ALLOWED = {"kind": "citizenship_rule", "host": "MNG", "second_nationality": True} | MADE_UP
FINE = {"treaty_accession": 40, "visa_regime": 40}  # persons a head where few are concerned


def one(kind):
    """The policy of a kind, under a name; a second one lets Mongolians become citizens elsewhere."""
    beside = {"allowed": ALLOWED} if kind == "citizenship_rule" else {}
    return beside | {"policy": {"kind": kind} | MADE_UP | BINDING[kind]}


@cache
def without_policies(scale):
    """What becomes of people in the engine without any policy."""
    both = Both(scenario({}, YEAR), scale)
    both.engine.run()
    return fingerprint(both.engine)


def fingerprint(model):
    c = model.state.people.cols
    return b"".join(getattr(c, name).tobytes() for name in ("status", "place", "employer", "savings", "debt"))


def both_run(case, **more):
    both = Both(case, **more)
    assert both.difference() == []
    return both


@pytest.mark.parametrize("seed", [1, 2])
def test_same_people_in_every_month_without_policies(seed):
    both_run(scenario({}, 2 * YEAR, "2000-01-01"), scale=50, seed=seed)


def test_same_people_in_the_labour_core_with_many_of_whom_kin_fetch_some():
    both = labour_core(MANY, SEASON)
    assert both.difference() == []
    assert sum(both.engine.series.total("fetched_by_kin", t) for t in range(SEASON)) > 0


def test_same_people_under_the_rules_of_these_years_and_the_cap():
    known = load_scenario(ROOT / BASELINE).policies
    told = {
        name: x.model_dump(by_alias=True, exclude_unset=True) for name, x in known.items() if x.kind in told_kinds()
    }
    both_run(scenario(told, 2 * YEAR, "2016-09-01"), scale=50)


@pytest.mark.parametrize("kind", told_kinds())
def test_same_people_under_each_kind_of_policy_and_others_than_without(kind):
    scale = FINE.get(kind, 100)
    both = both_run(scenario(one(kind), YEAR), scale=scale)
    assert fingerprint(both.engine) != without_policies(scale)


def test_a_quota_of_settlement_tests_no_renewal():
    quota = {"kind": "permit_quota", "permit": "settlement", "nationality": "CHN", "hosts": "all", "sectors": "C",
             "level": 0, "per": "total", "counts": "issued", "renewals": "counted", "compliance": 0.0}  # fmt: skip
    both_run(scenario({"quota": quota | MADE_UP}, SEASON), scale=100, seed=5, draw=2)


@st.composite
def rule_books(draw):
    """Some policies of told kinds, none of which writes the same limit as another."""
    out = {}
    for number, policy in enumerate(draw(st.lists(policies(tuple(told_kinds())), min_size=2, max_size=6))):
        with suppress(ValidationError):  # such as UNHCR where it has no mandate
            if not conflicts(scenario(out | {f"policy{number}": policy}, MONTHS[1])):
                out |= {f"policy{number}": policy}
    return out


@examples(max_examples=6, suppress_health_check=list(HealthCheck))
@given(rules=rule_books(), seed=st.integers(1, 1000), draw=st.integers(0, 1000))
def test_same_people_under_any_policies_with_any_priors(rules, seed, draw):
    note(f"policies: {rules}")
    both_run(scenario(rules, MONTHS[0]), scale=100, seed=seed, draw=draw)


@pytest.mark.parametrize("prior", ["early_return", "tau", "p_overstay_contract", "inspection_chn", "living_share"])
def test_an_oracle_with_another_prior_differs(prior):
    assert Both(scenario({}, YEAR), other={prior: 3 * settings()[prior]}).difference() != []


@given(seed=st.integers(0, 2**64 - 1), t=st.integers(0, 400), who=st.integers(0, 2**64 - 1), what=st.integers(0, 300))
@example(seed=1, t=0, who=0, what=0)
def test_the_same_draws(seed, t, who, what):
    name = "stays early"
    theirs, mine = engine.luck(seed, engine.stream(name), t), chance.luck(seed, name, t)
    assert int(theirs) == mine
    with np.errstate(over="ignore"):
        assert int(engine.draw(theirs, np.uint64(who))) == chance.bits(mine, who)
        assert float(engine.uniform(theirs, np.uint64(who))) == chance.uniform(mine, who)
        assert int(engine.pair(np.uint64(who), what)) == chance.pair(who, what)
        assert -math.log(engine.race(theirs, np.uint64(who), 1.0, np.inf)) == chance.gumbel(mine, who)
    assert int(engine.key("employer", t, what)) == chance.key("employer", t, what)
