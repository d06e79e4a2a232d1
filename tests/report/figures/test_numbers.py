"""The numbers in the tables of figures: they add up, and say what the runs say."""

import numpy as np
import pytest

from sim.report.figures import difference, fan, fit, flows, forest, leakage, money, ports, statuses


def test_the_median_of_two_is_their_mean(evidence):
    cell = evidence.headline[0]
    table = fan.data(evidence, cell)
    own = table[table["scenario"] == evidence.reference]
    assert np.allclose(own["p50"], evidence.monthly(cell)[evidence.reference].mean(axis=1))


def test_a_monte_carlo_interval_by_hand():
    found = difference.spread_of(np.array([[1.0, 3.0], [2.0, 2.0]]))
    assert found["mean"].tolist() == [2, 2]
    assert found.loc[0, "mc_high"] - 2 == pytest.approx(12.7062)  # t of one degree of freedom, sd √2 over √2
    assert found.loc[1, "mc_low"] == found.loc[1, "mc_high"] == 2
    assert found[["low", "high"]].to_numpy()[0] == pytest.approx([1.1, 2.9])


def test_one_replicate_has_no_interval():
    found = difference.spread_of(np.array([[1.0]]))
    assert np.isnan(found.loc[0, "mc_low"]) and found.loc[0, "low"] == 1


def test_differences_are_of_pairs_and_the_months_before_are_left_out(evidence):
    cell, (name,) = evidence.headline[0], evidence.scenarios[1:]
    table = difference.data(evidence, cell, name)
    wide = evidence.monthly(cell)
    assert np.allclose(table["mean"], (wide[name] - wide[evidence.reference]).mean(axis=1).to_numpy())
    assert table["date"].min() == wide.index.min()  # less than two years before
    assert (table.loc[table["date"] < evidence.since[0], ["low", "high"]] == 0).all(axis=None)


def test_percentages_are_of_the_reference_and_blank_where_it_has_none(evidence):
    table = forest.data(evidence, evidence.headline)
    known = table[table["reference"] != 0]
    assert np.allclose(known["percent_mean"], known["mean"] / known["reference"] * 100)
    assert table.loc[table["reference"] == 0, "percent_mean"].isna().all()


def test_each_account_of_leakage_adds_up(evidence):
    table = leakage.data(evidence.summary)
    blocked = table.attrs["blocked"]
    assert blocked > 0
    for _, rows in table.groupby("account"):
        fates = rows[rows["fate"] != leakage.ALL]
        assert fates["persons"].sum() == pytest.approx(blocked)
        assert fates["from"].tolist() == pytest.approx([0, *fates["persons"].cumsum()[:-1]])


def test_statuses_add_up_to_all_who_are_abroad(evidence):
    (name,) = evidence.scenarios[1:]
    table = statuses.data(evidence, name)
    cell = next(each for each in evidence.headline if each.measure == "stock" and each.about == "concerned")
    months = evidence.monthly(cell)[evidence.reference].mean(axis=1)
    own = table[table["scenario"] == evidence.reference].groupby("date")["persons"].sum()
    assert np.allclose(own, months.groupby(months.index.year).mean())


def test_the_parts_of_pay_add_up_to_it(evidence):
    table = money.data(evidence, evidence.scenarios[1]).set_index("row")
    parts = [name for name in table.index if name.startswith("of it")]
    for side in ("reference", "scenario"):
        assert table.loc[parts, side].sum() == pytest.approx(table.loc["Pay", side])


def test_entries_by_port_are_those_of_one_direction(evidence, results):
    from sim.results.store import open_series

    series = open_series(results)
    first, last = evidence.since
    entered = series[(series["measure"] == "flow") & (series["direction"] == "in") & (series["nationality"] == "PRK")]
    entered = entered[(entered["scenario"] == evidence.reference) & entered["date"].between(first, last)]
    years = len(entered["date"].unique()) / 12
    table = ports.data(evidence, evidence.scenarios[1]).set_index("row")
    hasan = entered[entered["place"] == "Tumangang-Khasan"]["value"].sum() / 2 / years
    assert table.loc["Tumangang-Khasan", "reference"] == pytest.approx(hasan)


def test_flows_come_from_the_other_state_of_a_land_port_or_from_home_by_air(evidence):
    table = flows.of_year(evidence, evidence.scenarios[1], 2017)
    assert (table["from"] != table["host"]).all()
    land, air = (table[table["kind"] == kind] for kind in (flows.LAND, flows.AIR))
    hasan = land[land["place"] == "Tumangang-Khasan"]
    assert sorted(zip(hasan["from"], hasan["host"], strict=True)) == [("PRK", "RUS"), ("RUS", "PRK")]
    assert set(air["from"]) == {"PRK"} and "PRK" not in set(air["host"])
    assert table["agree"].between(0, 1).all()


def test_a_number_is_met_within_half_as_much_again_of_the_documented_range():
    rows = [
        {"pattern": "p", "id": str(modelled), "role": "fitted", "documented": 100.0, "modelled": modelled}
        for modelled in (66.0, 67.0, 150.0, 151.0)
    ]
    rows.append(rows[-1] | {"documented_low": 90.0, "documented_high": 110.0, "id": "in the range"})
    rows.append(rows[0] | {"role": "input"})
    rows.append(rows[0] | {"documented": None})
    found = fit.data(rows).set_index("id")["is_met"].to_dict()
    assert found == {"66.0": False, "67.0": True, "150.0": True, "151.0": False, "in the range": True}
