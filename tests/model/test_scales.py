"""Two scales tell one story: totals of finer and coarser runs differ no more than replicates do.

The pair is smaller than the one that matters, the default and one head a person, which take minutes: twice as coarse
here, and five and ten times coarser than the default. `make bench` runs 1:1.
"""

import numpy as np
import pytest
from scipy import stats

from sim.model import MigrationModel
from tests.oracle.both import scenario

FINE, COARSE = 5, 10
REPLICATES, MONTHS = 4, 14
# What many heads take part in: what few do differs much between replicates of coarse runs, and proves nothing
TOTALS = ("flow", "permits_in_force", "permits_issued", "remittances_usd", "months_without_status", "women_abroad",
          "skilled_abroad", "requests", "unfilled_jobs", "handed_over", "fined", "detained")  # fmt: skip
# Welch's t-test of each total, the level shared by them: were the scales alike, one choice of seeds in a thousand
# would fail. The seeds are fixed, so the test passes always or never.
ALARM = 1e-3 / len(TOTALS)


def totals(scale: float) -> np.ndarray:
    """Each total over the last year, by [replicate, total]."""
    out = []
    for replicate in range(REPLICATES):
        run = MigrationModel(scenario({}, MONTHS, "2016-06-01"), world_seed=replicate, run_seed=replicate, scale=scale)
        run.run()
        rows = run.series.table().to_pandas()
        last = rows[rows["date"].isin(sorted(rows["date"].unique())[-12:])]
        sums = last.groupby("measure", observed=True)["value"].sum()
        out.append([float(sums.get(name, 0.0)) for name in TOTALS])
    return np.array(out)


@pytest.fixture(scope="module")
def fine() -> np.ndarray:
    """Totals of the finer runs."""
    return totals(FINE)


def p_values(one: np.ndarray, other: np.ndarray) -> dict[str, float]:
    """How likely differences as large are by chance, for each total."""
    found = stats.ttest_ind(one, other, equal_var=False).pvalue
    return dict(zip(TOTALS, found, strict=True))


@pytest.fixture(scope="module")
def coarse() -> np.ndarray:
    """Totals of the coarser runs."""
    return totals(COARSE)


def test_a_coarser_scale_agrees_within_the_spread_of_replicates(fine: np.ndarray, coarse: np.ndarray) -> None:
    assert {name: p for name, p in p_values(fine, coarse).items() if not p > ALARM} == {}


def test_weights_that_were_a_fifth_wrong_would_be_noticed(fine: np.ndarray, coarse: np.ndarray) -> None:
    assert min(p_values(fine, 1.2 * coarse).values()) < ALARM
