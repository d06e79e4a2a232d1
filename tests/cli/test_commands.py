"""What each command prints, and where."""

import json

import pytest

import sim
from sim.cli import COMMANDS
from sim.cli.show import show_table
from sim.experiments.limits import WORK_ALONE

COMPARE = (
    "compare",
    "base.yaml",
    "cap.yaml",
    "--priors",
    "priors.yaml",
    "--out",
    "out",
    "--replicates",
    2,
    "--no-report",
)
HEAVY = (
    "pandas",
    "matplotlib",
    "jinja2",
    "numba",
    "mesa",
    "pyarrow",
    "distributed",
    "pydantic",
    "scipy",
    "numpy",
    "ruamel.yaml",
)


def test_help_lists_every_command_and_loads_nothing_heavy(real_neamig):
    done = real_neamig("--help", PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    assert all(command.__name__ in done.stdout for command in COMMANDS)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "typer" in loaded
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize("command", [command.__name__ for command in COMMANDS])
def test_every_command_explains_itself(neamig, command):
    done = neamig(command, "--help")
    assert done.returncode == 0
    assert f"neamig {command}" in done.stdout


def test_version(neamig):
    assert neamig("--version").stdout == f"neamig {sim.__version__}\n"


def test_compare_prints_tables_and_where_the_results_lie(neamig):
    done = neamig(*COMPARE)
    assert done.returncode == 0
    (warning,) = done.stderr.splitlines()
    assert warning.startswith("warning: base.yaml:4: start: the run begins in 2017-01 with the stocks of 2000-01"), (
        "and no progress where there is no terminal"
    )
    for words in ("cap, against base", "P(>0)", "sd, chance", "sd, parameters", "PRK in RUS", "Results: out"):
        assert words in done.stdout
    assert "nothing to compute" in neamig(*COMPARE).stdout


def test_json_is_the_summary_and_nothing_else(neamig, tmp_path):
    done = neamig(*COMPARE, "--json")
    summary = json.loads(done.stdout)
    assert summary.pop("out") == "out"
    assert summary == json.loads((tmp_path / "out" / "summary.json").read_text())
    wanted = {"measure", "mean", "low", "high", "chance_sd", "parameter_sd", "p_positive", "sentence"}
    assert all(wanted <= row.keys() for row in summary["headline"])


def test_a_narrow_terminal_gets_fewer_columns(monkeypatch, capsys):
    monkeypatch.setattr("sim.cli.show.PLAIN_WIDTH", 40)
    heads = ("what", "spread", "difference")
    show_table(heads, [("People abroad, PRK in RUS", "12", "−1,000")], "", heads[1:], spare=("spread",))
    shown = capsys.readouterr().out
    assert "spread  " not in shown
    assert "People abroad, PRK in RUS  " in shown
    assert "The terminal is too narrow for: spread." in shown


def test_limits_and_both_accounts_are_printed(neamig):
    done = neamig("run", "cap.yaml", "--priors", "priors.yaml", "--out", "out")
    assert done.returncode == 0
    assert "P(binds)" in done.stdout
    assert "work requests blocked" in done.stdout
    assert "cap RUS 900 1.00 18 54" in " ".join(done.stdout.split())
    assert WORK_ALONE not in done.stdout, "where each limit that refused somebody refused a request"


def test_a_limit_that_refused_people_and_no_request_says_why_none_is_counted(neamig, monkeypatch):
    monkeypatch.setattr("tests.fake_model.REFUSED", 0)
    done = neamig("run", "cap.yaml", "--priors", "priors.yaml", "--out", "out")
    assert "cap RUS 900 1.00 18 0" in " ".join(done.stdout.split())
    assert WORK_ALONE in done.stdout


def test_settings_of_the_command_line_reach_the_scenario(neamig, tmp_path):
    wanted = ("--set", "parameters.effect=40", "--set", "end=2017-12", "--json")
    done = neamig("run", "cap.yaml", "--priors", "priors.yaml", "--out", "out", *wanted)
    assert json.loads(done.stdout)["to"] == "2017-12-01"
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["runs"][0]["params"]["effect"] == 40
    assert "--set parameters.effect=40" in manifest["command"]


def test_settings_other_than_policies_hold_for_both_scenarios(neamig):
    done = neamig(*COMPARE, "--set", "end=2017-12", "--json")
    assert json.loads(done.stdout)["to"] == "2017-12-01"


def test_measures_and_facts_are_listed(neamig):
    assert "returned_against_art33" in neamig("measures").stdout
    measures = json.loads(neamig("measures", "stock", "--json").stdout)["measures"]
    assert [each["unit"] for each in measures] == ["persons"]
    facts = json.loads(neamig("facts", "quota", "--json").stdout)["facts"]
    assert facts and all(each["source"] for each in facts)
    assert "S066" in neamig("facts", "quota").stdout
    assert neamig("facts", "35,000").stdout == neamig("facts", "35000").stdout != ""
    assert "no fact" in neamig("facts", "xyzzy").stdout


def test_check_says_what_is_right(neamig):
    done = neamig("check", "base.yaml", "cap.yaml", "--priors", "priors.yaml")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "base.yaml: right (0 policies, 24 months)",
        "cap.yaml: right (0 policies, 24 months)",
    ]


def test_schema_is_json(neamig):
    assert "policies" in json.loads(neamig("schema").stdout)["properties"]


def test_public_names_are_imported_on_first_use():
    assert {"MigrationModel", "compare", "load_scenario", "run"} <= set(dir(sim))
    assert callable(sim.compare)
    with pytest.raises(AttributeError, match="no attribute 'comparison'"):
        _ = sim.comparison


def test_treaties_say_who_is_bound_and_what_follows_or_why_nothing(neamig):
    standings = neamig("treaties").stdout
    row = next(line.split() for line in standings.splitlines() if line.startswith("Mongolia "))
    assert row[1:] == ["r", "r", "r", "r", "a*", "r", *"–a–––––"], "as in Table 2"
    assert "* Mongolia, CAT: bound from 2002-02-23." in standings
    effects = " ".join(neamig("treaties", "--effects").stdout.split())
    assert "Refugee Convention party = 1 each party Art. 33(1)" in effects
    assert "+ protect_by_accession" in effects
    assert "- CRC: It protects children" in effects
    told = json.loads(neamig("treaties", "--json").stdout)
    assert len(told["treaties"]) == 13
    lines = {line["treaty"] for line in told["effects"]}
    assert all(bool(t["no_effect"]) != ((t["through"] or t["id"]) in lines) for t in told["treaties"])
