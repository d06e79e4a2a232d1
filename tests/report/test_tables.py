"""Tables and words of the page, by hand."""

from typing import Any

import pytest

from sim.report import tables
from sim.report.figures.words import readable
from sim.report.fits import is_met, judged
from sim.report.rules import changed_parameters
from sim.report.wording import in_names, name_of, sentence_of, why

CELL = {"measure": "permits_in_force", "nationality": "PRK", "about": "concerned", "unit": "persons"}
MOVED = CELL | {
    "mean": -200.0, "low": -300.0, "high": -100.0, "chance_sd": 30.0, "parameter_sd": 40.0, "p_positive": 0.0,
    "reference_mean": 1000.0, "sentence": "",
}  # fmt: skip
STILL = CELL | {"measure": "removed", "sentence": "People removed, PRK in all hosts: no difference in any replicate."}
STILL |= dict.fromkeys(("mean", "low", "high", "chance_sd", "parameter_sd", "p_positive"), 0.0)


def summary(**more: Any) -> dict[str, Any]:
    return {
        "headline": [MOVED, STILL], "harm": [], "replicates": 4, "from": "2017-09-01", "to": "2025-12-01",
        "binds": [], "leakage": {"blocked": 0.0},
    } | more  # fmt: skip


def test_a_difference_stands_beside_its_reference_and_share() -> None:
    found = tables.of_differences(summary(), "concerned")
    assert found is not None
    row = ("Permits in force, nationals of DPR Korea", "1,000", "−200", "−20 %", "−300 to −100", "0 of 4")
    assert (found.rows, found.small) == ((row,), ("persons, on average",))
    assert found.is_number == (False, True, True, True, True, True)
    assert tables.of_differences(summary(), "total") is None
    assert tables.unmoved(summary()) == ["People removed, nationals of DPR Korea"]


def test_the_error_of_the_mean_is_that_of_both_spreads() -> None:
    # sd = √(30² + 40²) = 50, its error 50 / √4 = 25; Student's t for 95 % and three degrees of freedom is 3.182.
    assert tables.mean_error(MOVED, summary()) == pytest.approx(25 * 3.182, rel=1e-3)
    found = tables.of_spreads(summary())
    assert found is not None
    assert found.rows[0][1:] == ("−200", "30", "40", "± 79.6")


def test_one_replicate_has_no_spread() -> None:
    assert tables.of_spreads(summary(headline=[MOVED], replicates=1)) is None, "kept from before: told by one twin"


def test_what_is_not_told_from_chance_is_no_number() -> None:
    found = tables.of_spreads(summary(headline=[MOVED | {"parameter_sd": None}]))
    assert found is not None
    # The error is that of chance alone: 30 / √4 · 3.182.
    assert found.rows[0][1:] == ("−200", "30", "not told apart", "± 47.7")


def test_a_change_many_times_its_reference_is_not_told_in_percent() -> None:
    assert tables.in_percent(MOVED) == "−20 %"
    assert tables.in_percent(MOVED | {"reference_mean": 10.0}) == ""
    assert tables.in_percent(MOVED | {"reference_mean": 0.0}) == ""


def test_both_accounts_of_what_was_refused_add_up() -> None:
    fates = {"waits": 30.0, "raised_wage": 0.0, "other_nationality": 0.0, "without_papers": 0.0, "withdrawn": 10.0}
    found = tables.of_fates(summary(leakage={"blocked": 40.0, "job": fates}), "job")
    assert found.rows[0] == ("Waited till a place fell free or to the end", "30", "75 %")
    assert found.rows[-1] == ("In all", "40", "100 %")


def test_parts_and_whole_of_an_account_are_written_in_one_unit() -> None:
    fates = {"waits": 47_040.0, "raised_wage": 14_230.0, "other_nationality": 12_990.0, "withdrawn": 300.0}
    found = tables.of_fates(summary(leakage={"blocked": 74_560.0, "job": fates}), "job")
    assert [persons for _, persons, _ in found.rows] == ["47,000", "14,200", "13,000", "300", "74,600"]
    found = tables.of_fates(summary(leakage={"blocked": 374_260.0, "job": fates | {"withdrawn": 300_000.0}}), "job")
    assert [persons for _, persons, _ in found.rows] == ["47,000", "14,000", "13,000", "300,000", "374,000"]


