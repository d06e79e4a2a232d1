"""Shares, persons, factors and amounts as settings: what is read, and what is too much."""

import math
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.policies import POLICY_KINDS
from sim.policies.numbers import Age, Count, Dollars, Factor, Finite, Fraction, Months, Number, Often, Posts
from sim.scenario import ScenarioError, load_scenario

NUMERIC = ("number", "integer")
HUGE = 10**400  # no float is as large, and a message that repeated it would fill a page


def read(kind: Any, value: Any) -> Any:
    return TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize(
    ("kind", "value", "meant"),
    [
        (Fraction, 1, 1.0),
        (Fraction, 0, 0.0),
        (Fraction, "prior:tie", "prior:tie"),
        (Count, 0, 0),
        (Count, 10_000_000_000, 10_000_000_000),
        (Posts, 10_000_000, 10_000_000),
        (Factor, 1000, 1000.0),
        (Factor, "prior:tie", "prior:tie"),
        (Often, 1e6, 1e6),
        (Number, -2, -2.0),
        (Dollars, 1_000_000, 1e6),
        (Months, 1, 1),
        (Age, 150, 150),
    ],
)
def test_what_is_right_is_read(kind, value, meant):
    assert read(kind, value) == meant


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (Fraction, True, "must be a number between 0 and 1, not true"),
        (Fraction, "0.5", "must be a number between 0 and 1, not '0.5'"),
        (Fraction, math.nan, "a share lies between 0 and 1, not nan"),
        (Fraction, HUGE, "a share lies between 0 and 1, not 100000... (401 digits)"),
        (Count, 99999999999999999999999, "must be at most 10,000,000,000 persons, not 99999999999999999999999"),
        (Count, HUGE, "must be at most 10,000,000,000 persons, not 100000... (401 digits)"),
        (Count, -1, "must not be negative, and is -1"),
        (Count, False, "must be a whole number, not false"),
        (Count, 3.0, "must be a whole number, not 3.0"),
        (Posts, 10_000_001, "must be at most 10,000,000 posts, not 10000001"),
        (Factor, 1e300, "must be at most 1,000 times, not 1e+300"),
        (Factor, -0.5, "must not be negative, and is -0.5"),
        (Factor, HUGE, "must be a finite number, not 100000... (401 digits)"),
        (Finite, HUGE, "must be a finite number, not 100000... (401 digits)"),
        (Finite, math.nan, "must be a finite number, not nan"),
        (Number, -1001, "must be at least -1,000, not -1001.0"),
        (Number, math.inf, "must be a finite number, not inf"),
        (Dollars, 1e300, "must be at most 1,000,000 US dollars, not 1e+300"),
        (Dollars, -1, "must not be negative, and is -1.0"),
        (Months, 0, "must be at least 1, not 0"),
        (Age, True, "must be a whole number, not true"),
    ],
)
def test_what_is_wrong_or_too_much_is_told(kind, value, message):
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    assert message in str(caught.value)


def numbers_of(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every place of a JSON schema where a number stands."""
    if isinstance(schema, dict):
        if schema.get("type") in NUMERIC:
            yield path, schema
        for key, below in schema.items():
            yield from numbers_of(below, f"{path}/{key}")
    if isinstance(schema, list):
        for n, below in enumerate(schema):
            yield from numbers_of(below, f"{path}/{n}")


@pytest.mark.parametrize("kind", sorted(POLICY_KINDS))
def test_every_number_of_every_kind_has_a_least_and_a_most(kind):
    boundless = [
        path for path, x in numbers_of(POLICY_KINDS[kind].model_json_schema()) if not {"minimum", "maximum"} <= x.keys()
    ]
    assert boundless == []


BASE = "question: q?\npolicies:\n  p: {kind: stock_cap, nationality: PRK, level: 5, source: s}\n"


@pytest.mark.parametrize("value", ["9" * 23, "9" * 400, "1.0e+300", "1.0e+999", ".nan", ".inf", "-.inf"])
@pytest.mark.parametrize("name", ["policies.p.level", "policies.p.compliance", "parameters.gamma"])
def test_so_it_is_in_a_file_and_on_the_command_line(tmp_path, name, value):
    path = tmp_path / "case.yaml"
    path.write_text(BASE)
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, [f"{name}={value}"])
    assert name in str(caught.value) and len(str(caught.value)) < 500
