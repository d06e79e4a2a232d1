"""Who bears a policy: which nationalities and hosts are told of, and with what numbers."""

import pandas as pd
import pytest

from sim.cli.findings import _borne
from sim.experiments.harm import PAIRS, borne
from sim.experiments.tally import CELL, KEPT
from sim.results.measures import HARM, MEASURES

Rows = dict[tuple[str, str, str], list[float]]
BEFORE: Rows = {
    ("months_without_status", "PRK", "CHN"): [1000.0, 1200.0],
    ("months_without_status", "XPS", "RUS"): [90_000.0, 90_000.0],
    ("kept_usd", "PRK", "CHN"): [500.0, 700.0],
    ("stock", "MNG", "KOR"): [10.0, 10.0],
}
MOVED: Rows = {
    ("months_without_status", "PRK", "CHN"): [-100.0, -300.0],
    ("months_without_status", "XPS", "RUS"): [1.0, -1.0],
    ("returned_against_cat", "PRK", "MNG"): [4.0, 2.0],
    ("kept_usd", "PRK", "CHN"): [0.0, 0.0],
    ("stock", "MNG", "KOR"): [5.0, 5.0],
}


def wide(rows: Rows) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples([(*row, "") for row in rows], names=CELL)
    return pd.DataFrame(list(rows.values()), index=index, columns=[1, 2])


NO_TWINS = wide({("kept_usd", "PRK", "CHN"): [0.0, 0.0]}).iloc[:, :0]


def test_a_row_holds_both_levels_and_the_paired_difference():
    rows = borne(wide(MOVED), NO_TWINS, wide(BEFORE))
    assert [(row["nationality"], row["host"], row["measure"]) for row in rows] == [
        ("PRK", "MNG", "returned_against_cat"),
        ("PRK", "CHN", "months_without_status"),
    ]
    found = rows[1]
    assert (found["reference_mean"], found["scenario_mean"], found["mean"]) == (1100.0, 900.0, -200.0)
    assert (found["low"], found["high"]) == pytest.approx((-290.0, -110.0))
    assert found["p_positive"] == 0


def test_what_moves_by_nothing_to_speak_of_is_not_told():
    hardly = {("ill_treated", "XPS", "RUS"): [1e-5, 1e-5]}
    assert borne(wide(hardly), NO_TWINS, wide({("ill_treated", "XPS", "RUS"): [1.0, 1.0]})) == []
    assert borne(wide({}).reindex(columns=[1, 2]), NO_TWINS, wide(BEFORE)) == []


def test_what_moves_in_half_of_the_replicates_only_is_chance_until_told_otherwise():
    assert borne(wide({("detained", "PRK", "CHN"): [50.0, 0.0]}), NO_TWINS, wide(BEFORE)) == []


def test_no_more_pairs_than_can_be_read():
    many = {("detained", f"N{n}", "KOR"): [float(n), float(n)] for n in range(1, 20)}
    rows = borne(wide(many), NO_TWINS, wide({}).reindex(columns=[1, 2]))
    assert [row["nationality"] for row in rows] == [f"N{n}" for n in range(19, 19 - PAIRS, -1)]


def test_measures_of_harm_are_measures_that_the_summary_keeps():
    assert set(HARM) <= MEASURES.keys()
    assert set(HARM) <= set(KEPT)


def test_the_table_names_each_pair_once(capsys):
    rows = borne(wide(MOVED | {("kept_usd", "PRK", "CHN"): [9.0, 9.0]}), NO_TWINS, wide(BEFORE))
    _borne(rows)
    shown = capsys.readouterr().out
    assert shown.count("PRK in CHN") == 1
    assert "Months without status" in shown and "Pay kept" in shown
    _borne([])
    assert capsys.readouterr().out == ""
