"""Outcomes: what was expected of each scenario before its first run, and what came out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from sim.experiments.headline import in_words
from sim.experiments.numbers import counted, signed, written
from sim.experiments.spread import HIGH, LOW
from sim.results.measures import measure
from sim.results.store import Store

SMALL = 0.01  # a mean below a hundredth of the parent's number is none worth telling

Sign = Literal["lower", "higher", "none", "unclear"]
Expected = Literal["lower", "higher", "none", "lower or none"]


class Check(BaseModel):
    """A number of a scenario and the sign that was expected of it; months as 2017-08, both included."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    measure: str
    nationality: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    status: str = ""
    since: str
    until: str = ""
    expected: Expected

    @property
    def words(self) -> str:
        """What is counted, in words."""
        joined = {"nationality": " and ".join(self.nationality), "host": " and ".join(self.host)}
        status = f" ({self.status})" if self.status else ""
        months = f"{self.since} to {self.until}" if self.until else f"from {self.since}"
        return f"`{self.measure}`{status}{in_words(joined)}, {months}"


class Expectation(BaseModel):
    """What a scenario adds, removes or changes against its parent, what was expected of it, and why.

    older : whether its first run was before expectations were written down; note : what came out otherwise, and why.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    parent: str
    against: str
    why: str
    checks: tuple[Check, ...]
    older: bool = False
    note: str = ""


@dataclass(frozen=True)
class Found:
    """A check's number in the parent, and the difference by replicate."""

    parent: float
    differences: NDArray[np.float64]

    @property
    def sign(self) -> Sign:
        """Which way it differs: none if the mean is small, unclear if the replicates lie on both sides of nought."""
        low, high = self.interval
        if abs(self.differences.mean()) <= SMALL * abs(self.parent):
            return "none"
        return "higher" if low > 0 else "lower" if high < 0 else "unclear"

    @property
    def interval(self) -> tuple[float, float]:
        """Bounds between which nine tenths of the replicates lie."""
        low, high = np.percentile(self.differences, [LOW, HIGH])
        return float(low), float(high)

    @property
    def words(self) -> str:
        """The mean and that interval."""
        low, high = self.interval
        return f"{signed(float(self.differences.mean()))} ({signed(low)} to {signed(high)})"

    def verdict(self, expected: Expected) -> str:
        """Whether it came as it was expected."""
        if self.sign == "unclear":
            return "unclear"
        return "as expected" if self.sign in expected else "otherwise"


def expectations(path: Path | None = None) -> dict[str, Expectation]:
    """Return what was expected, by scenario."""
    path = path or Path(__file__).with_name("expectations.yaml")
    return {
        name: Expectation.model_validate(row) for name, row in YAML(typ="safe").load(path.read_text("utf-8")).items()
    }


def found(scenario: pd.DataFrame, parent: pd.DataFrame, check: Check) -> Found:
    """Return what came out of a check: flows added up over its months, stocks and indices their mean.

    Parameters
    ----------
    scenario, parent : rows of both runs (columns of `sim.results.store.COLUMNS`), all replicates.
    """
    replicates = sorted(set(scenario["replicate"]) & set(parent["replicate"]))
    own, before = (_number(rows, check).reindex(replicates, fill_value=0.0) for rows in (scenario, parent))
    return Found(float(before.mean()), np.asarray(own - before, np.float64))


def _number(rows: pd.DataFrame, check: Check) -> "pd.Series[float]":
    chosen = rows[rows["measure"] == check.measure]
    for column, words in (("nationality", check.nationality), ("host", check.host), ("status", (check.status,))):
        if any(words):
            chosen = chosen[chosen[column].isin(words)]
    chosen = chosen[chosen["date"] >= pd.Timestamp(check.since)]
    if check.until:
        chosen = chosen[chosen["date"] < pd.Timestamp(check.until) + pd.offsets.MonthBegin()]
    chosen = chosen.groupby(["replicate", "date"])["value"].sum().unstack(fill_value=0)
    return chosen.sum(axis=1) if measure(check.measure).kind == "flow" else chosen.mean(axis=1)


class Results:
    """Rows of the runs that stand in directories of results; read when they are asked for."""

    def __init__(self, directories: Sequence[Path], measures: Sequence[str]) -> None:
        self.measures = pa.array(sorted(set(measures)))
        self.stores = [Store(each) for each in directories]
        self.tables = [[self._read(store, key) for key in sorted(store.finished())] for store in self.stores]

    def _read(self, store: Store, key: str) -> pa.Table:
        rows = store.read(key)
        return rows.filter(pc.is_in(rows["measure"].cast(pa.string()), self.measures))

    def pair(self, scenario: str, parent: str) -> tuple[pd.DataFrame, pd.DataFrame, str]:
        """Return the rows of a scenario and of its parent, and which runs these are, from the first that holds both.

        Raises LookupError if none does.
        """
        for store, tables in zip(self.stores, self.tables, strict=True):
            own, before = _of(tables, scenario), _of(tables, parent)
            if own and before:
                return _frame(own), _frame(before), how(store)
        raise LookupError(f"{scenario} and {parent}: not together in these results; compare them first")


def _of(tables: Sequence[pa.Table], scenario: str) -> list[pa.Table]:
    return [t for t in tables if t.num_rows and str(t["scenario"][0]) == scenario]


def _frame(tables: Sequence[pa.Table]) -> pd.DataFrame:
    """One frame of several runs; words stay codes, which pandas alone would spell out and code again."""
    frame: pd.DataFrame = pa.concat_tables(tables).unify_dictionaries().to_pandas(date_as_object=False)
    return frame


def how(store: Store) -> str:
    """Say which runs a directory of results holds."""
    told = store.manifest()
    params = "parameters drawn anew for each" if told["parameters_drawn"] else "parameters at their point values"
    return f"{counted(told['replicates'], 'replicate')}, seed {told['seed']}, scale {told['scale']:g}, {params}"


def rows(expected: dict[str, Expectation], results: Results) -> Iterator[tuple[str, str]]:
    """Give a row of the page for each scenario, and which runs it is from."""
    for name, each in expected.items():
        scenario, parent, runs = results.pair(name, each.parent)
        lines = [(check, found(scenario, parent, check)) for check in each.checks]
        cells = [
            f"`{name}`{' *' if each.older else ''}",
            f"`{each.parent}`",
            each.against,
            "<br>".join(check.words for check, _ in lines),
            "<br>".join(check.expected for check, _ in lines),
            "<br>".join(f"{came.sign}: {came.words}, of {written(came.parent)}" for _, came in lines),
            "<br>".join(came.verdict(check.expected) for check, came in lines),
            each.why,
        ]
        yield f"| {' | '.join(cells)} |", runs
