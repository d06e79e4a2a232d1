"""Results: the registry of measures, the rows a run records, and the store they are kept in."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def open(out: Any) -> "pd.DataFrame":
    """Return the series in a directory of results, one row a number; StoreError if there are none."""
    from sim.results.store import open_series  # arrow and pandas only where they are needed

    return open_series(out)
