"""The command line with the model itself: two years, coarse."""

import json

import pandas as pd

import sim
from sim.results.store import digest_series, open_differences

BASE = """
name: short baseline
question: What happens in two years without a cap?
start: 2017-01
end: 2018-12
"""
CAP = """
name: short cap
extends: base.yaml
question: What does a cap do within two years?
policies:
  cap:
    kind: stock_cap
    nationality: PRK
    hosts: all
    level: at_adoption
    from: 2017-08-05
    refill: true
    compliance: {default: 1.0}
    source: UNSCR 2371 (2017) para. 11
"""
COARSE = ("--scale", "50", "--replicates", "2", "--point")


def test_compare_from_yaml_to_summary(real_neamig, tmp_path):
    (tmp_path / "base.yaml").write_text(BASE)
    (tmp_path / "cap.yaml").write_text(CAP)
    done = real_neamig("compare", "base.yaml", "cap.yaml", "--out", "out", "--json", *COARSE)
    assert done.returncode == 0, done.stderr
    assert "Report: out/report.html" in done.stderr, "beside the JSON on the standard output"
    assert (tmp_path / "out" / "report.html").exists()
    summary = json.loads(done.stdout)
    assert summary["changed_policies"] == ["cap"]
    assert {row["limit"].partition("/")[0] for row in summary["binds"] if row["changed"]} == {"cap"}
    for account in ("job", "worker"):
        assert abs(sum(summary["leakage"][account].values()) - summary["leakage"]["blocked"]) < 1e-6
    differences = open_differences(tmp_path / "out")
    before = differences[differences["date"] < pd.Timestamp("2017-09-01")]
    assert len(before) and (before["value"] == 0).all()


def test_two_processes_and_a_notebook_give_one_digest(real_neamig, tmp_path):
    (tmp_path / "base.yaml").write_text(BASE.replace("2018-12", "2017-06"))
    for workers in (1, 2):
        done = real_neamig("run", "base.yaml", "--out", f"out{workers}", "--workers", workers, *COARSE[:-1])
        assert done.returncode == 0, done.stderr
    outcome = sim.run(tmp_path / "base.yaml", scale=50, replicates=2, out=tmp_path / "notebook")
    digests = {digest_series(out) for out in (tmp_path / "out1", tmp_path / "out2", outcome.out)}
    assert len(digests) == 1


def test_a_profile_names_the_mechanisms_after_the_results(real_neamig, tmp_path):
    (tmp_path / "base.yaml").write_text(BASE.replace("2018-12", "2017-03"))
    done = real_neamig("run", "base.yaml", "--out", "out", "--scale", "200", "--profile")
    assert done.returncode == 0, done.stderr
    results, _, profile = done.stdout.partition("Results: out")
    assert "intentions" in profile and "intentions" not in results
    assert "Profile: out/profile.json" in profile
    assert "no profile" in real_neamig("run", "base.yaml", "--out", "out", "--scale", "200", "--profile").stdout
