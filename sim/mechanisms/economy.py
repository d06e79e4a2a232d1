"""Economy: posts open to foreigners, wages, and what communities of origin believe of them.

Posts follow the host's output with one elasticity for all hosts. Beliefs lag wages: returnees correct them.
Wages are the documented ones and each employer's premium (`offers`).
"""

import math

import numpy as np

from sim.core.kernel import kernel
from sim.core.state import State
from sim.core.words import Status

WINTER = (11, 0, 1)
CONSTRUCTION = "F"


def step(state: State) -> None:
    """Set posts and wages of the step, then move beliefs towards them."""
    _posts(state)
    _wages(state)
    _beliefs(state)


def _posts(state: State) -> None:
    """posts = posts of 2000 × (output / output of 2000)^elasticity × season × shock."""
    e, rules = state.employers, state.rules
    growth = state.outlook.at(state.outlook.growth, state.calendar, state.t)
    eta = state.params["jobs_elasticity"]
    scale = np.array([math.pow(g, eta) for g in growth])
    factor = scale[e.host] * rules.tables["jobs"][e.place, e.sector]
    state.memory["demand"] = factor  # without the season
    if state.calendar.month(state.t) in WINTER:
        building = e.sector == state.world.sector_index(CONSTRUCTION)
        factor = factor * np.where(building, 1 - state.params["winter_pause"], 1.0)
    e.posts = np.rint(e.base_posts * factor).astype(np.int64)
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


def _beliefs(state: State) -> None:
    """Believed wages [nation, host, sector]; at the start they are the true ones."""
    truth = state.memory["wage_usd"]
    if "belief" not in state.memory:
        state.memory["belief"] = np.repeat(truth[None], state.nations, 0)
        return
    returned = state.memory.get("came_home", np.zeros((state.hosts, state.nations)))
    home = np.maximum(state.people.stock[Status.HOME].sum((0, 2)), 1)
    met = state.params["belief_contacts"] * returned.T / home[:, None]
    correct(state.memory["belief"], truth, met, state.params["belief_rate"] * state.calendar.years_per_step)


@kernel
def correct(belief, truth, met, rate):
    """w += (1 − exp(−rate (1 + n))) (signal − w), with n returnees met [nation, host] (SPEC §5)."""
    for n in range(belief.shape[0]):
        for h in range(belief.shape[1]):
            share = 1.0 - math.exp(-rate * (1.0 + met[n, h]))
            for s in range(belief.shape[2]):
                belief[n, h, s] += share * (truth[h, s] - belief[n, h, s])
