"""Every bad input: the line, the path, and what was perhaps meant."""

import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario import ScenarioError, load_scenario

GOOD = """\
question: Does it bind?
start: 2000-01
end: 2005-12
policies:
  cap:
    kind: trial_cap
    nationality: PRK
    source: a law
"""
LAST = GOOD.count("\n")
ONE_SETTING = {
    "misspelt key": ("nationalty: PRK", "nationalty", "unknown setting; did you mean 'nationality'?"),
    "unlike any key": ("zzz: 1", "zzz", "unknown setting; there are kind, from, until"),
    "country": ("hosts: RSU", "hosts", "unknown country 'RSU'; did you mean 'RUS'?"),
    "country by its name": ("hosts: [KOR, Mongolia]", "hosts[1]", "unknown country 'Mongolia'; did you mean 'MNG'?"),
    "country in a map": ("compliance: {KRO: 1, default: 1}", "compliance.KRO", "'KRO'; did you mean 'KOR'?"),
    "country twice": ("hosts: [KOR, KOR]", "hosts", "names KOR twice"),
    "no country": ("hosts: []", "hosts", "names none: write at least one, or all"),
    "sector": ("sectors: [A03]", "sectors[0]", "unknown sector 'A03'; did you mean 'A0"),
    "port": ("port: no-such-port-at-all", "port", "unknown port 'no-such-port-at-all'"),
    "status": ("counts: [wrker]", "counts[0]", "unknown status 'wrker'; did you mean 'worker'?"),
    "impossible day": ("from: 2003-02-30", "from", "2003-02-30: there is no such day; February 2003 has 28 days"),
    "impossible month": ("from: 2003-13-01", "from", "2003-13-01: there is no month 13"),
    "short date": ("from: 2003-8-5", "from", "write 2003-08-05, not 2003-8-5"),
    "year only": ("from: 2003", "from", "2003 is not a date: write 2017-08-05, or a month as 2017-08"),
    "before the run": ("from: 1999-12-31", "from", "1999-12-31 lies before the run, 2000-01 to 2005-12"),
    "over before the run": (
        "until: 1999-12-31",
        "until",
        "1999-12-31 lies before the run, 2000-01 to 2005-12: the rule is over by then; "
        "remove it, or write `cap: null` where a parent states it",
    ),
    "after the run": ("from: 2006-01-01", "from", "2006-01-01 lies after the run, 2000-01 to 2005-12"),
    "until after the run": ("until: 2006-01-01", "until", "2006-01-01 lies after the run, 2000-01 to 2005-12"),
    "share above one": ("share: 1.5", "share", "a share lies between 0 and 1, not 1.5 (one percent is 0.01)"),
    "share below zero": ("share: -0.1", "share", "a share lies between 0 and 1, not -0.1"),
    "share not a number": ("share: .nan", "share", "a share lies between 0 and 1, not nan"),
    "share in words": ("share: half", "share", "must be a number between 0 and 1, not 'half'"),
    "share in a map": ("compliance: {KOR: 2, default: 1}", "compliance.KOR", "a share lies between 0 and 1, not 2"),
    "map without default": ("compliance: {KOR: 1}", "compliance", "give a 'default' for the hosts"),
    "negative quota": ("level: -5", "level", "must not be negative, and is -5"),
    "half a person": ("level: 1.5", "level", "must be a whole number, not 1.5, or must be at_adoption, not 1.5"),
    "misspelt word": ("level: at_adopton", "level", "did you mean 'at_adoption'?"),
    "true for a number": ("level: true", "level", "must be a whole number, not true"),
    "neither true nor false": ("refill: maybe", "refill", "must be true or false, not 'maybe'"),
    "nested key": (
        "exceptions: [{persns: 1, persons: 1, reason: x}]",
        "exceptions[0].persns",
        "did you mean 'persons'?",
    ),
    "nested, not a mapping": ("exceptions: [3]", "exceptions[0]", "must be a mapping of settings, not 3"),
    "key twice": ("source: another", "source", "stands twice in this mapping, first on line 8: leave one out"),
}
WHOLE_FILE = {
    "misspelt setting": ("qestion: a\n" + GOOD, 1, "qestion", "unknown setting; did you mean 'question'?"),
    "extends misspelt": ("extend: a.yaml\n" + GOOD, 1, "extend", "did you mean 'extends'?"),
    "unknown kind": (GOOD.replace("trial_cap", "trail_cap"), 6, "policies.cap.kind", "did you mean 'trial_cap'?"),
    "no kind": (GOOD.replace("kind: trial_cap", "level: 3"), 5, "policies.cap", "has no kind: give one of "),
    "no source": (GOOD.replace("    source: a law\n", ""), 5, "policies.cap.source", "is missing: say where the rule"),
    "empty source": (GOOD.replace("a law", '" "'), 8, "policies.cap.source", "must be a text with something in it"),
    "no question": (GOOD[GOOD.index("start") :], 1, "question", "is missing: ask in one sentence"),
    "missing setting": (GOOD.replace("    nationality: PRK\n", ""), 5, "policies.cap.nationality", "is missing"),
    "ends early": (GOOD.replace("2005-12", "1999-12"), 3, "end", "the run ends (1999-12) before it starts (2000-01)"),
    "starts inside a month": (GOOD.replace("2000-01", "2000-01-15"), 2, "start", "start on the first, 2000-01"),
    "step": (GOOD + "step: week\n", LAST + 1, "step", "must be month, not 'week'"),
    "another world": (GOOD + "world: mars\n", LAST + 1, "world", "must be northeast_asia or tumen_1961, not 'mars'"),
    "policies are a list": ("question: x\npolicies: []\n", 2, "policies", "must be a mapping, not a list"),
    "policies are nothing": ("question: x\npolicies:\n", 2, "policies", "must be a mapping, not null"),
    "a policy is a number": (
        "question: x\npolicies:\n  a: 3\n",
        3,
        "policies.a",
        "must be a mapping of settings, not 3",
    ),
    "a name with a dot": ("question: x\npolicies:\n  a.b: 3\n", 3, "policies.a.b", "made of letters, digits, _ and -"),
    "nothing to remove": ("question: x\npolicies:\n  a: null\n", 3, "policies.a", "null removes what no parent has"),
    "until before from": (
        GOOD + "    from: 2003-05-01\n    until: 2003-04-30\n",
        LAST + 2,
        "policies.cap.until",
        "the rule ends on 2003-04-30 before it begins on 2003-05-01",
    ),
    "a kind's own rule": (
        GOOD + "    level: 3\n    share: 0.1\n",
        5,
        "policies.cap",
        "give a level or a share, not both",
    ),
    "bare parameter": ("question: x\nparameters:\n  tie: 0.5\n", 3, "parameters.tie", "must be a mapping of settings"),
    "no source of a parameter": (
        "question: x\nparameters:\n  tie: {value: 0.5}\n",
        3,
        "parameters.tie.source",
        "missing",
    ),
    "no such prior": (
        "question: x\nparameters:\n  tei: {value: 0.5, source: s}\n",
        3,
        "parameters.tei",
        "no prior has this name; did you mean 'tie'?",
    ),
    "outside its range": (
        "question: x\nparameters:\n  tie:\n    value: 3\n    source: s\n",
        4,
        "parameters.tie.value",
        "3 lies outside the prior's range, 0.1 to 1 1",
    ),
    "infinite parameter": (
        "question: x\nparameters:\n  tie: {value: .inf, source: s}\n",
        3,
        "parameters.tie.value",
        "must be a finite number, not inf",
    ),
    "not YAML": ("question: [a\nstart: 2000-01\n", 2, "", "not YAML: "),
    "two documents": ("question: a\n---\nquestion: b\n", 2, "", "not YAML: "),
    "empty": ("", 1, "", "the file is empty: a scenario was expected"),
    "only a comment": ("# nothing\n", 1, "", "the file is empty: a scenario was expected"),
    "a list": ("- a\n", 1, "", "not a mapping: a scenario was expected"),
    "a sentence": ("hello world\n", 1, "", "not a mapping: a scenario was expected"),
}


