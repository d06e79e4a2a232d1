"""The language of --where: it picks whom it says, it never executes anything, and it says what is wrong."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiments.ever import names
from sim.experiments.where import LONGEST, Name, WhereError, understood
from sim.world import load_world

NAMES = {
    "nationality": Name("word", "code", ("PRK", "CHN", "MNG")),
    "born": Name("number", "year"),
    "returned": Name("yes or no", "ever returned"),
    "fled": Name("yes or no", "ever fled"),
    "hosts": Name("several", "countries", ("RUS", "CHN")),
}
VALUES = {
    "nationality": np.array(["PRK", "PRK", "CHN", "MNG"]),
    "born": np.array([1970, 1980, 1990, 1960]),
    "returned": np.array([True, False, True, False]),
    "fled": np.array([False, True, False, False]),
    "hosts": np.array([[True, False], [True, True], [False, False], [False, True]]),
}


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ('nationality == "PRK"', [0, 1]),
        ('"PRK" == nationality', [0, 1]),
        ('nationality != "PRK"', [2, 3]),
        ('nationality in ["CHN", "MNG"]', [2, 3]),
        ('nationality not in ("CHN", "MNG")', [0, 1]),
        ("returned", [0, 2]),
        ("not returned", [1, 3]),
        ('nationality == "PRK" and returned', [0]),
        ("returned or fled", [0, 1, 2]),
        ('nationality == "PRK" and not (returned or fled)', []),
        ("born < 1980", [0, 3]),
        ("1970 <= born < 1990", [0, 1]),
        ("1980 < born", [2]),
        ("1980 > born", [0, 3]),
        ("1980 >= born", [0, 1, 3]),
        ("1980 == born", [1]),
        ("born in [1960, 1990]", [2, 3]),
        ("born > -1", [0, 1, 2, 3]),
        ('"RUS" in hosts', [0, 1]),
        ('"RUS" in hosts and "CHN" not in hosts', [0]),
    ],
)
def test_whom_a_condition_picks(text, picked):
    condition = understood(text, NAMES)
    assert np.flatnonzero(condition.test(VALUES)).tolist() == picked


def test_the_names_that_occur_are_known():
    assert understood('"RUS" in hosts and (born in [1] or not fled)', NAMES).names == {"hosts", "born", "fled"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no condition"),
        ("returned and", "is no condition"),
        ("retruned", "there is no 'retruned'; did you mean 'returned'?"),
        ("xyzzy", "there are born, fled, hosts, nationality, returned"),
        ('nationality == "PKR"', "nationality is never 'PKR'; did you mean 'PRK'?"),
        ('nationality == "Peru"', "there are PRK, CHN, MNG"),
        ('"JPN" in hosts', "hosts is never 'JPN'"),
        ("nationality", 'is used as in: nationality == "PRK"'),
        ("nationality == PRK", 'is used as in: nationality == "PRK"'),
        ("nationality < 'PRK'", 'is used as in: nationality == "PRK"'),
        ("nationality == 1", 'is used as in: nationality == "PRK"'),
        ("born", "is used as in: born == 1"),
        ("born == '1970'", "is used as in: born == 1"),
        ("born == True", "is used as in: born == 1"),
        ("returned == True", "is used as in: returned or not returned"),
        ("returned in ['a']", "is used as in: returned or not returned"),
        ("hosts == 'RUS'", 'is used as in: "RUS" in hosts'),
        ("hosts", 'is used as in: "RUS" in hosts'),
        ("1 == 1", "compare a name with a text or a number"),
        ("born is 1", "compare a name with a text or a number"),
        ("'RUS' in nationality", 'write name in ["a", "b"], or "a" in hosts'),
        ("born + 1", "is no condition: there are names, comparisons, and, or, not, in"),
        ("__import__('os').system('true')", "is no condition"),
        ("(lambda: returned)()", "is no condition"),
        ("returned if fled else born", "is no condition"),
        ("born == (yield)", ""),
        ("'" + "x" * LONGEST, f"at most {LONGEST} characters"),
        ("returned\0", "--where: "),
    ],
)
def test_what_cannot_be_understood_is_told(text, message):
    with pytest.raises(WhereError, match=r"^--where: ") as told:
        understood(text, NAMES)
    assert message in str(told.value)


WORDS = st.sampled_from(
    [*NAMES, "and", "or", "not", "in", "==", "<", "(", ")", "[", "]", '"PRK"', "1970", ",", "-", "."]
)


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_any_text_is_a_condition_or_told_to_be_none(text):
    try:
        condition = understood(text, NAMES)
    except WhereError:
        return
    picked = condition.test(VALUES)
    assert picked.dtype == bool and picked.shape == (4,)
    assert condition.names <= NAMES.keys()


CONDITIONS = st.recursive(
    st.sampled_from(["returned", "fled", 'nationality == "PRK"', "born < 1980", '"RUS" in hosts']),
    lambda inner: st.one_of(
        inner.map(lambda x: f"not ({x})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda x: f"({x[0]}) {x[1]} ({x[2]})"),
    ),
    max_leaves=8,
)


@given(CONDITIONS)
def test_it_picks_whom_python_would(text):
    """Person by person, with the names as Python's own."""
    picked = understood(text, NAMES).test(VALUES)
    for n in range(4):
        own = {name: column[n] for name, column in VALUES.items() if name != "hosts"}
        own["hosts"] = [code for code, was in zip(NAMES["hosts"].known, VALUES["hosts"][n], strict=True) if was]
        assert picked[n] == eval(text, {"__builtins__": {}}, own)


def test_the_conditions_of_the_description_are_understood():
    text = (Path(__file__).parent.parent.parent / "docs" / "lives.md").read_text(encoding="utf-8")
    table = [line.split("|")[2] for line in text.splitlines() if line.startswith("| ")]
    conditions = re.findall(r"--where '(.*)'", text) + [
        found for cell in table for found in re.findall(r"`(.*?)`", cell)
    ]
    known = names(load_world("northeast_asia"))
    assert len(conditions) > len(NAMES)
    assert all(understood(condition, known).names for condition in conditions)
