"""Evidence: what figures are drawn from, read once from a directory of results."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sim.experiments import several
from sim.experiments.headline import Cell
from sim.experiments.tally import KEPT
from sim.results.files import StoreError
from sim.results.measures import MEASURES
from sim.results.store import Store, with_run

RUN = ("scenario", "replicate")
OF_CELLS = ("measure", "nationality", "host", "origin")
OF_STATUSES = ("nationality", "host", "status")
OF_PORTS = ("nationality", "place", "host")
COLUMNS = [*OF_CELLS, "place", "status", "direction", "date", "value"]
HOME = "home"
SHOWN = ("concerned", "total")  # whom the changed policies name, then everybody


@dataclass(frozen=True)
class Evidence:
    """The series of a comparison by month and replicate, without twins, and its summary.

    scenarios : their names, the reference first.
    cells : scenario, replicate, measure, nationality, host, origin, date, value; without people at home.
    statuses : people by scenario, replicate, nationality, host, legal status and date; without those at home.
    ports : people who entered a state, by scenario, replicate, nationality, port, state and date.
    """

    scenarios: tuple[str, ...]
    replicates: int
    summary: dict[str, Any]
    cells: pd.DataFrame
    statuses: pd.DataFrame
    ports: pd.DataFrame

    def __post_init__(self) -> None:
        if "headline" not in self.summary or len(self.scenarios) < 2:
            raise StoreError("there is no finished comparison in this directory; `neamig compare` writes one")

    @classmethod
    def read(cls, out: str | PathLike[str]) -> "Evidence":
        """Read a directory of results; StoreError if it is no comparison, or is not finished."""
        store = Store(Path(out))
        manifest, summary = store.manifest(), _of_all(several.each(store.summary() or {}))
        runs = [run for run in manifest["runs"] if not run["twin"]]
        tables = zip(*(_of_run(store, run) for run in runs), strict=True)
        return cls(tuple(manifest["scenarios"]), manifest["replicates"], summary, *map(_frame, tables))

    @property
    def reference(self) -> str:
        """The scenario with which the others are compared."""
        return self.scenarios[0]

    @property
    def headline(self) -> list[Cell]:
        """The cells that the summary puts first: of those concerned, then of everybody."""
        rows = [row for about in SHOWN for row in self.summary.get("headline", ()) if row["about"] == about]
        return [_cell(row) for row in rows]

    @property
    def since(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """The first and the last month that the summary speaks of."""
        return pd.Timestamp(self.summary["from"]), pd.Timestamp(self.summary["to"])

    @property
    def nationalities(self) -> tuple[str, ...]:
        """Whom the changed policies name; none if they speak of all."""
        return next((cell.nationality for cell in self.headline if cell.about == "concerned"), ())

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that the changed policies name; none if they speak of all."""
        return next((cell.host for cell in self.headline if cell.about == "concerned"), ())

    def of(self, scenario: str) -> "Evidence":
        """Return one scenario beside the reference: its own headline, months and whom its policies name."""
        [own] = [each for each in self.summary["each"] if each["scenario"] == scenario]
        return replace(self, scenarios=(self.reference, scenario), summary=own | {"each": [own]})

    def monthly(self, cell: Cell) -> pd.DataFrame:
        """Return a cell month by month (rows), by scenario and replicate (columns); 0 where nothing was recorded."""
        rows = chosen(self.cells, measure=(cell.measure,), nationality=cell.nationality, host=cell.host,
                      origin=cell.origin)  # fmt: skip
        return self.wide(rows, ["date"]).reindex(self._months, fill_value=0.0)

    def over_period(self, cell: Cell) -> pd.Series:
        """Return one number for each scenario and replicate: a flow added up, a stock averaged, since the change."""
        months = self.monthly(cell).loc[slice(*self.since)]
        return months.mean() if MEASURES[cell.measure].over_time == "mean" else months.sum()

    def wide(self, rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
        """Return sums by some columns (rows), for each scenario and replicate (columns); 0 where there is nothing."""
        summed = rows.groupby([*by, *RUN], observed=True)["value"].sum().unstack(list(RUN), fill_value=0)
        every = pd.MultiIndex.from_product([self.scenarios, range(1, self.replicates + 1)], names=RUN)
        return summed.reindex(columns=every, fill_value=0.0)

    @cached_property
    def _months(self) -> pd.DatetimeIndex:
        dates = self.cells["date"]
        return pd.date_range(dates.min(), dates.max(), freq="MS", name="date")


def chosen(rows: pd.DataFrame, **words: Sequence[str]) -> pd.DataFrame:
    """Return the rows that have one of the words in each column; a column without words may have any."""
    for column, given in words.items():
        if given:
            rows = rows[rows[column].isin(list(given))]
    return rows


def _of_all(summaries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one summary: that of the only scenario, or of all, with every headline once, from the first change on.

    Under `each` stand the summaries of the scenarios.
    """
    first, *others = summaries
    own = first | {"each": summaries}
    if not others:
        return own
    names = ("measure", "nationality", "host", "origin", "about")
    rows = {tuple(row.get(name) for name in names): row for summary in summaries for row in summary["headline"]}
    return own | {
        "headline": list(rows.values()),
        "from": min(summary["from"] for summary in summaries),
        "to": max(summary["to"] for summary in summaries),
    }


def _cell(row: dict[str, Any]) -> Cell:
    words = {name: tuple(row[name].split(" and ")) for name in ("nationality", "host", "origin") if name in row}
    return Cell(row["measure"], about=row["about"], **words)


def _of_run(store: Store, run: dict[str, Any]) -> Iterator[pa.Table]:
    """Give the three tables of one run."""
    table = store.read(run["key"], columns=COLUMNS).unify_dictionaries().combine_chunks()
    is_stock, is_home = _is(table, "measure", "stock"), _is(table, "status", HOME)
    abroad = pc.and_not(_is(table, "measure", *KEPT), pc.and_(is_stock, is_home))
    people = pc.and_not(is_stock, is_home)
    entered = pc.and_(_is(table, "measure", "flow"), _is(table, "direction", "in"))
    for kept, by in ((abroad, OF_CELLS), (people, OF_STATUSES), (entered, OF_PORTS)):
        rows = table.select([*by, "date", "value"]).filter(kept)
        summed = rows.group_by([*by, "date"]).aggregate([("value", "sum")]).rename_columns([*by, "date", "value"])
        yield with_run(summed, run["key"], run["scenario"], run["replicate"]).drop_columns("run_key")


def _is(table: pa.Table, column: str, *words: str) -> pa.Array:
    """Return which rows have one of the words."""
    array = table[column].combine_chunks()
    codes = pc.index_in(pa.array(words), value_set=array.dictionary)
    return pc.is_in(array.indices, value_set=codes.drop_null())


def _frame(tables: Iterable[pa.Table]) -> pd.DataFrame:
    """Return tables one below the other, their words as categories."""
    return pa.concat_tables(tables).unify_dictionaries().to_pandas(date_as_object=False)


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, by column."""
    return [dict(zip(map(str, table.columns), row, strict=True)) for row in table.itertuples(index=False, name=None)]