@pytest.mark.parametrize("case", ONE_SETTING)
def test_a_wrong_setting_is_named_with_its_line(problems, case):
    line, path, message = ONE_SETTING[case]
    found = problems(GOOD + f"    {line}\n")
    assert [(p.line, p.path) for p in found] == [(LAST + 1, f"policies.cap.{path}")]
    assert message in found[0].message


@pytest.mark.parametrize("case", WHOLE_FILE)
def test_a_wrong_file_is_named_with_its_line(problems, case):
    text, line, path, message = WHOLE_FILE[case]
    found = problems(text)
    assert [(p.line, p.path) for p in found] == [(line, path)]
    assert message in found[0].message


def test_a_good_file_has_no_problems(write):
    assert load_scenario(write(GOOD)).policies["cap"].source == "a law"


def test_several_problems_are_told_together_by_line(problems):
    found = problems(
        """
        nme: several
        question: How many?
        step: week
        policies:
          one: {kind: trial_cap, nationality: PRK, hosts: RSU, source: s}
          two:
            kind: trial_cap
            level: -1
          three: {kind: trial_cap, nationality: CHN, from: 1999-01-01, source: s}
          four: {kind: trial_cap, nationality: CHN, from: 2001-01-01, source: s}
          one: {kind: trial_shock, factor: x, source: s}
        parameters: {tei: {value: 1, source: s}}
        """
    )
    assert [(p.line, p.path) for p in found] == [
        (1, "nme"),
        (3, "step"),
        (6, "policies.two.nationality"),
        (6, "policies.two.source"),
        (8, "policies.two.level"),
        (9, "policies.three.from"),
        (10, "policies.four"),
        (11, "policies.one"),
        (11, "policies.one.factor"),
        (12, "parameters.tei"),
    ]


