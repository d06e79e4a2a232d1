"""Treaties of Table 2: who is bound, and what follows."""

from dataclasses import replace
from datetime import date

import numpy as np

from sim.core.rates import base_rates
from sim.facts import table2
from sim.scenario import load_scenario
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path
from sim.world.treaties import HOWS, Effect

WORLD = load_world()
TREATIES = WORLD.treaties
PARAMS = Priors.load(default_priors_path()).point()
TABLES = base_rates(WORLD, PARAMS, len(WORLD.ports))
SINCE_THE_START = {"CHN", "JPN", "KOR", "RUS", "POL", "USA"}


def test_every_cell_of_table2_has_its_standing():
    ids = {treaty.in_table2: treaty.id for treaty in TREATIES.all}
    told = {(cell.country, ids[cell.treaty]): cell.status for cell in table2()}
    assert len(told) == 6 * 13
    assert {key: TREATIES.by_state[key].status for key in told} == told


def test_the_rule_book_of_the_start_follows_from_the_table():
    bound = {name: {c.code for c, x in zip(WORLD.countries, TABLES[name], strict=True) if x} for name in PARTY}
    assert bound["party"] >= SINCE_THE_START and bound["party_cat"] >= SINCE_THE_START
    assert bound["party"].isdisjoint({"MNG", "PRK", "QAT", "KWT", "THA", "XPS", "XOT"})
    assert bound["party_cat"].isdisjoint({"MNG", "PRK", "THA"}), "Mongolia joined in 2002"


PARTY = ("party", "party_cat")


def test_who_joined_the_protocol_alone_is_bound_by_the_articles_of_the_convention():
    assert not TREATIES.is_bound("USA", "refugee_convention")
    assert TREATIES.is_bound("USA", "refugee_protocol")
    assert "USA" in TREATIES.bound_through("refugee_convention")
    assert TREATIES.effects_of("refugee_protocol") == TREATIES.effects_of("refugee_convention") != ()


def test_a_signature_binds_nobody():
    assert TREATIES.by_state["JPN", "trafficking_protocol"].status == "signed"
    assert not TREATIES.is_bound("JPN", "trafficking_protocol")


def test_every_line_writes_a_table_whose_first_axis_is_the_host():
    for line in TREATIES.effects:
        assert TABLES[line.rule].shape[0] == len(WORLD.countries), line.rule


def test_a_line_for_parties_writes_into_the_rows_of_those_bound_at_the_start():
    line = Effect("cat", "protect", "add", "0.9", "party", "Art. 3", "more", "made up")
    more = replace(WORLD, treaties=replace(TREATIES, effects=(*TREATIES.effects, line)))
    before, after = TABLES["protect"], base_rates(more, PARAMS, len(WORLD.ports))["protect"]
    bound = np.isin([c.code for c in WORLD.countries], TREATIES.bound_through("cat"))
    assert (after[bound] == np.minimum(before[bound] + 0.9, 1)).all() and after.max() == 1.0
    assert (after[~bound] == before[~bound]).all()


def test_a_line_sets_adds_or_grows():
    rows = np.array([0.0, 0.5, np.inf])
    done = {how: Effect("cat", "protect", how, "0.5", "party", "", "", "").on(rows, 0.5).tolist() for how in HOWS}
    assert done == {"set": [0.5, 0.5, 0.5], "add": [0.5, 1.0, 1.0], "grow": [0.0, 0.75, np.inf]}


def test_who_was_bound_within_the_run_is_so_by_a_policy_of_the_baseline():
    policies = load_scenario("scenarios/baseline.yaml").policies.values()
    joined = {(p.state, p.treaty, p.from_) for p in policies if p.kind == "treaty_accession"}
    late = {(x.country, x.treaty, date.fromisoformat(x.since)) for x in TREATIES.standings if x.since}
    assert {x for x in late if TREATIES.effects_of(x[1])} <= joined
    assert ("MNG", "cat", date(2002, 2, 23)) in joined
