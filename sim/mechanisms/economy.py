"""Economy: posts open to foreigners, and wages.

Posts follow the host's output with one elasticity for all hosts. Wages are the documented ones and each employer's
premium (`offers`).
"""

import math

import numpy as np

from sim.core.state import State

WINTER = (11, 0, 1)
CONSTRUCTION = "F"


def step(state: State) -> None:
    """Set posts and wages of the step."""
    _posts(state)
    _wages(state)


def _posts(state: State) -> None:
    """posts = posts of 2000 × (output / output of 2000)^elasticity × season × shock + posts with papers of zones."""
    e, rules = state.employers, state.rules
    growth = state.outlook.at(state.outlook.growth, state.calendar, state.t)
    eta = state.params["jobs_elasticity"]
    scale = np.array([math.pow(g, eta) for g in growth])
    factor = scale[e.host] * rules.tables["jobs"][e.place, e.sector]
    state.memory["demand"] = factor  # without the season
    if state.calendar.month(state.t) in WINTER:
        building = e.sector == state.world.sector_index(CONSTRUCTION)
        factor = factor * np.where(building, 1 - state.params["winter_pause"], 1.0)
    e.posts = np.rint(e.base_posts * factor + rules.tables["zone_posts"][e.place, e.sector]).astype(np.int64)
    e.informal = np.rint(e.base_informal * factor).astype(np.int64)


def _wages(state: State) -> None:
    e = state.employers
    wage = state.outlook.at(state.outlook.wage, state.calendar, state.t) * state.rules.tables["wages"]
    wage[e.place, e.sector] *= 1 + e.premium
    e.wage = np.rint(wage[e.place, e.sector] * 100).astype(np.int64)
    state.memory["wage_usd"] = _by_host(state, wage)
    state.memory["income_usd"] = state.outlook.at(state.outlook.income, state.calendar, state.t)


def _by_host(state: State, wage: np.ndarray) -> np.ndarray:
    """Mean wage [host, sector, USD a month] over a host's regions, weighted by its posts there."""
    e, sectors = state.employers, len(state.world.sectors)
    weight = np.full(wage.shape, 1e-6)
    np.add.at(weight, (e.place, e.sector), e.base_posts + e.base_informal)
    pay, total = np.zeros((state.hosts, sectors)), np.zeros((state.hosts, sectors))
    np.add.at(pay, state.people.host_of, wage * weight)
    np.add.at(total, state.people.host_of, weight)
    return pay / total
