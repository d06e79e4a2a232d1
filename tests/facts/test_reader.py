"""Facts are found by identifier, by word and as yearly series; a wrong identifier says what to do."""

import subprocess
import sys

import pytest

from sim.facts import FactNotFoundError, fact, facts, known_ids, members, search, series


def test_a_fact_has_value_unit_date_place_source_and_locator() -> None:
    f = fact("S067")
    assert (f.number, f.unit, f.place) == (20000.0, "persons", "DPRK to Russia")
    assert (f.source, f.locator) == ("Rinna 2017", "Chinese Workers, line 55")


def test_every_s_fact_is_carried() -> None:
    assert {f"S{n:03d}" for n in range(1, 190)} <= {f.id for f in facts()}


def test_identifiers_are_unique() -> None:
    ids = [f.id for f in facts()]
    assert len(ids) == len(set(ids))


def test_a_series_is_keyed_by_year() -> None:
    arrivals = series("X068")
    assert list(arrivals) == list(range(1998, 2017))
    assert (arrivals[2009], sum(arrivals.values())) == (2914.0, 29311.0)
    assert series("X035") == {2015: 3858.0, 2016: 2483.0}


def test_a_series_leaves_out_what_is_not_a_year() -> None:
    assert series("X055") == {2012: 22284.0, 2014: 8000.0, 2015: 6800.0}
    assert len(members("X055")) == 6


def test_an_unknown_identifier_names_the_nearest() -> None:
    with pytest.raises(FactNotFoundError, match=r"no fact 'S0067'; did you mean .*S067"):
        fact("S0067")
    with pytest.raises(FactNotFoundError, match=r"search\(word\) finds facts"):
        members("nothing like it")


def test_an_identifier_with_several_values_says_so() -> None:
    with pytest.raises(FactNotFoundError, match="'X035' has several values: X035@2015, X035@2016"):
        fact("X035")


def test_a_fact_without_years_has_no_series() -> None:
    with pytest.raises(FactNotFoundError, match="no yearly values"):
        series("S067")


def test_search_needs_every_word_in_any_case() -> None:
    assert [f.id for f in search("NAMGANG qatar")] == ["S096"]
    assert search("namgang unheard-of") == []
    assert search() == list(facts())


def test_known_ids_hold_all_that_a_source_may_cite() -> None:
    assert {"S067", "X068", "X068@2009", "N005", "L01", "D26", "T3"} <= known_ids()
    assert "S999" not in known_ids()


def test_importing_facts_stays_light() -> None:
    code = "import sys, sim.facts; print({'pandas', 'numpy', 'mesa', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
