"""Harm: who bears a policy, by nationality and host, beside counts and money."""

from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.headline import Cell, judged, values
from sim.results.measures import HARM, measure

PAIRS = 6  # of nationality and host that are told of
TOLD = 1e-4  # score up to which nothing is told: as one part in a hundred that moves by a thousandth
PAIR = ["nationality", "host"]
Row = dict[str, Any]


def borne(differences: pd.DataFrame, twins: pd.DataFrame, reference: pd.DataFrame) -> list[Row]:
    """Return what each measure of harm does to the nationalities and hosts where most of it moves.

    Parameters
    ----------
    differences, twins, reference : one number for each cell and replicate, flows added up, stocks averaged.
    """
    out = []
    for nationality, host in _pairs(differences, reference):
        for name in HARM:
            cell = Cell(name, (nationality,), (host,))
            found, before = judged(differences, twins, cell), float(values(reference, cell).mean())
            if not found.is_null:
                numbers = ("mean", "low", "high", "chance_sd", "parameter_sd", "p_positive")
                row: Row = {"nationality": nationality, "host": host, "measure": name, "unit": measure(name).unit}
                row |= {"reference_mean": before, "scenario_mean": before + found.mean}
                out.append(row | {each: getattr(found, each) for each in numbers})
    return out


def _pairs(differences: pd.DataFrame, reference: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the pairs where most moves, by their largest score over the measures.

    score = |difference| / √(all of the measure · the pair's own), each the reference's or, if more, what moves: neither
    a few people whose lot changes wholly come first, nor a multitude that hardly notices. What does not move the same
    way in most replicates scores nought.
    """
    moved, before = _mean(differences) * _goes_one_way(differences), _mean(reference)
    own = before.combine(moved, np.maximum, fill_value=0)
    whole = before.sum().combine(moved.sum(), max, fill_value=0)
    score = (moved / np.sqrt((own * whole).where(own > 0))).max(axis=1)
    top = score.sort_index().sort_values(ascending=False, kind="stable")
    return [(str(n), str(h)) for n, h in top[top > TOLD].index[:PAIRS]]


def _by_pair(wide: pd.DataFrame) -> pd.DataFrame:
    """Return each measure of harm by nationality and host, for each replicate."""
    return wide[wide.index.get_level_values("measure").isin(HARM)].groupby(["measure", *PAIR]).sum()


def _mean(wide: pd.DataFrame) -> pd.DataFrame:
    """Return the size of the mean over replicates, by pair (row) and measure (column)."""
    return _by_pair(wide).mean(axis=1).abs().unstack("measure", fill_value=0)


def _goes_one_way(wide: pd.DataFrame) -> pd.DataFrame:
    """Return whether more than half of the replicates are above nought, or below it, by pair and measure."""
    rows = _by_pair(wide)
    sides = pd.concat([(rows > 0).mean(axis=1), (rows < 0).mean(axis=1)], axis=1)
    return (sides.max(axis=1) > 1 / 2).unstack("measure", fill_value=False)
