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
    wage = state.outlook.at(state.outlook.wage, state.calendar, state.t) * state.rules.tables["wages"]
    _posts(state, wage)
    _wages(state, wage)


def _posts(state: State, wage: np.ndarray) -> None:
    """posts = posts of 2000 × (output / output of 2000)^elasticity × season × shock, and those with papers × the answer
    to a levy + posts of zones."""
    e, rules = state.employers, state.rules
    growth = state.outlook.at(state.outlook.growth, state.calendar, state.t)
    eta = state.params["jobs_elasticity"]
    scale = np.array([math.pow(g, eta) for g in growth.tolist()])
    factor = scale[e.host] * rules.tables["jobs"][e.place, e.sector]
    state.memory["demand"] = factor  # without the season
    if state.calendar.month(state.t) in WINTER:
        building = np.isin(e.sector, state.world.sector_rows([CONSTRUCTION]))
        factor = factor * np.where(building, 1 - state.params["winter_pause"], 1.0)
    zones = rules.tables["zone_posts"][e.place, e.sector]
    e.posts = np.rint(e.base_posts * factor * _answer_to_levy(state, wage) + zones).astype(np.int64)
    e.informal = np.rint(e.base_informal * factor).astype(np.int64)


def _answer_to_levy(state: State, wage: np.ndarray) -> np.ndarray | float:
    """Share of posts that employers still want where a foreigner costs a levy: (1 + levy / wage)^(−elasticity)."""
    e, eta = state.employers, state.params["labour_demand_elasticity"]
    if not state.rules.tables["levy"].any():
        return 1.0
    dearer = 1 + state.rules.tables["levy"][e.host, e.sector] / np.maximum(wage[e.place, e.sector], 1)
    return np.array([math.pow(x, -eta) for x in dearer])


def _wages(state: State, wage: np.ndarray) -> None:
    e = state.employers
    wage[e.place, e.sector] *= 1 + e.premium
    e.wage = np.rint(wage[e.place, e.sector] * 100).astype(np.int64)
    state.memory["wage_usd"] = _by_host(state, wage)
    state.memory["income_usd"] = state.outlook.at(state.outlook.income, state.calendar, state.t)


def _by_host(state: State, wage: np.ndarray) -> np.ndarray:
    """Mean wage [host, sector, USD a month] over a host's regions, weighted by its posts there."""
    if "posts by place" not in state.memory:  # of the start, as the weights are
        e, weight = state.employers, np.full(wage.shape, 1e-6)
        np.add.at(weight, (e.place, e.sector), e.base_posts + e.base_informal)
        state.memory["posts by place"] = weight, _sums_by_host(state, weight)
    weight, total = state.memory["posts by place"]
    return np.asarray(_sums_by_host(state, wage * weight) / total)


def _sums_by_host(state: State, table: np.ndarray) -> np.ndarray:
    """[host, sector] from [place, sector]."""
    out = np.zeros((state.hosts, table.shape[1]))
    np.add.at(out, state.people.host_of, table)
    return out
