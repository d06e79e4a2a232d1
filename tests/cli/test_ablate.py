"""neamig ablate, with the fake model."""

import json
from pathlib import Path
from typing import Any

import pytest

from sim.cli.moved import ROWS, show_ablation
from sim.experiments.experiment import Outcome
from tests.cli.conftest import but_for_the_start

FILES = ("--priors", "priors.yaml", "--mechanisms", "mechanisms.yaml")
ABLATE = ("ablate", "base.yaml", "cap.yaml", *FILES, "--replicates", 3, "--point", "--out", "out")


def test_the_table_says_what_moves_and_what_does_not(neamig, tmp_path):
    done = neamig(*ABLATE, "--markdown", "page.md")
    assert (done.returncode, but_for_the_start(done.stderr)) == (0, "")
    shown = " ".join(done.stdout.split())
    assert "cap, against base 3 replicates, seed 1, scale 1, parameters at their point values" in shown
    assert "taking The cap takes workers away. People abroad" in shown
    assert "idle Nothing reads it. moves nothing" in shown
    assert "MOVES NOTHING AT ALL, not one of these numbers differs in any replicate: idle." in shown
    assert "Results: out" in shown
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert page.startswith("# Mechanisms switched off one by one: cap, against base\n")
    assert "--markdown page.md`" in page and "numba" in page
    assert "| `idle` | Nothing reads it. (5.1) | moves nothing |" in page
    assert len({line.count("|") for line in page.splitlines() if line.startswith("|")}) == 1, "every row has all cells"
    assert "nothing to compute" in neamig(*ABLATE).stdout


def test_json_is_the_summary_and_nothing_else(neamig, tmp_path):
    done = neamig(*ABLATE, "--only", "idle", "--only", "taking", "--json")
    summary = json.loads(done.stdout)
    assert summary.pop("out") == "out"
    assert summary == json.loads((tmp_path / "out" / "summary.json").read_text())
    assert [each["name"] for each in summary["mechanisms"]] == ["taking", "idle"]
    assert [each["verdict"] for each in summary["mechanisms"]] == ["moves", "dead"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--only", "takin"), "--only: unknown mechanism 'takin'; did you mean 'taking'?"),
        (("--mechanisms", "base.yaml"), "base.yaml:2: name: must be a mapping with says, off, where"),
        (("--mechanisms", "none.yaml"), "none.yaml: no such file"),
        (("--markdown", "none/page.md"), "--markdown: there is no directory none"),
        (("--markdown", "."), "'.' is a directory"),
        (("--replicates", 1), "--replicates: 1 is too few for an interval; give 2 or more"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(neamig, tmp_path, arguments, message):
    done = neamig(*ABLATE, *arguments)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def pattern(name: str, times: float | None, moves: str) -> dict[str, Any]:
    named = dict.fromkeys(("on", "off"), times) | {"times": times, "low": times, "high": times}
    return named | {"pattern": name, "moves": moves, "target": "a", "target_on": 1.0, "target_off": 2.0}


def headline(name: str, change: float, width: float) -> dict[str, Any]:
    numbers = {"on": 0.0, "off": change, "change": change, "low": change - width, "high": change + width}
    return numbers | {"scenario": "cap", "name": name, "unit": "persons", "moves": abs(change) > width}


def test_the_most_stands_first_and_the_rest_is_counted(capsys):
    """Errors by factor, then counts; differences by how far they stand out, whatever their unit."""
    patterns = [pattern("checks", None, "counts"), pattern("idle_ones", 9.0, ""), pattern("near", 0.25, "error")]
    patterns += [pattern("far", 3.0, "error"), pattern("some", 1.5, "error"), pattern("least", 1.1, "error")]
    headlines = [headline("Money", 1e9, 9e8), headline("People", 100, 1)]
    mechanism = {"name": "m", "says": "It does.", "where": "5.1", "patterns": patterns, "headlines": headlines}
    summary = dict.fromkeys(("from", "to"), "2000-01-01") | {"scenarios": ["base", "cap", "ban"], "together": 0.9}
    summary |= {"replicates": 3, "seed": 1, "scale": 1.0, "point": True}
    summary |= {
        "patterns": 6,
        "counts": 9,
        "headlines": 2,
        "mechanisms": [mechanism | {"verdict": "moves"}],
    }
    show_ablation(Outcome(Path("out"), summary, 1), as_json=False)
    shown = capsys.readouterr().out
    order = [
        "error, near",
        "error, far",
        "error, some",
        "error, least",
        "People [cap]",
        "Money [cap]",
        "and 1 more: checks",
    ]
    assert ROWS == 4
    assert sorted(order, key=shown.index) == order
    assert "idle ones" not in shown and "MOVES NOTHING" not in shown
    assert "nearer, ×0.25" in shown and "farther, ×3" in shown
    assert "Nearer to what is documented without it: m (near)." in shown
    assert "cap, ban, against base" in shown and "(6 errors, 9 counts, 2 differences)" in " ".join(shown.split())


def test_what_moves_nothing_is_told_with_what_comes_nearest(capsys):
    parts = {"patterns": [pattern("stays", 1.0, "")], "headlines": [headline("People", 9, 10), headline("Money", 0, 5)]}
    rest = {"name": "m", "says": "It does.", "where": "5.1", "verdict": "undecided"}
    dead = {"name": "d", "says": "No.", "where": "5.1", "verdict": "dead", "patterns": [], "headlines": []}
    summary = dict.fromkeys(("from", "to"), "2000-01-01") | {"scenarios": ["base", "cap"], "together": 0.9}
    summary |= {"replicates": 3, "seed": 1, "scale": 1.0, "point": False, "patterns": 1, "counts": 1, "headlines": 2}
    show_ablation(Outcome(Path("out"), summary | {"mechanisms": [parts | rest, dead]}, 0), as_json=False)
    shown = " ".join(capsys.readouterr().out.split())
    assert "It does. undecided nearest: People 0 +9 +9 (−1 to +19) persons d No. moves nothing UNDECIDED" in shown
    assert "which more replicates would tell: m. MOVES NOTHING AT ALL, not one" in shown
    assert "in any replicate: d. Complete already" in shown
