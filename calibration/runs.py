"""Runs: what one run leaves for the offices that count it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from calibration.spans import Span

Condition = tuple[str, frozenset[str], bool]  # dimension, words, and whether rows with these words are counted
Where = tuple[Condition, ...]


@dataclass(frozen=True)
class Run:
    """What one run leaves for the offices: its rows by measure, its parameters, and its months."""

    measures: Mapping[str, pd.DataFrame]
    params: Mapping[str, float]
    span: Span

    @classmethod
    def of(cls, table: pa.Table, params: Mapping[str, float], span: Span) -> "Run":
        """Return the run whose rows are in the table (`Series.table()`)."""
        rows = table.to_pandas(date_as_object=False)
        groups = rows.groupby("measure", observed=True, sort=False)
        return cls({str(name): group for name, group in groups}, params, span)

    def rows(self, measure: str, span: Span, where: Where) -> "pd.Series[float]":
        """Return what was recorded in the months of a span."""
        rows = self.measures.get(measure)
        if rows is None:
            return pd.Series(dtype=float)
        dates = rows["date"]
        chosen = (dates >= str(span.first)) & (dates <= str(span.last))
        for dim, words, is_counted in where:
            chosen &= rows[dim].isin(list(words)) == is_counted
        return rows.loc[chosen, "value"]

    def total(self, measure: str, span: Span, where: Where) -> float:
        """Return its sum."""
        return float(self.rows(measure, span, where).sum())

    def mean(self, measure: str, span: Span, where: Where) -> float:
        """Return its sum over the number of months."""
        return self.total(measure, span, where) / span.months
