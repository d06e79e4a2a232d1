"""Flows: who entered which state in a year, and from where, as arrows on a map can show it."""

from typing import Any

import numpy as np
import pandas as pd

from sim.report.evidence import Evidence, chosen
from sim.world import World, load_world
from sim.world.model import Place, Port

LAND, AIR, AWAY = "land", "air", "*"
END = ["place", "host", "from"]


def of_year(evidence: Evidence, scenario: str, year: int | None = None) -> pd.DataFrame:
    """Return entries by port, state entered and state come from, in both scenarios; a mean over replicates.

    At a land port people come from its other state. At an airport only where they land is recorded: those who come from
    abroad are shown as coming from the country of their nationality, and those who land at home are left out.

    agree : share of the replicates that change the same way as their mean.
    year : the last whole year of the run if none is given.
    """
    world = load_world()
    year = year or last_whole_year(evidence)
    rows = chosen(evidence.ports, nationality=evidence.nationalities)
    rows = rows[rows["date"].dt.year == year].astype(dict.fromkeys(["place", "host", "nationality"], str))
    rows = rows.assign(**{"from": _come_from(rows, world)})
    wide = evidence.wide(rows[rows["from"] != rows["host"]], END)
    before, after = wide[evidence.reference].to_numpy(), wide[scenario].to_numpy()
    sides = {"reference": before.mean(axis=1), "scenario": after.mean(axis=1)}
    table = pd.DataFrame(sides, wide.index).reset_index().assign(year=year)
    ports = {port.id: port for port in world.ports}
    table["kind"] = [AIR if AWAY in ports[place].states else LAND for place in table["place"]]
    table["name"] = [ports[place].name for place in table["place"]]
    table["change"] = table["scenario"] - table["reference"]
    ways = np.sign(after - before)
    table["agree"] = (ways == np.sign(table["change"].to_numpy())[:, None]).mean(axis=1)
    return table


def last_whole_year(evidence: Evidence) -> int:
    """Return the last year of which the run has every month; the year of its last month if it has none."""
    last, first = evidence.ports["date"].max(), evidence.ports["date"].min()
    is_whole = last.month == 12 or last.year == first.year
    return int(last.year if is_whole else last.year - 1)


def ends(row: dict[str, Any], world: World) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return where an arrow comes from, the port, and where it goes [longitude, latitude].

    Over land: the nearest linked regions on both sides. By air: the most populous region of the country, and the port.
    """
    port = next(port for port in world.ports if port.id == row["place"])
    at = np.array([port.lon, port.lat])
    start: Place | Port
    end: Place | Port
    if row["kind"] == LAND:
        start, end = (_beside(port, state, world) for state in (row["from"], row["host"]))
    else:
        homes = [place for place in world.places if place.country == row["from"]]
        start, end = max(homes, key=lambda place: place.population), port
    return _point(start), at, _point(end)


def _come_from(rows: pd.DataFrame, world: World) -> list[str]:
    """Return the state that each came from: the port's other one, or that of their nationality."""
    states = {port.id: port.states for port in world.ports}
    return [
        nationality if AWAY in states[place] else next(state for state in states[place] if state != host)
        for place, host, nationality in zip(rows["place"], rows["host"], rows["nationality"], strict=True)
    ]


def _beside(port: Port, state: str, world: World) -> Place | Port:
    """Return the region of a state that is linked to a port, the nearest if there are several; else the port."""
    places = {place.id: place for place in world.places if place.country == state}
    linked = [(link.km, other) for link in world.links for one, other in ((link.a, link.b), (link.b, link.a))
              if one == port.id and other in places]  # fmt: skip
    return places[min(linked)[1]] if linked else port


def _point(of: Place | Port) -> np.ndarray:
    return np.array([of.lon, of.lat])
