"""The registry of measures."""

import pytest

from sim.results.measures import MEASURES, MeasureError, measure

PROMISED = (
    *("stock", "flow", "authorisations", "permits_issued", "permits_in_force", "requests", "requests_blocked"),
    *("leakage", "unfilled_jobs", "earnings_usd", "withheld_usd", "remittances_usd", "fined", "detained", "removed"),
    *(
        "claims",
        "recognised",
        "returned_against_art33",
        "returned_against_cat",
        "arrived_kor",
        "excess",
        "breach",
        "limit_level",
        "binds",
    ),
    *("arrears_usd", "arrears_lost_usd", "repatriated", "soldiers"),
    *("without_guide", "brokers_prosecuted", "bondage_months", "forged_passports_seized"),
    *("overstayers_beside", "kept_usd", "months_without_status", "barred", "revenue_shortfall_usd"),
    *("approached", "trafficked", "victims", "escaped", "rescued", "victims_returned", "exploited_usd"),
    *("trafficking_cases", "trafficking_prosecutions"),
    *("women_abroad", "skilled_abroad", "skilled_at_home", "came_of_age", "ill_treated", "attitude"),
    *("sent_home", "overdue", "levies_usd", "uprooted"),
)


@pytest.mark.parametrize("name", PROMISED)
def test_has_what_was_promised(name: str) -> None:
    assert measure(name).name == name


def test_every_measure_has_unit_title_and_sentence() -> None:
    for name, each in MEASURES.items():
        assert each.name == name
        assert each.unit and each.title and each.sentence.endswith(".")


def test_stocks_are_averaged_and_flows_added() -> None:
    assert measure("stock").over_time == "mean"
    assert measure("flow").over_time == measure("binds").over_time == "sum"


def test_money_is_in_dollars() -> None:
    assert all((each.unit == "USD") == name.endswith("_usd") for name, each in MEASURES.items())


def test_unknown_measure_names_the_nearest() -> None:
    with pytest.raises(MeasureError, match="unknown measure 'stok'; did you mean 'stock'"):
        measure("stok")
