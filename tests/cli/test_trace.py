"""neamig trace, with the model itself: a year, coarse."""

import json

import pytest

from tests.cli.conftest import but_for_the_start

BASE = """
name: short
question: Who lives how?
start: 2017-01
end: 2017-12
policies:
  cap: {kind: stock_cap, nationality: PRK, level: at_adoption, from: 2017-02-05, source: UNSCR 2371 para. 11}
"""
COARSE = ("--scale", 100)


@pytest.fixture
def trace(neamig_here, tmp_path):
    """Trace lives of a short scenario."""
    (tmp_path / "short.yaml").write_text(BASE)
    return lambda *arguments: neamig_here("trace", "short.yaml", *arguments)


def test_a_life_is_told_with_dates_and_reasons(real_neamig, tmp_path):
    (tmp_path / "short.yaml").write_text(BASE)
    asked = ("--where", 'nationality == "PRK" and hired and "RUS" in hosts', *COARSE)
    done = real_neamig("trace", "short.yaml", *asked)
    assert (done.returncode, but_for_the_start(done.stderr)) == (0, "")
    shown = " ".join(done.stdout.split())
    assert "short: replicate 1, seed 1, scale 100" in shown
    assert 'with nationality == "PRK" and hired and "RUS" in hosts; 1 told here' in shown
    for words in (
        "2017-01",
        "is hired by",
        "brought by Ministry of External Economic Relations",
        "USD owed",
        "journeys",
    ):
        assert words in shown


def test_json_and_the_same_head_by_its_name(trace):
    picked = json.loads(trace("--where", 'sector == "F" and returned', "--count", 2, "--json", *COARSE).stdout)
    assert picked["found"] >= 2 and len(picked["people"]) == 2
    first = picked["people"][0]
    assert {"date", "word", "says", "mechanism", "host", "rules", "limits", "broker"} <= first["life"][0].keys()
    assert [entry["date"] for entry in first["life"]] == sorted(entry["date"] for entry in first["life"])
    assert "returned" in {entry["word"] for entry in first["life"]}
    named = json.loads(trace("--person", first["person"], "--json", *COARSE).stdout)
    assert named["people"] == [first]


def test_the_words_of_a_condition_are_listed(trace):
    shown = trace("--words").stdout
    assert "nationality" in shown and "handed_over" in shown and "asylum_seeker" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give either --person or --where; find one with --where"),
        (("--where", "nationality == 'PKR'"), "--where: nationality is never 'PKR'; did you mean 'PRK'?"),
        (("--where", "retruned"), "--where: there is no 'retruned'; did you mean 'returned'?"),
        (("--where", "__import__('os')"), "is no condition"),
        (("--where", "citizen and not citizen"), "--where: nobody of"),
        (("--person", "prk_rusia/1"), "--person: there is no group 'prk_rusia'; did you mean 'prk_russia'?"),
        (("--person", "prk_russia"), "--person: the heads of prk_russia are prk_russia/0 to prk_russia/9; find one"),
        (("--person", "prk_russia/0", "--replicate", 0), "--replicate"),
    ],
)
def test_bad_input_is_told(trace, arguments, message):
    done = trace(*arguments, "--scale", 1000, "--set", "end=2017-01")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
