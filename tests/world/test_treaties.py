"""Treaties of Table 2: who is bound, and what follows."""

from datetime import date

from sim.core.rates import base_rates
from sim.facts import table2
from sim.scenario import load_scenario
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path

WORLD = load_world()
TREATIES = WORLD.treaties
TABLES = base_rates(WORLD, Priors.load(default_priors_path()).point(), len(WORLD.ports))
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


def test_who_was_bound_within_the_run_is_so_by_a_policy_of_the_baseline():
    policies = load_scenario("scenarios/baseline.yaml").policies.values()
    joined = {(p.state, p.treaty, p.from_) for p in policies if p.kind == "treaty_accession"}
    late = {(x.country, x.treaty, date.fromisoformat(x.since)) for x in TREATIES.standings if x.since}
    assert {x for x in late if TREATIES.effects_of(x[1])} <= joined
    assert ("MNG", "cat", date(2002, 2, 23)) in joined
