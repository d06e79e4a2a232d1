"""neamig ablate, with the fake model."""

import json

import pytest

FILES = ("--priors", "priors.yaml", "--mechanisms", "mechanisms.yaml")
ABLATE = ("ablate", "base.yaml", "cap.yaml", *FILES, "--replicates", 3, "--point", "--out", "out")


def test_the_table_says_what_moves_and_what_does_not(neamig, tmp_path):
    done = neamig(*ABLATE, "--markdown", "page.md")
    assert (done.returncode, done.stderr) == (0, "")
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
    assert summary["moves_nothing"] == ["idle"]


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
