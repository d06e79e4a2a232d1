"""Differences: scenario minus reference, cell by cell, within one replicate."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from sim.experiments.design import Design
from sim.results.cells import CELL, sum_cells
from sim.results.store import SERIES, TWINS, Store, with_run


def difference(reference: pa.Table, scenario: pa.Table) -> pa.Table:
    """Return scenario − reference for every cell that either has; what one lacks counts as 0. Zeros are kept.

    Parameters
    ----------
    reference, scenario : rows of one run each, at least the columns of `CELL` and `value`.
    """
    columns = [*CELL, "value"]
    minus = reference.select(columns).set_column(len(CELL), "value", pc.subtract(0.0, reference["value"]))
    return sum_cells(pa.concat_tables([scenario.select(columns), minus]))


def pairs(
    design: Design, store: Store, at: int = 1, twin: bool = False
) -> Iterator[tuple[int, pa.Table, pa.Table, pa.Table]]:
    """Yield for each replicate its number, the reference's rows, the scenario's rows, and their difference.

    at : which scenario of the design is compared; the reference is number 0.
    """
    for replicate, tasks in design.replicates(twin).items():
        base, other = tasks[0], tasks[at]
        folder = TWINS if twin else SERIES
        reference, scenario = store.read(base.key, folder), store.read(other.key, folder)
        rows = difference(reference, scenario)
        yield replicate, reference, scenario, with_run(rows, other.key, other.scenario, replicate, base.scenario)
