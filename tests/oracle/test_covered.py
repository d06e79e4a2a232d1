"""The oracle stands alone, and says what it leaves out."""

import ast
from pathlib import Path

import pytest

from sim.policies import POLICY_KINDS
from sim.scenario import load_scenario
from sim.world import load_world
from tests.oracle import laws, model, policies
from tests.oracle.both import Both, left_out, mechanisms, people, priors, scenario, told_kinds

WORLD = load_world()
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OUTSIDE = ("both.py", "labour.py", "test_covered.py", "test_oracle.py")  # these know the engine, to compare
MAY_KNOW = ("sim.world", "sim.scenario", "tests.oracle", "mesa")
MONTHS = 25
WEIGH_IN_TRIPS = {"day_usd"}  # the other half of distance; trips are not told
MADE_UP = {"source": "made up"}
CAMPAIGNS = {
    "public": {"kind": "public_campaign", "host": "KOR", "strength": "prior:campaign_welcome", "informs": "MNG",
               "reach": "prior:campaign_reach"} | MADE_UP,
    "convention": {"kind": "treaty_accession", "state": "MNG"} | MADE_UP,
}  # fmt: skip
SLUMP = {"slump": {"kind": "economic_shock", "host": "RUS", "jobs": 0.3, "from": "2006-06-01"} | MADE_UP}
RESTLESS = {
    "flight_a": 0.0,
    "reconsider_rate": 10.0,
    "broker_capacity": 100.0,
    "withhold_share": 1.0,
    "bondage_months": 0.0,
    "exit_rate": 5.0,
}


class Noted(dict):
    """Priors that note which of them are read."""

    read: set[str]

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name, otherwise=None):
        self.read.add(name)
        return super().get(name, otherwise)


@pytest.fixture(scope="module")
def read_priors():
    """The priors that the oracle reads in two years under the baseline's rules and others, in a restless world."""
    baseline = load_scenario(ROOT / "scenarios/baseline.yaml").policies
    known = {name: x.model_dump(by_alias=True, exclude_unset=True) for name, x in baseline.items()}
    told = {name: x for name, x in known.items() if x["kind"] in told_kinds()}
    for policy in told.values():  # all at once
        policy["from"] = policy["until"] = None
    told = {name: x for name, x in told.items() if not name.startswith(("russia_visa", "mongolia_dprk_quota"))}
    both = Both(scenario(told | CAMPAIGNS | SLUMP, MONTHS, "2005-11-01"), scale=100)
    noted = Noted(both.oracle.params | RESTLESS)
    noted.read = set()
    claims = {"status": "asylum_seeker", "channel": "asylum", "place": WORLD.place_index("MNG-Ulaanbaatar"), "end": 3}
    theirs = WORLD.group_index("asylum_other")
    them = [x | claims if x["group"] == theirs else x for x in people(both.engine)]
    oracle = model.Oracle(both.oracle.case, them, noted)
    for _ in range(MONTHS):
        oracle.step()
    return noted.read


def imported(path):
    """The modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", [p for p in sorted(HERE.glob("*.py")) if p.name not in OUTSIDE], ids=lambda p: p.name)
def test_it_does_not_know_the_engine(path):
    ours = [name for name in imported(path) if name.startswith(("sim", "tests", "calibration", "numpy", "numba"))]
    draws = ("numpy",) if path.name == "chance.py" else ()
    assert [name for name in ours if not name.startswith(MAY_KNOW + draws)] == []


def test_each_kind_of_policy_is_told_or_left_out():
    assert laws.__doc__
    assert set(policies.WRITERS) | set(left_out()["kinds"]) == set(POLICY_KINDS)


def test_what_is_left_out_exists():
    assert set(left_out()["mechanisms"]) <= {x.name for x in mechanisms()}
    assert set(left_out()["kinds"]) <= set(POLICY_KINDS)
    assert set(left_out()["nought"]) <= set(priors())


@pytest.mark.parametrize(
    "mechanism", [x for x in mechanisms() if x.name not in left_out()["mechanisms"]], ids=lambda x: x.name
)
def test_each_other_mechanism_is_told(mechanism, read_priors):
    assert set(mechanism.off) <= read_priors | WEIGH_IN_TRIPS
