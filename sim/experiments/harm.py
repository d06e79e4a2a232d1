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
    a few people whose lot changes wholly come first, nor a multitude that hardly notices.
    """
    moved, before = _by_pair(differences), _by_pair(reference)
    own = before.combine(moved, np.maximum, fill_value=0)
    whole = before.sum().combine(moved.sum(), max, fill_value=0)
    score = (moved / np.sqrt((own * whole).where(own > 0))).max(axis=1)
    top = score.sort_index().sort_values(ascending=False, kind="stable")
    return [(str(n), str(h)) for n, h in top[top > TOLD].index[:PAIRS]]


def _by_pair(wide: pd.DataFrame) -> pd.DataFrame:
    """Return the size of the mean of each measure of harm (column) by nationality and host."""
    rows = wide[wide.index.get_level_values("measure").isin(HARM)]
    return rows.mean(axis=1).groupby(["measure", *PAIR]).sum().abs().unstack("measure", fill_value=0)