def test_limits_say_that_only_requests_for_work_are_counted() -> None:
    limit = {"limit": "visas/KOR", "host": "KOR", "changed": True, "p_binds": 1.0, "months": 3.0, "level": 0.0}
    found = tables.of_limits(summary(binds=[limit | {"requests_blocked": 0.0}]))
    assert found is not None
    assert found.heads[-1] == "Work requests refused"
    assert "refusals of settlement and of visas show in the months alone" in found.caption


def test_a_group_is_named_above_its_first_row() -> None:
    rows = (("a",), ("b",), ("c",))
    table = tables.Table("", ("What",), rows, groups=("one", "one", "two"))
    assert [table.group(at) for at in range(3)] == ["one", "", "two"]
    assert [tables.Table("", ("What",), rows).group(at) for at in range(3)] == ["", "", ""]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("permits in force, PRK in all hosts moved", "permits in force, nationals of DPR Korea moved"),
        ("Claims for asylum, PRK in MNG: 5", "Claims for asylum, nationals of DPR Korea in Mongolia: 5"),
        ("Arrivals in the ROK through MNG: 5 USD", "Arrivals in the ROK through Mongolia: 5 USD"),
        ("Detained in CHN and RUS", "Detained in China and Russia"),
        ("cap/RUS stood at 5; ban_CHN", "cap/Russia stood at 5; ban_CHN"),
    ],
)
def test_countries_have_names(code: str, name: str) -> None:
    assert in_names(code) == name


def test_a_sentence_is_made_from_the_numbers() -> None:
    assert name_of(MOVED | {"host": "CHN and RUS"}) == "Permits in force, nationals of DPR Korea in China and Russia"
    assert sentence_of(MOVED, summary()) == (
        "Permits in force, nationals of DPR Korea: 200 persons fewer than in the reference on average from "
        "September 2017 to December 2025 (90 % interval of 4 replicates: 300 fewer to 100 fewer)."
    )
    assert sentence_of(STILL, summary()) == "People removed, nationals of DPR Korea: no difference in any replicate."


def pattern(role: str, documented: float, modelled: float, naive: float | None = None) -> dict[str, Any]:
    return {
        "role": role, "text": "Workers, 2015 (X001); factor 1", "when": "2015", "unit": "persons",
        "low": None, "high": None, "modelled": modelled, "naive": naive,
        "documented": documented, "documented_low": documented, "documented_high": documented,
    }  # fmt: skip


def test_fit_counts_what_is_within_the_factor_and_who_is_nearer() -> None:
    patterns = [
        pattern("held out", 100, 149, naive=140),
        pattern("held out", 100, 66, naive=200),
        pattern("scored", 100, 110),
        pattern("fitted", 100, 1000),
    ]
    assert [is_met(each) for each in patterns] == [True, False, True, False]
    found = judged({"reference": "base", "replicates": 1, "patterns": patterns})
    assert found is not None
    assert (found.unseen, found.nearer) == ((2, 3), (1, 2))
    assert found.by_role.rows[0] == ("Seen while the model was tuned by hand (up to 2012)", "1", "0")
    assert found.every.rows[0] == ("Workers", "fitted", "100", "1,000", "–", "–")
    assert judged({"reference": "base", "replicates": 1, "patterns": []}) is None


def test_assumptions_that_are_given_another_value_are_told() -> None:
    scenarios = {
        "base": {"parameters": {"p_removal": {"value": 0.5, "source": "S001"}}},
        "other": {
            "parameters": {"p_removal": {"value": 0.25, "source": "S002"}, "alpha": {"value": 1.0, "source": "S003"}}
        },
    }
    found = changed_parameters({"reference": "base", "scenario": "other"}, scenarios)
    assert found is not None
    assert found.rows == (("alpha", "as for all", "–", "1", "S003"), ("p removal", "0.5", "S001", "0.25", "S002"))
    assert changed_parameters({"reference": "base", "scenario": "base"}, scenarios) is None


def test_names_are_written_as_people_write_them() -> None:
    assert readable("unscr_2371_cap") == "UNSCR 2371 cap"
    assert readable("mongolia_one_percent_cap") == "Mongolia one percent cap"
    assert readable("<b>a cap</b> at $5") == "<b>a cap</b> at $5"


def test_the_reason_names_limits_and_not_their_ids() -> None:
    binds = [{"limit": "one_percent/all", "host": "MNG"}, {"limit": "one_percent/all/RUS", "host": "MNG"}]
    told = {"why": "Why so little: nobody was refused. one_percent/all stood at 9 persons.", "binds": binds}
    wanted = "Why so little: nobody was refused. The limit “one percent, Mongolia” stood at 9 persons."
    assert why(told) == wanted
    assert why({"why": "", "binds": []}) == ""
