"""The world loads, has what the documents name, and speaks the engine's words."""

import dataclasses
import re

import pytest

from sim.core.words import Channel, Purpose, Status, labels
from sim.facts import known_ids, table4
from sim.world import WorldError, load_world
from sim.world.load import COLUMNS
from sim.world.model import CHANNELS, PURPOSES, STATUSES, World, priors_of

CODES = "MNG RUS CHN PRK KOR JPN QAT KWT POL CZE UKR KAZ USA GBR DEU AUS CAN FRA NLD ITA SWE DNK CHE PHL THA XPS XOT"


@pytest.fixture(scope="module")
def world() -> World:
    return load_world("northeast_asia")


def test_countries_stand_in_the_shared_order(world: World) -> None:
    assert " ".join(country.code for country in world.countries) == CODES


def test_sectors_stand_in_the_shared_order(world: World) -> None:
    assert [sector.code for sector in world.sectors] == ["A01", "A02", "B", "C", "F", "G", "S"]


def test_words_are_those_of_the_engine() -> None:
    assert list(STATUSES) == labels(Status)
    assert list(CHANNELS) == labels(Channel)
    assert list(PURPOSES) == labels(Purpose)


def test_every_port_of_table_4_stands_here_on_its_side(world: World) -> None:
    ports = {port.name: port for port in world.ports}
    rows = {row.printed.split(" (")[0]: row for row in table4().rows}
    assert len(rows) == 19
    for name, row in rows.items():
        assert "MNG" in ports[name].states, name
        if row.key in ("RUS", "CHN"):
            assert row.key in ports[name].states, name


def test_kyongsong_is_no_port(world: World) -> None:
    assert "Kyongsong" not in {port.id for port in world.ports}


def test_seasonal_ports_are_open_in_their_months(world: World) -> None:
    dayan = world.ports[world.port_index("Dayan")]
    assert [month + 1 for month, is_open in enumerate(dayan.months) if is_open] == [7, 8, 9]
    assert sum(not all(port.months) for port in world.ports) == 4


def test_about_a_hundred_thousand_heads(world: World) -> None:
    assert 90_000 <= sum(group.agents for group in world.groups) <= 110_000


def test_rows_of_places_lead_to_their_country(world: World) -> None:
    at = world.host_of_place[world.place_index("RUS-Primorye")]
    assert world.countries[at].code == "RUS"
    assert world.countries[world.nation_of_group[world.group_index("cn_russia")]].code == "CHN"
    assert [place.id for place in world.places_of("PRK")] == ["PRK-North-Hamgyong", "PRK-Rest"]


def test_a_link_costs_what_its_mode_costs(world: World) -> None:
    link = next(x for x in world.links if (x.a, x.b) == ("MNG-Ulaanbaatar", "MNG-North"))
    assert link.cost_usd == pytest.approx(13 + 0.03 * link.km)
    assert link.days == pytest.approx(link.km / 800)


def test_lengths_are_about_those_on_the_globe(world: World) -> None:
    """Ulaanbaatar to Beijing is 1,170 km by air (airport to airport)."""
    link = next(x for x in world.links if (x.a, x.b) == ("Buyant-Ukhaa", "Beijing-Capital"))
    assert link.km == pytest.approx(1170, abs=20)


def test_a_place_prefers_by_its_own_row_and_else_by_its_hosts(world: World) -> None:
    table = world.preference_table
    prk, building = world.country_index("PRK"), world.sector_index("F")
    sakhalin, moscow = world.place_index("RUS-Sakhalin"), world.place_index("RUS-Rest")
    assert table[sakhalin, building, prk] > 0.9 > 0.1 > table[moscow, building, prk] > 0
    assert table[world.place_index("MNG-Ulaanbaatar"), building, prk] == 0.25
    assert table[world.place_index("SWE")].sum() == 0


def test_every_fact_that_a_source_names_exists(world: World) -> None:
    named = set()
    for table in COLUMNS.keys() & {field.name for field in dataclasses.fields(world)}:
        for record in getattr(world, table):
            named |= set(re.findall(r"\b[SXN]\d{3}\b", record.source))
    assert len(named) > 20
    assert named <= set(known_ids())


def test_priors_are_found_in_a_source() -> None:
    assert priors_of("S067; assumed:prk_russia_2000") == ("prk_russia_2000",)
    assert priors_of("S067 and Table 4") == ()


def test_a_world_is_loaded_once() -> None:
    assert load_world("northeast_asia") is load_world("northeast_asia")


def test_an_unknown_world_names_the_nearest() -> None:
    with pytest.raises(WorldError, match="did you mean 'northeast_asia'"):
        load_world("northest_asia")
