"""Tally: what the summary needs of each replicate, kept while the full tables pass by."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sim.results.measures import HARM, MEASURES

CELL = ["measure", "nationality", "host", "origin"]
FATES = ["purpose", "outcome"]
LIMIT = ["limit", "host"]
HEADLINES = [name for name, measure in MEASURES.items() if measure.headline]
KEPT = list(dict.fromkeys([*HEADLINES, *HARM, "requests"]))


@dataclass
class Tally:
    """Headline measures and those of harm by month, nationality and host of one kind of table, for each replicate."""

    frames: dict[int, pd.DataFrame] = field(default_factory=dict)

    @property
    def replicates(self) -> list[int]:
        """The replicates, in order."""
        return sorted(self.frames)

    def add(self, replicate: int, table: pa.Table) -> None:
        """Add the table of a replicate (columns of a run, or of a paired difference)."""
        rows = _frame(table, KEPT, [*CELL, "status", "date"])
        for name in HEADLINES:
            for word in MEASURES[name].leaves_out:
                rows = rows[(rows["measure"] != name) | (rows["status"] != word)]
        self.frames[replicate] = _added(rows, [*CELL, "date"], replicate)

    def rows(self) -> pd.DataFrame:
        """Return measure, nationality, host, origin, date, value, replicate; ValueError if nothing was added."""
        return pd.concat(self.frames.values(), ignore_index=True)

    def first_difference(self) -> date | None:
        """Return the first month with a value other than 0, None if there is none."""
        rows = self.rows()
        dates = rows.loc[rows["value"] != 0, "date"]
        return None if dates.empty else dates.min().date()


@dataclass
class LimitTally:
    """What each replicate says of its limits: whom they refused, when, and what became of those."""

    limits: list[pd.DataFrame] = field(default_factory=list)
    fates: list[pd.DataFrame] = field(default_factory=list)

    def add(self, replicate: int, table: pa.Table) -> None:
        """Add the rows of a run."""
        months = _frame(table, ["limit_level", "binds"], ["measure", *LIMIT, "date"])
        self.limits.append(_added(months, ["measure", *LIMIT, "date"], replicate))
        fates = _frame(table, ["requests_blocked", "leakage"], ["measure", *LIMIT, *FATES])
        self.fates.append(_added(fates, ["measure", *LIMIT, *FATES], replicate))


def over_period(tally: Tally, first: date, last: date) -> pd.DataFrame:
    """Return one number for each cell (index) and replicate (column): flows added up, stocks averaged over months."""
    if not tally.frames:
        return pd.DataFrame(index=pd.MultiIndex.from_arrays([[] for _ in CELL], names=CELL))
    rows = tally.rows()
    within = rows[(rows["date"] >= pd.Timestamp(first)) & (rows["date"] <= pd.Timestamp(last))]
    wide = within.groupby([*CELL, "replicate"])["value"].sum().unstack("replicate").fillna(0.0)
    wide = wide.reindex(columns=tally.replicates, fill_value=0.0)
    stocks = [MEASURES[name].over_time == "mean" for name in wide.index.get_level_values("measure")]
    return wide.div(np.where(stocks, months(first, last), 1), axis=0)


def months(first: date, last: date) -> int:
    """Return the number of months from the first to the last, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _frame(table: pa.Table, measures: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Return some columns of the rows of some measures, words as plain strings."""
    chosen = table.filter(pc.is_in(pc.cast(table["measure"], pa.string()), pa.array(measures))).select(
        [*columns, "value"]
    )
    return chosen.to_pandas(date_as_object=False)


def _added(rows: pd.DataFrame, by: Sequence[str], replicate: int) -> pd.DataFrame:
    summed = rows.groupby(list(by), observed=True)["value"].sum().reset_index()
    words = {name: str for name in by if name != "date"}
    return summed.astype(words).assign(replicate=replicate)
