"""Money: who gets what migrants earn, in two scenarios."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.experiments.headline import Cell
from sim.report.evidence import Evidence
from sim.report.figures import dumbbells
from sim.report.figures.over_time import MONTHS_A_YEAR
from sim.report.figures.words import where

PAY, STATE, KEPT = "earnings_usd", "withheld_usd", "kept_usd"
SENT, LEVIES = "remittances_usd", "levies_usd"


def data(evidence: Evidence, scenario: str) -> pd.DataFrame:
    """Return the money that moves in a year, for those whom the changed policies name.

    Pay is what their state takes, what repays debts and what is kept: these three add up to it. What is sent home comes
    out of what is kept, now or later. Levies are no part of pay; who paid for whom is not recorded, so they are all.
    """
    about = (evidence.nationalities, evidence.hosts)
    first, last = evidence.since
    years = len(pd.date_range(first, last, freq="MS")) / MONTHS_A_YEAR
    flow = {name: evidence.over_period(Cell(name, *about)) / years for name in (PAY, STATE, KEPT, SENT)}
    rows = {
        "Pay": flow[PAY],
        "of it taken by their state": flow[STATE],
        "of it to repay debts": flow[PAY] - flow[STATE] - flow[KEPT],
        "of it kept": flow[KEPT],
        "Sent home": flow[SENT],
        "Levies of all employers": evidence.over_period(Cell(LEVIES)) / years,
    }
    sides = [np.array([each[name].to_numpy() for each in rows.values()]) for name in (evidence.reference, scenario)]
    table = dumbbells.of_rows(list(rows), *sides)
    is_there = table[["reference_high", "scenario_high"]].to_numpy().any(axis=1)
    table = table.iloc[np.flatnonzero(is_there)].reset_index(drop=True)
    table.attrs = {
        "title": f"Money{where(Cell(PAY, *about))}",
        "unit": "USD a year",
        "replicates": evidence.replicates,
        "reference": evidence.reference,
        "scenario": scenario,
    }
    return table


def draw(table: pd.DataFrame) -> Figure:
    """Draw a dumbbell for each flow of money."""
    return dumbbells.draw(table)


def text(table: pd.DataFrame) -> str:
    """Say what the figure shows."""
    return dumbbells.text(table)
