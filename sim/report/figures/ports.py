"""Ports: who enters by which, in two scenarios."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.report.evidence import Evidence, chosen
from sim.report.figures import dumbbells
from sim.report.figures.over_time import MONTHS_A_YEAR
from sim.report.figures.words import countries
from sim.world import load_world

ROWS = 12  # ports shown: where most changes


def data(evidence: Evidence, scenario: str) -> pd.DataFrame:
    """Return for each port the people who enter a state by it in a year: people and states that the policies name.

    A passage is counted where it ends: out of one state is into another. Ports that nobody of them uses in either
    scenario are left out, then all but the dozen where most changes, which come in that order.
    """
    rows = chosen(evidence.ports, nationality=evidence.nationalities, host=evidence.hosts)
    first, last = evidence.since
    within = rows[(rows["date"] >= first) & (rows["date"] <= last)]
    years = ((last.year - first.year) * MONTHS_A_YEAR + last.month - first.month + 1) / MONTHS_A_YEAR
    wide = evidence.wide(within, ["place"]) / years
    names = {port.id: port.name for port in load_world().ports}
    labels = [names.get(place, place) for place in wide.index]
    table = dumbbells.of_rows(labels, wide[evidence.reference].to_numpy(), wide[scenario].to_numpy())
    order = np.lexsort((-table["reference"], -table["change"].abs()))
    table = table.iloc[order[:ROWS]].reset_index(drop=True)
    into = f" into {countries(evidence.hosts)}" if evidence.hosts else ""
    who = f" by nationals of {countries(evidence.nationalities)}" if evidence.nationalities else ""
    left_out = len(wide) - len(table)
    table.attrs = {
        "title": f"Entries{into}{who}, by port",
        "unit": "persons a year",
        "replicates": evidence.replicates,
        "reference": evidence.reference,
        "scenario": scenario,
        "note": f"{left_out} more ports, where less changes or fewer pass, are not drawn." if left_out else "",
    }
    return table


def draw(table: pd.DataFrame) -> Figure:
    """Draw a dumbbell for each port."""
    return dumbbells.draw(table)


def text(table: pd.DataFrame) -> str:
    """Say what the figure shows."""
    return dumbbells.text(table)
