"""What can be switched off: the file that comes with the package, mistakes in one, and what switching off does."""

import re
from pathlib import Path

import pytest

from calibration.mechanisms import MechanismsError, chosen, load_mechanisms
from sim.core.ledger import Account
from sim.experiments.design import make_design
from sim.experiments.settings import SettingError, Settings
from sim.model import MigrationModel
from sim.scenario import Scenario
from sim.world.priors import Priors, default_priors_path

ROOT = Path(__file__).resolve().parents[2]
PRIORS = Priors.load(default_priors_path())
SCENARIO = Scenario(name="base", question="What happens?", start="2000-01", end="2001-12")

WRONG = {
    "1: a: must be a mapping": "a: 3",
    "1: a: 'says' is missing": "a: {off: {tau: 0}, where: '5.1'}",
    "2: a.say: unknown setting; did you mean 'says'?": "a:\n  {say: x, off: {tau: 0}, where: '5.1'}",
    "3: a.off.tua: unknown prior 'tua'; did you mean 'tau'?": "a:\n  says: x\n  off: {tua: 0}\n  where: '5.1'",
    "1: a.off: must be a mapping of priors and values": "a: {says: x, off: 3, where: '5.1'}",
    "1: a.off.tau: must be a finite number, not 'none'": "a: {says: x, off: {tau: none}, where: '5.1'}",
    "1: a.off.tau: must be a finite number, not true": "a: {says: x, off: {tau: true}, where: '5.1'}",
    "1: a.off.contract_months: is always 12": "a: {says: x, off: {contract_months: 12}, where: '5.1'}",
    "1: a.says: must be a text": "a: {says: '', off: {tau: 0}, where: '5.1'}",
    "1: a.where: must be a text with something in it; a number stands": "a: {says: x, off: {tau: 0}, where: 5.10}",
    "1: a b: a name is made of letters": "a b: {says: x, off: {tau: 0}, where: '5.1'}",
}


@pytest.fixture(scope="module")
def known():
    return load_mechanisms(PRIORS)


@pytest.mark.parametrize("message", WRONG)
def test_mistakes_are_told_with_their_line(tmp_path, message):
    path = tmp_path / "mechanisms.yaml"
    path.write_text(WRONG[message], encoding="utf-8")
    with pytest.raises(MechanismsError) as caught:
        load_mechanisms(PRIORS, path)
    assert f"{path}:{message}" in str(caught.value)


def test_all_mistakes_are_told_at_once(tmp_path):
    path = tmp_path / "mechanisms.yaml"
    path.write_text("a: {says: x, off: {tua: 0}, where: '5.1'}\nb: {off: {beta: 0}}\n", encoding="utf-8")
    with pytest.raises(MechanismsError) as caught:
        load_mechanisms(PRIORS, path)
    assert [problem.line for problem in caught.value.problems] == [1, 2, 2]


def test_every_mechanism_is_described_where_it_says(known):
    heads = re.findall(r"^#+ ([\d.]+) ", (ROOT / "docs" / "odd.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {each.name: each.where for each in known if each.where not in heads} == {}


def test_no_two_mechanisms_switch_off_the_same(known):
    assert len({frozenset(each.off.items()) for each in known}) == len(known)


def test_mechanisms_are_chosen_in_the_order_of_the_file(known):
    assert chosen(known, ()) == known
    assert [each.name for each in chosen(known, ("flight", "networks"))] == ["networks", "flight"]
    with pytest.raises(SettingError, match="unknown mechanism 'netwroks'; did you mean 'networks'"):
        chosen(known, ("netwroks",))


def test_what_is_off_wins_over_what_is_drawn_and_is_in_the_key(known):
    (networks,) = chosen(known, ("networks",))
    settings = Settings(replicates=2, draw=True)
    design = make_design("test", (SCENARIO, networks.without(SCENARIO)), settings)
    for full, without in design.replicates().values():
        assert full.params["tau"] > 0
        assert without.params == full.params | {"tau": 0.0}
        assert (without.world_seed, without.run_seed) == (full.world_seed, full.run_seed)
        assert without.key != full.key


def test_the_model_runs_with_everything_switched_off_at_once(known):
    rules = SCENARIO
    for each in known:
        rules = each.without(rules)
    model = MigrationModel(rules, scale=100)
    model.run()
    flows = model.series.table().to_pandas().groupby("measure", observed=True)["value"].sum()
    assert flows["flow"] > 0
    assert set(flows.index).isdisjoint({"fined", "claims", "removed"})
    assert model.state.ledger.balance[Account.WORKERS] == model.state.fortune()
