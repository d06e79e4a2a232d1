"""The report and the spreadsheet on the command line: several scenarios, compared by the model itself, coarse."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import REAL, Done, call

BASE = """
name: "=1+1"
question: What happens in some months without a cap?
start: 2016-07
end: 2016-12
"""
CAP = """
name: {name}
extends: base.yaml
question: What does a cap of {level} do?
policies:
  cap:
    kind: stock_cap
    nationality: PRK
    hosts: all
    level: {level}
    from: 2016-08-01
    refill: true
    source: for tests
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which three scenarios were compared, with the report that came with it."""
    where = tmp_path_factory.mktemp("report")
    (where / "base.yaml").write_text(BASE)
    for name, level in (("low", 1000), ("high", 20000)):
        (where / f"{name}.yaml").write_text(CAP.format(name=name, level=level))
    options = ("--out", "out", "--scale", "100", "--replicates", "1")
    done = call(REAL, where, ("compare", "base.yaml", "low.yaml", "high.yaml", *options), {})
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("Results: out\nReport: out/report.html\n")
    assert "low, against =1+1" in done.stdout and "high, against =1+1" in done.stdout
    return where


def neamig(folder: Path, *words: str, **environment: str) -> Done:
    return call(REAL, folder, words, environment)


def test_the_report_is_made_again_from_the_results_alone(folder: Path) -> None:
    before = (folder / "out" / "report.html").read_bytes()
    (folder / "out" / "report.html").unlink()
    done = neamig(folder, "report", "out")
    assert (done.returncode, done.stdout) == (0, "Report: out/report.html\n")
    assert (folder / "out" / "report.html").read_bytes() == before


def test_without_a_browser_printing_says_what_to_do(folder: Path) -> None:
    done = neamig(folder, "report", "out", "--pdf", PATH="")
    assert done.returncode == 2
    assert "install Chromium, or open out/report.html and print it" in done.stderr


def test_no_results_no_report(folder: Path) -> None:
    for command in ("report", "export"):
        done = neamig(folder, command, "elsewhere")
        assert done.returncode == 2
        assert "elsewhere/manifest.json: not found" in done.stderr


def test_csv_holds_the_numbers_of_the_summary(folder: Path) -> None:
    done = neamig(folder, "export", "out", "--to", "csv")
    assert done.returncode == 0, done.stderr
    with (folder / "out" / "csv" / "headline.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    summary = json.loads((folder / "out" / "summary.json").read_text())
    wanted = [(x["scenario"], row["measure"], row["mean"]) for x in summary["comparisons"] for row in x["headline"]]
    assert [(row["scenario"], row["measure"], float(row["mean"])) for row in rows] == wanted


@pytest.mark.parametrize(
    ("to", "name", "told"),
    [
        ("xlsx", "q.csv", "--as q.csv: a workbook's name ends in .xlsx; change --as, or give --to csv"),
        ("xlsx", "q", "--as q: a workbook's name ends in .xlsx"),
        ("csv", "q.csv", "--as q.csv: --to csv writes a directory of files; leave .csv out of --as"),
        ("csv", "q.XLSX", "leave .XLSX out of --as, or give --to xlsx"),
        ("csv", "base", "base: cannot be written: File exists; give another --as"),
        ("xlsx", "base/q.xlsx", "base: cannot be written: File exists; give another --as"),
        ("xlsx", "folder.xlsx", "folder.xlsx: is a directory, and a workbook is one file; give another --as"),
    ],
)
def test_a_name_that_does_not_fit_is_refused(folder: Path, to: str, name: str, told: str) -> None:
    (folder / "base").touch()
    (folder / "folder.xlsx").mkdir(exist_ok=True)
    before = sorted(folder.iterdir())
    done = neamig(folder, "export", "out", "--to", to, "--as", name)
    assert done.returncode == 2
    assert told in done.stderr
    assert sorted(folder.iterdir()) == before


def test_text_in_a_workbook_is_no_formula(folder: Path) -> None:
    done = neamig(folder, "export", "out", "--to", "xlsx", "--as", "book.xlsx")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / "book.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(done.stdout.splitlines()) - 1
        assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
        assert not any(b"<f>" in book.read(name) for name in sheets)
