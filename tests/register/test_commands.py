"""Each command of `neamig` is carried out in a folder of two small scenarios, and prints or writes what it is for.

Where a run would take long the fake model stands in; a life is told of the model itself, two months long and coarse.
"""

import pytest
from typer.testing import CliRunner

from sim.cli import COMMANDS, app
from sim.experiments import replicate
from tests.fake_model import FakeModel, write_files

PRIORS = ("--priors", "priors.yaml")
TWICE = (*PRIORS, "--replicates", "2", "--out", "out")
LAW = """
name: law
question: What holds?
start: 2017-01
end: 2017-02
policies: {cap: {kind: stock_cap, nationality: PRK, level: at_adoption, source: UNSCR 2371 para. 11}}
"""
# What is typed, and words of the answer
DONE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "run": (("base.yaml", *TWICE), ("What happens without the cap?", "Results: out")),
    "compare": (("base.yaml", "cap.yaml", *TWICE, "--no-report"), ("cap, against base", "P(>0)", "Results: out")),
    "report": (("done",), ("done/report.html",)),
    "export": (("done", "--to", "csv", "--as", "sheets"), ("sheets",)),
    "check": (("law.yaml",), ("law.yaml: right (1 policy, 2 months)",)),
    "schema": ((), ('"stock_cap"', "json-schema.org")),
    "facts": (("S067",), ("long-run DPRK stock",)),
    "fit": (("--scale", "2000"), ("arrivals_CHN_2001", "documented")),
    "ablate": (
        ("base.yaml", "cap.yaml", "--mechanisms", "mechanisms.yaml", *TWICE), ("taking", "MOVES NOTHING AT ALL"),
    ),
    "measures": (("arrived_kor",), ("North Koreans who reached the Republic of Korea.",)),
    "explain": (("law.yaml", "--date", "2017-02"), ("law: rules in force in February 2017", "UNSCR 2371 para. 11")),
    "new": (("mine", "--extends", "base.yaml"), ("mine.yaml is written",)),
    "trace": (("law.yaml", "--where", '"RUS" in hosts', "--scale", "1000"), ("works in Primorye on a contract",)),
    "treaties": ((), ("Mongolia", "Trafficking Protocol")),
    "statuses": ((), ("# Legal statuses", "| home | hire | worker |")),
    "tables": (("measures",), ("# Measures", "| `arrived_kor` |")),
}  # fmt: skip


FAKED = ("run", "compare", "ablate")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the scenarios, in which commands are typed."""
    write_files(tmp_path)
    (tmp_path / "law.yaml").write_text(LAW, encoding="utf-8")
    (tmp_path / "free.yaml").write_text(LAW.replace("law", "free").partition("policies")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_is_carried_out():
    assert set(DONE) == {command.__name__ for command in COMMANDS}


@pytest.mark.parametrize("command", DONE)
def test_a_command_does_what_it_is_for(command, folder, monkeypatch):
    words, answer = DONE[command]
    if command in FAKED:
        monkeypatch.setattr(replicate, "build_model", FakeModel)
    if words[:1] == ("done",):
        once = ("--scale", "1000", "--replicates", "1", "--point", "--no-report", "--out", "done")
        CliRunner().invoke(app, ["compare", "free.yaml", "law.yaml", *once])
    done = CliRunner().invoke(app, [command, *words])
    assert done.exception is None and done.exit_code == 0
    assert [word for word in answer if word not in " ".join(done.stdout.split())] == []


def test_what_is_written_lies_where_it_says(folder):
    CliRunner().invoke(app, ["new", "mine", "--extends", "base.yaml"])
    assert "extends: base.yaml" in (folder / "mine.yaml").read_text(encoding="utf-8")
