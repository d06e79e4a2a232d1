"""The four tables are whole and can be asked by cell."""

import pytest

from sim.facts import table1, table2, table3, table4, treaties


def test_table1_has_twelve_links_inside_the_region() -> None:
    region = {link.country for link in table1()}
    sent = {(k.country, k.partner) for k in table1() if k.direction == "sends_to" and k.partner in region}
    got = {(k.partner, k.country) for k in table1() if k.direction == "receives_from" and k.partner in region}
    assert (len(sent | got), len(sent & got)) == (12, 7)


def test_table1_transit_points() -> None:
    assert {k.country for k in table1() if k.direction == "transit" and k.printed == "yes"} == {"CHN", "KOR", "RUS"}


def test_table2_parties_to_the_refugee_convention() -> None:
    status = {cell.country: cell.status for cell in table2() if cell.treaty == "Refugee Convention"}
    assert {c for c, s in status.items() if s == "accession"} == {"CHN", "JPN", "KOR", "RUS"}
    assert {c for c, s in status.items() if s == "none"} == {"MNG", "PRK"}


def test_table2_and_its_notes_name_the_same_treaties() -> None:
    assert {cell.treaty for cell in table2()} == {treaty.treaty for treaty in treaties()}
    assert len(table2()) == 6 * 13


def test_table3_by_cell_and_column() -> None:
    table = table3()
    assert len(table.rows) == 17
    assert table.cell(table.row("China"), "in_2002") == 92657
    assert (table.total("in_2002"), table.sum("in_2002")) == (235165, 235265)


def test_table4_holds_nineteen_ports() -> None:
    table = table4()
    assert len(table.rows) == 19
    assert table.cell(table.row("Zamiin Uud (to China)"), "private") == 275311
    assert {row.key for row in table.rows} == {"RUS", "CHN", "air"}


def test_table4_keeps_1345_without_a_port_once_the_slips_are_mended() -> None:
    table = table4()
    purposes = table.columns[1:]
    assert sum(table.total(p) for p in purposes) - sum(table.sum(p) for p in purposes) == 1345


def test_an_unknown_row_is_named() -> None:
    with pytest.raises(KeyError, match="table4 has no row 'Zamyn'"):
        table4().row("Zamyn")
