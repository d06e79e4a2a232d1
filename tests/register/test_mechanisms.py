"""Each mechanism that can be switched off is seen to do something.

Without it some worked example comes out otherwise; or else somebody's history, or a result, in a busy year: the
baseline with a few policies more, and with settings under which what is rare happens within the year.
"""

from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calibration.mechanisms import Mechanism, load_mechanisms
from sim.core.people import COLUMNS
from sim.model import MigrationModel
from sim.policies import POLICY_KINDS
from sim.scenario import Parameter, Scenario, load_scenario
from sim.world.priors import Priors, default_priors_path
from tests.ways import share_ways
from tests.worked.case import Case, all_cases
from tests.worked.runner import Run

PRIORS = Priors.load(default_priors_path())
MECHANISMS = load_mechanisms(PRIORS)
CASES = [case for case in all_cases() if case.expect]
BASELINE = Path(__file__).resolve().parents[2] / "scenarios" / "baseline.yaml"
MONTHS = {"start": "2014-12-01", "end": "2016-02-01"}
COARSE = 20

MORE: dict[str, dict[str, Any]] = {
    "cap": {"kind": "stock_cap", "nationality": "all", "level": "at_adoption"},
    "joins": {"kind": "treaty_accession", "state": "MNG"},
    "levy": {"kind": "employer_share", "host": "RUS", "levy_usd": 100},
    "tells": {"kind": "public_campaign", "informs": "MNG", "reach": "prior:campaign_reach"},
}
EAGER = {
    "attitude_practice": 3, "attitude_rate": 3, "belief_contacts": 1000, "broker_memory_rate": 5,
    "case_prosecuted": 1, "case_recording": 1, "compatriot_contacts": 10, "deceit_believed": 1, "escape_rate": 3,
    "fee_answer": 0.5, "flight_a": -2, "hidden_return": 2, "onward_rate": 2, "places_growth": 5, "places_move": 3,
    "post_turnover_rate": 5, "reconsider_rate": 5, "trafficker_answer": 2, "trafficker_approaches": 3000,
    "usual_months": 1, "victim_care": 0.5, "victim_recruits": 0.5, "victim_word": 1e5,
}  # fmt: skip


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=[each.name for each in MECHANISMS])
def test_without_it_something_is_otherwise(mechanism: Mechanism, tmp_path: Path) -> None:
    assert any(_fails(case, tmp_path) for case in _without(mechanism)) or _is_another(mechanism)


def test_what_does_nothing_is_found_out(tmp_path: Path) -> None:
    """How much of remittances is recorded only an office knows: no run reads it."""
    idle = Mechanism("idle", "Nothing.", {"remittance_recording": 0.0}, "8")
    assert not any(_fails(case, tmp_path) for case in _without(idle))
    assert not _is_another(idle)


def _without(mechanism: Mechanism) -> Iterator[Case]:
    """Worked examples that set one of its priors otherwise, with the mechanism switched off."""
    for case in CASES:
        settings = case.settings()
        if any(name in case.assume and settings[name] != value for name, value in mechanism.off.items()):
            yield case.model_copy(update={"assume": dict(case.assume) | mechanism.off})


def _fails(case: Case, folder: Path) -> bool:
    return bool(Run(case, folder).differences)


def _is_another(mechanism: Mechanism) -> bool:
    """Whether the busy year comes out otherwise; as soon as somebody differs there is no need to go on."""
    without = _run(mechanism.without(_rules()))
    for one, other in zip_longest(_year(), _months(without)):
        if any(not np.array_equal(a, b) for a, b in zip(one, other, strict=True)):
            return True
    return not without.series.table().equals(_busy().series.table())


@cache
def _rules() -> Scenario:
    """The busy year as a scenario."""
    baseline = load_scenario(BASELINE, priors=PRIORS)
    more = {id_: POLICY_KINDS[x["kind"]].model_validate(x | {"source": "made up"}) for id_, x in MORE.items()}
    dates = Scenario(name="busy", question="Who does something?", **MONTHS)
    return baseline.model_copy(update={
        "start": dates.start, "end": dates.end, "policies": dict(sorted((baseline.policies | more).items())),
        "parameters": {name: Parameter(value=value, source="made up") for name, value in EAGER.items()},
    })  # fmt: skip


@cache
def _busy() -> MigrationModel:
    return _run(_rules())


@cache
def _year() -> tuple[list[Any], ...]:
    """The busy year itself, carried out once."""
    return tuple(_months(_busy()))


def _run(rules: Scenario) -> MigrationModel:
    return share_ways(MigrationModel(rules, params=PRIORS.point(), scale=COARSE))


def _months(model: MigrationModel) -> Iterator[list[Any]]:
    """Everybody's columns and all accounts after each month."""
    while model.state.t < model.months:
        model.step()
        state = model.state
        yield [state.ledger.balance.copy(), *(getattr(state.people.cols, name).copy() for name in COLUMNS)]
