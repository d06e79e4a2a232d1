"""Candidates see the posts of a special zone as they see others."""

from sim.mechanisms.recruitment import _sites
from tests.chance.runs import WORLD, built


def test_an_employer_is_as_large_as_its_posts_and_those_of_its_zone():
    state = built()
    before = _sites(state).size.copy()
    place, sector = WORLD.place_index("MNG-Ulaanbaatar"), WORLD.sector_index("G")
    here = (state.employers.place == place) & (state.employers.sector == sector)
    state.rules.tables["zone_posts"][place, sector] = 500
    assert (_sites(state).size - before == 500 * here).all()
