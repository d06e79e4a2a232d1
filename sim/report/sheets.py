"""Sheets: results as tables for a spreadsheet, with all digits: CSV files, or one workbook of Excel."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments import several
from sim.experiments.spread import HIGH, LOW
from sim.experiments.tally import CELL, Tally
from sim.results.files import StoreError, check_writable
from sim.results.measures import MEASURES
from sim.results.store import Store

OPTION = "--as"  # of the command line, that says where tables are written
ACCOUNTS = ("job", "worker")
BY = ["scenario", "measure", "nationality", "host", "origin", "year"]
READ = [*CELL, "status", "date", "value"]
PERCENT = 100
ROWS = 1_048_576  # that a sheet of a workbook has room for, the head included
Frames = dict[str, pd.DataFrame]
Row = dict[str, Any]


def sheets(out: Path) -> Frames:
    """Return the results of a finished run or comparison as tables by name.

    headline, harm, limits, refused : the parts of summary.json, with a column for the scenario.
    years : mean and 5th and 95th percentile over replicates of each headline measure and each of harm, by scenario,
        nationality, host and year; flows added up over the year, stocks averaged over its months.
    about : the command, seed and versions.

    Raises
    ------
    StoreError : the directory holds no finished results.
    """
    store = Store(out)
    summary = store.summary()
    if summary is None:
        raise StoreError(f"{out}: is not finished, or holds no results; the command that made it goes on with it")
    summaries = several.each(summary)
    parts = {"headline": "headline", "harm": "harm", "limits": "binds"}
    frames = {name: _frame(_rows(summaries, key)) for name, key in parts.items()}
    frames |= {"refused": _frame(_fates(summaries)), "years": _years(store), "about": _about(store.manifest())}
    return {name: frame for name, frame in frames.items() if len(frame)}


def write_csv(frames: Frames, to: Path) -> Path:
    """Write each table as a CSV file into a directory (UTF-8, with the mark that Excel looks for); return it.

    StoreError if the directory cannot be made or written.
    """
    check_writable(to, OPTION)
    for name, frame in frames.items():
        frame.to_csv(to / f"{name}.csv", index=False, encoding="utf-8-sig")
    return to


def write_xlsx(frames: Frames, to: Path) -> Path:
    """Write the tables as the sheets of one workbook and return it; text stays text, even if it looks like a formula.

    Raises
    ------
    StoreError : it cannot be written there; or a table has more rows than a sheet, while CSV has no such bound.
    """
    check_writable(to.parent, OPTION)
    if to.is_dir():
        raise StoreError(f"{to}: is a directory, and a workbook is one file; give another {OPTION}")
    for name, frame in frames.items():
        if len(frame) >= ROWS:
            raise StoreError(f"{to}: {name} has {len(frame):,} rows, more than a sheet can hold; write --to csv")
    plain = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(to, engine="xlsxwriter", engine_kwargs=plain) as book:
        for name, frame in frames.items():
            frame.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
    return to


def _rows(summaries: list[Row], key: str) -> Iterator[Row]:
    """Give the entries of one part of the summaries, each with its scenario and reference."""
    for summary in summaries:
        names = {name: summary[name] for name in ("scenario", "reference") if name in summary}
        for row in summary.get(key, ()):
            yield names | row


def _fates(summaries: list[Row]) -> Iterator[Row]:
    """Give what became of the requests that the changed limits refused, or any limit where nothing is compared."""
    for summary in summaries:
        accounts = summary["leakage"] if "reference" in summary else summary["leakage"]["all_limits"]
        for account in ACCOUNTS:
            for fate, persons in accounts[account].items():
                yield {"scenario": summary["scenario"], "account": account, "fate": fate, "persons": persons}


def _years(store: Store) -> pd.DataFrame:
    rows = pd.concat([_of_scenario(store, name) for name in store.manifest()["scenarios"]], ignore_index=True)
    first = pd.DataFrame({"unit": [MEASURES[name].unit for name in rows["measure"]]}, rows.index)
    return pd.concat([rows[BY], first, rows.drop(columns=BY)], axis=1)


def _of_scenario(store: Store, name: str) -> pd.DataFrame:
    """Return one scenario by year; a replicate in which a cell was never recorded counts as 0."""
    tally = Tally()
    for run in store.manifest()["runs"]:
        if run["scenario"] == name and not run["twin"]:
            tally.add(run["replicate"], store.read(run["key"], columns=READ))
    rows = tally.rows().assign(scenario=name)
    rows["year"] = rows["date"].dt.year
    months = rows.groupby("year")["date"].nunique().to_dict()
    wide = rows.groupby([*BY, "replicate"])["value"].sum().unstack("replicate", fill_value=0)
    cells = zip(*(wide.index.get_level_values(level) for level in ("measure", "year")), strict=True)
    over = [months[year] if MEASURES[each].over_time == "mean" else 1 for each, year in cells]
    wide = wide.div(over, axis=0)
    ends = {f"p{at}": wide.quantile(at / PERCENT, axis=1) for at in (LOW, HIGH)}
    return pd.DataFrame({"mean": wide.mean(axis=1)} | ends).reset_index()


def _about(manifest: Row) -> pd.DataFrame:
    names = ("command", "kind", "design", "model", "replicates", "seed", "scale", "parameters_drawn")
    rows = [(name, str(manifest[name])) for name in names]
    return pd.DataFrame([*rows, *sorted(manifest["versions"].items())], columns=["what", "value"])


def _frame(rows: Iterator[Row]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))
