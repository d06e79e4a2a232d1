"""Numbers and sentences as people read them."""

from datetime import date

import numpy as np
import pytest

from sim.experiments.numbers import as_part, counted, month, signed, written
from sim.experiments.sentences import of_difference, of_level
from sim.experiments.spread import spread
from sim.results.measures import measure

NONE = np.empty(0)
SINCE = (date(2017, 9, 1), date(2025, 12, 1))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (12345, "12,300"),
        (-12345, "−12,300"),
        (999.6, "1,000"),
        (17500, "17,500"),
        (100, "100"),
        (3.14159, "3.14"),
        (0.01234, "0.0123"),
        (1234567, "1.23 million"),
        (-2.5e9, "−2.5 billion"),
        (5e12, "5 trillion"),
    ],
)
def test_three_digits_mean_something(value: float, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize(
    ("parts", "whole", "texts"),
    [
        ((47_040, 14_230, 12_990, 14_010, 37_230), "126,000", ["47,000", "14,000", "13,000", "14,000", "37,000"]),
        ((1_230_400, 47_000, 0, 300), "1.28 million", ["1.23 million", "50,000", "0", "under 5,000"]),
        ((30, 9.96), "40", ["30", "10"]),
        ((0,), "0", ["0"]),
    ],
)
def test_parts_are_written_in_the_unit_of_their_whole(parts: tuple[float], whole: str, texts: list[str]) -> None:
    assert written(sum(parts)) == whole
    assert [as_part(part, sum(parts)) for part in parts] == texts


def test_signs_counts_months() -> None:
    assert (signed(5), signed(-5), signed(0)) == ("+5", "−5", "0")
    assert (counted(1, "replicate"), counted(8, "replicate")) == ("1 replicate", "8 replicates")
    assert month(date(2017, 9, 1)) == "September 2017"


def test_sentence_of_a_difference_says_how_much_how_sure_and_when() -> None:
    text = of_difference(measure("stock"), ", PRK in RUS", spread(np.array([-120.0, -80.0]), NONE, NONE), SINCE, "")
    assert text == (
        "People abroad, PRK in RUS: 100 persons fewer than in the reference on average from September 2017 to December "
        "2025 (90 % interval of 2 replicates: 118 fewer to 82 fewer)."
    )


def test_sentence_of_money_that_is_near_zero() -> None:
    text = of_difference(measure("earnings_usd"), "", spread(np.array([-2e6, 3e6]), NONE, NONE), SINCE, "")
    assert text.startswith("Earnings: near zero, 500,000 USD more than in the reference in all from")
    assert "1.75 million less to 2.75 million more" in text


def test_sentence_of_no_difference_says_why() -> None:
    why = ": the limit never refused anyone"
    text = of_difference(measure("flow"), "", spread(np.zeros(3), NONE, NONE), SINCE, why)
    assert text == "Border crossings: no difference in any replicate: the limit never refused anyone."


def test_sentence_of_a_level() -> None:
    text = of_level(measure("flow"), "", spread(np.array([7.0]), NONE, NONE), SINCE)
    assert text == "Border crossings: 7 persons in all from September 2017 to December 2025 (one replicate)."
