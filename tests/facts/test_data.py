"""The data files keep to one vocabulary, cite what exists, and stop where the model's inputs stop."""

import re

import pytest

from sim.facts import data_path, facts, known_ids, legal_rules, read_rows, sources

QUALITY = {"stated", "high", "medium-high", "medium", "low-medium", "low", "disputed", "unverified"}
QUALIFIER = {"", "over", "under", "about", "if"}
KIND = {"stock", "flow", "rate", "price", "quota", "rule", "count", "network link", "treaty status"}
DAY = re.compile(r"(\d{4}(-\d{2}-\d{2})?)?")
INPUTS = ("country_year.csv", "region_year.csv", "wages.csv")


def test_facts_keep_to_the_vocabulary() -> None:
    assert {f.quality for f in facts()} <= QUALITY
    assert {f.qualifier for f in facts()} <= QUALIFIER
    assert {f.kind for f in facts()} <= KIND


def test_every_fact_has_a_source_and_a_locator() -> None:
    assert [f.id for f in facts() if not (f.source and f.locator)] == []


def test_document_facts_cite_a_document_and_others_an_address_or_its_lack() -> None:
    documents = {s.source for s in sources()}
    cited = {f.source for f in facts() if f.id.startswith("S") and f.quality != "unverified"}
    assert cited == documents


def test_a_blank_value_is_a_rule_or_a_list_told_in_words() -> None:
    assert {f.kind for f in facts() if not f.value} <= {"rule", "count"}


def test_facts_without_a_located_source_are_marked_unverified() -> None:
    unlocated = {f.id for f in facts() if f.source.startswith("no source located")}
    assert unlocated == {"S050@elsewhere", "N002@before", "N002@after", "N003", "N004"}
    assert {f.quality for f in facts() if f.id in unlocated} == {"unverified"}


def test_legal_rules_have_dates_that_can_be_read() -> None:
    assert [r.id for r in legal_rules()] == [f"L{n:02d}" for n in range(1, 11)]
    assert all(DAY.fullmatch(r.from_) and DAY.fullmatch(r.until) and r.source for r in legal_rules())


def test_resolution_2375_does_not_end_2371() -> None:
    rules = {r.id: r for r in legal_rules()}
    assert (rules["L01"].from_, rules["L01"].until, rules["L02"].from_) == ("2017-08-05", "", "2017-09-11")


def test_identifiers_named_in_notes_exist() -> None:
    named = {word for f in facts() for word in re.findall(r"\b[SXNLD]\d{2,3}\b", f.note)}
    assert named <= known_ids()


@pytest.mark.parametrize("name", INPUTS)
def test_inputs_end_in_2016(name: str) -> None:
    years = [int(row["year"]) for row in read_rows(name)]
    assert (min(years) >= 1998, max(years)) == (True, 2016)


def test_country_rows_are_whole_and_single() -> None:
    keys = [(row["country"], row["year"]) for row in read_rows("country_year.csv")]
    assert len(keys) == len(set(keys)) == 29 * 19
    assert all(re.fullmatch(r"[A-Z]{3}", country) for country, _ in keys)


def test_mongolia_in_country_year_agrees_with_the_facts() -> None:
    population = {row["year"]: row["population"] for row in read_rows("country_year.csv") if row["country"] == "MNG"}
    stated = {f.suffix: f.value for f in facts() if f.base == "X060"}
    assert {year: population[year] for year in stated} == stated


def test_a_missing_file_lists_those_there_are() -> None:
    with pytest.raises(FileNotFoundError, match=r"no data file 'wage\.csv' .*wages\.csv"):
        data_path("wage.csv")
