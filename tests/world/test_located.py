"""Values that know their line."""

import pytest

from sim.world.located import Located, did_you_mean, read_text

TEXT = """\
a: 1
b:
  - x
  - c: 2017-02-30
    d: yes
e: {f: true, g: null, h: 1e-3}
"""


def test_every_value_knows_its_line_and_dates_stay_text():
    tree = read_text(TEXT, "f", [])
    assert tree.plain() == {
        "a": 1,
        "b": ["x", {"c": "2017-02-30", "d": "yes"}],
        "e": {"f": True, "g": None, "h": 0.001},
    }
    assert [tree.find(path)[1].line for path in (["a"], ["b"], ["b", 0], ["b", 1, "d"], ["e", "h"])] == [1, 2, 3, 5, 6]


def test_steps_that_lead_nowhere_are_passed_over():
    tree = read_text(TEXT, "f", [])
    assert tree.find(["b", "list", 1, "zzz"])[0] == ("b", 1)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a: stands twice in this mapping, first on line 1: leave one out"),
        ("a: &x [*x]\n", 1, "a[0]: an alias stands inside what it stands for"),
        ("a:\n- !!int x\n", 2, "a[0]: 'x' is not what its tag tag:yaml.org,2002:int says"),
        ("? [a]\n: 1\n", 1, "a key must be one word"),
        ("a: *b\n", 1, "not YAML: found undefined alias 'b'"),
        ("a: 1\n\tb: 2\n", 2, "not YAML: "),
        ("a: 1\nb: \x07\n", 2, "not a text file: a control character stands in it"),
    ],
)
def test_what_is_wrong_has_its_line(text, line, message):
    problems = []
    read_text(text, "f", problems)
    assert [str(p).startswith(f"f:{line}: {message}") for p in problems] == [True]


def test_an_alias_may_stand_beside_what_it_stands_for():
    problems = []
    assert read_text("a: &x [1]\nb: *x\n", "f", problems).plain() == {"a": [1], "b": [1]}
    assert not problems


def test_moved_values_all_stand_at_one_place():
    moved = read_text(TEXT, "f", []).moved("--set", 0)
    assert moved.find(["b", 1, "d"])[1] == Located("yes", "--set", 0)


def test_swapped_letters_come_before_other_near_words():
    assert did_you_mean("PKR", ["UKR", "PRK"]) == "; did you mean 'PRK'?"
    assert did_you_mean("sorce", ["source", "note"]) == "; did you mean 'source'?"
    assert did_you_mean("zzz", ["source"]) == ""