def test_a_line_says_file_line_path_and_what_is_wrong(write):
    path = write(GOOD + "    hosts: RSU\n")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert str(caught.value) == f"{path}:9: policies.cap.hosts: unknown country 'RSU'; did you mean 'RUS'?"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"question: a\x00b\n", b"\xff\xfeq\x00"])
def test_a_binary_file_is_no_text(tmp_path, content):
    path = tmp_path / "binary.yaml"
    path.write_bytes(content)
    with pytest.raises(ScenarioError, match=r"binary\.yaml:1: not a text file"):
        load_scenario(path)


def test_a_file_that_is_not_there_has_its_neighbour_named(write):
    there = write(GOOD, "baseline.yaml")
    with pytest.raises(ScenarioError, match=r"basline\.yaml: no such file; did you mean 'baseline\.yaml'\?"):
        load_scenario(there.with_name("basline.yaml"))


def test_a_file_of_a_folder_there_is_named_too_and_one_quite_unlike_is_not(tmp_path):
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "baseline.yaml").write_text("name: x")
    with pytest.raises(ScenarioError, match=r"no such file; did you mean 'scenarios/baseline\.yaml'\?"):
        load_scenario(tmp_path / "baseline")
    with pytest.raises(ScenarioError, match=r"no such file$"):
        load_scenario(tmp_path / "scenarios" / "x.yaml")


def test_a_folder_is_no_file(tmp_path: Path):
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_scenario(tmp_path)


def test_the_error_survives_pickling(problems):
    error = ScenarioError(problems(GOOD + "    hosts: RSU\n"))
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cut=st.integers(0, len(GOOD)),
    length=st.integers(0, 12),
    put=st.text(st.sampled_from("\n\t :-[]{}#&*!|>'\"%@,0x~é\0")),
)
def test_a_damaged_file_is_read_or_refused_with_a_line(tmp_path, cut, length, put):
    path = tmp_path / "damaged.yaml"
    path.write_text(GOOD[:cut] + put + GOOD[cut + length :], encoding="utf-8")
    try:
        load_scenario(path)
    except ScenarioError as error:
        assert all(problem.line > 0 and problem.message for problem in error.problems)
