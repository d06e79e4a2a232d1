"""Mistakes of the user: a message, exit code 2, nothing written, no traceback."""

from pathlib import Path

import pytest

PRIORS = ("--priors", "priors.yaml")
BAD = {
    "missing file": (("run", "cup.yaml", *PRIORS), "cup.yaml: no such file; did you mean 'cap.yaml'?"),
    "missing reference": (("compare", "nothing", "cap.yaml", *PRIORS), "nothing: no such file"),
    "not a scenario": (("check", "priors.yaml"), "priors.yaml:2: level: unknown setting"),
    "missing priors": (("run", "cap.yaml", "--priors", "prior.yaml"), "prior.yaml: no such file"),
    "wrong setting": (("run", "cap.yaml", *PRIORS, "--set", "polices.x=1"), "did you mean 'policies'"),
    "wrong parameter": (("run", "cap.yaml", *PRIORS, "--set", "parameters.efect=1"), "did you mean 'effect'"),
    "wrong scale": (
        ("run", "cap.yaml", *PRIORS, "--scale", "big"),
        "--scale: 'big' is neither a number above 0 nor 1:1",
    ),
    "scale of nought": (("run", "cap.yaml", *PRIORS, "--scale", "0"), "--scale: "),
    "no replicates": (("run", "cap.yaml", *PRIORS, "--replicates", "0"), "--replicates"),
    "no workers": (("run", "cap.yaml", *PRIORS, "--workers", "0"), "--workers"),
    "unknown option": (("run", "cap.yaml", "--repliactes", "3"), "--replicates"),
    "unknown command": (("comapre", "base.yaml", "cap.yaml"), "compare"),
    "unknown measure": (("measures", "stok"), "did you mean 'stock'"),
    "foreign out": (("run", "cap.yaml", *PRIORS, "--out", "."), "not empty"),
    "out is a file": (("run", "cap.yaml", *PRIORS, "--out", "base.yaml"), "a file is in the way"),
    "out below a file": (("run", "cap.yaml", *PRIORS, "--out", "base.yaml/out"), "a file is in the way"),
    "unwritable out": (("run", "cap.yaml", *PRIORS, "--out", "/proc/out"), "cannot be written"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_and_nothing_is_written(neamig, tmp_path, case):
    arguments, message = BAD[case]
    before = snapshot(tmp_path)
    done = neamig(*arguments)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert snapshot(tmp_path) == before


def test_another_runs_directory_is_refused_and_kept(neamig, tmp_path):
    neamig("run", "cap.yaml", *PRIORS, "--out", "out")
    before = snapshot(tmp_path)
    done = neamig("run", "cap.yaml", *PRIORS, "--out", "out", "--seed", 2)
    assert done.returncode == 2
    assert "another run" in done.stderr
    assert snapshot(tmp_path) == before


def test_every_bad_file_is_named(neamig):
    done = neamig("check", "base.yaml", "priors.yaml", "nothing.yaml", *PRIORS)
    assert done.returncode == 2
    assert "base.yaml: right" in done.stdout
    assert "priors.yaml:" in done.stderr
    assert "nothing.yaml: no such file" in done.stderr


def test_a_fault_of_the_program_shows_its_traceback(neamig):
    done = neamig("run", "cap.yaml", *PRIORS, FAKE_MONTH_SECONDS="soon")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "ValueError" in done.stderr


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and what is in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
