"""The discrepancies found are those that are named; a changed number is found out."""

from dataclasses import replace

import pytest

from sim.facts import CountTable, Finding, discrepancies, known_gaps, recompute, surprises
from sim.facts.documents import Documents


def _changed(table: CountTable, row: str, column: str, by: int) -> CountTable:
    index = table.columns.index(column)
    rows = tuple(
        replace(r, counts=(*r.counts[:index], r.counts[index] + by, *r.counts[index + 1 :])) if r.printed == row else r
        for r in table.rows
    )
    return replace(table, rows=rows)


def test_found_and_named_discrepancies_are_the_same() -> None:
    new, gone = surprises()
    assert not new, "a discrepancy that no D names"
    assert not gone, "a named discrepancy is gone"


def test_there_are_26_and_each_computed_one_has_a_finding() -> None:
    assert [d.id for d in discrepancies()] == [f"D{n:02d}" for n in range(1, 27)]
    assert {d.id for d in discrepancies() if d.kind == "computed"} == set(known_gaps().values())


def test_the_amounts_of_the_table_discrepancies() -> None:
    gaps = {finding.check: finding.gap for finding in recompute()}
    assert gaps["table3.column.in_2002"] == -100
    assert (gaps["table4.row.Arts suuri"], gaps["table4.row.Borshoo"], gaps["table4.row.TOTAL"]) == (-2, -27, -54)
    assert gaps["table4.column.total"] == 1320
    assert (gaps["sum.S037.S039"], gaps["sum.S037.S042"]) == (1715, 1727)


# Each number is moved so that one sum, share or bound must break.
@pytest.mark.parametrize(
    ("id", "value", "check"),
    [
        ("S005", "70000000", "sum.S001.S004"),
        ("S004@share", "66", "share.S004@share"),
        ("S001", "260000000", "share.S002"),
        ("S032", "142", "share.S032@share"),
        ("S031", "1701", "within.S029.S031"),
        ("S026", "33", "within.S025.S026"),
        ("S040", "1800", "share.S040@share"),
        ("S041@share", "22.5", "share.S041@share"),
        ("S044@share", "17.6", "share.S044@share"),
        ("S126", "20600", "within.S119.S126"),
        ("X004", "7500", "offices.S067.X004"),
        ("X034@2015", "1600", "share.X034@share"),
        ("X058@CHN", "20", "sum.X058.X058@RUS"),
        ("X062@2010-KOR", "92953", "within.X062@2010.X062@2010-KOR"),
        ("X064@2010-irregular", "11750", "share.X064@2010-irregular-share"),
    ],
)
def test_a_changed_fact_is_a_new_discrepancy(id: str, value: str, check: str) -> None:
    new, _ = surprises(Documents.load().with_value(id, value))
    assert check in {finding.check for finding in new}


@pytest.mark.parametrize(
    ("id", "value", "check"),
    [
        ("S009", "10.9", "share.S009"),
        ("S031@share", "70.7", "share.S031@share"),
        ("S047", "17", "travellers.1999"),
        ("S010", "900000", "trafficking.bound"),
        ("S125", "4", "stations.named"),
        ("S095", "1371", "kuwait.soldiers"),
        ("S043", "2200", "wording.largest_sector"),
        ("S039@wording", "35", "wording.mostly_chinese"),
        ("N004@total", "1", "pair.S033"),
        ("X002", "21000", "offices.S067.X002"),
        ("S066@source-year", "2013", "dates.quota"),
        ("N010", "1950", "treaties.adopted.Refugee Convention"),
    ],
)
def test_a_mended_fact_is_a_discrepancy_gone(id: str, value: str, check: str) -> None:
    _, gone = surprises(Documents.load().with_value(id, value))
    assert check in {finding.check for finding in gone}


def test_a_changed_cell_of_table3_breaks_its_column() -> None:
    documents = Documents.load()
    changed = replace(documents, table3=_changed(documents.table3, "USA", "out_2001", 10))
    assert Finding("table3.column.out_2001", 190125, 190135) in surprises(changed)[0]


def test_a_changed_cell_of_table4_breaks_its_row_and_column() -> None:
    documents = Documents.load()
    changed = replace(documents, table4=_changed(documents.table4, "Bichigt", "other", 3))
    new = surprises(changed)[0]
    assert Finding("table4.row.Bichigt", 3451, 3454) in new
    assert Finding("table4.column.other", 16354, 16357) in new


def test_a_link_that_only_one_country_reports_is_found() -> None:
    documents = Documents.load()
    fewer = tuple(k for k in documents.table1 if (k.country, k.direction, k.partner) != ("CHN", "receives_from", "PRK"))
    new = surprises(replace(documents, table1=fewer))[0]
    assert new == {Finding("table1.link.PRK-CHN", 2, 1)}


def test_neighbours_no_longer_the_greater_part_is_found() -> None:
    documents = Documents.load()
    changed = replace(documents, table3=_changed(documents.table3, "China", "in_2000", -57546))
    assert "table3.neighbours.in_2000" in {finding.check for finding in surprises(changed)[0]}


def test_a_treaty_in_force_before_it_was_adopted_is_found() -> None:
    documents = Documents.load()
    late = tuple(replace(t, adopted=1999) if t.treaty == "CRC" else t for t in documents.treaties)
    assert surprises(replace(documents, treaties=late))[0] == {Finding("treaties.order.CRC", 1999, 1990)}


def test_a_check_on_a_text_says_which_fact() -> None:
    with pytest.raises(ValueError, match="fact S054 is not a plain number: 'thousands'"):
        Documents.load().number("S054")
