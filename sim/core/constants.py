"""Constants: alpha of the decision (SPEC §5), by one inversion on the stocks with which a run starts.

alpha is the least that lets at least as many people leave for a host by each channel as leave it; contracts are
rationed by posts besides. The initial stocks are spent on this. Groups of one nationality with the same hosts and
channels are one community and share alpha. Hosts where a community had nobody count as half a head.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.choice import AT_HOME, CLOSED
from sim.core.kernel import kernel
from sim.core.words import Channel, Status

AWAY = (Status.WORKER, Status.OVERSTAYER, Status.IRREGULAR, Status.ASYLUM_SEEKER, Status.RECEPTION)


def raise_constants(state: Any, alpha: NDArray[np.float64], value: NDArray[np.float64], p_clock: float) -> None:
    """One round: move alpha [group, host] in place towards the flows wanted, given V [kind, host, channel] with it."""
    community = _communities(state)
    goal, home = _wanted_flow(state, community), _at_home(state)
    flow = np.zeros(value.shape)
    expected(value, state.params["nest_scale"], flow)
    leaving = np.zeros(goal.shape)
    np.add.at(leaving, community[state.kinds.group], flow * home[:, None, None] * p_clock)
    raise_alpha(alpha, community, goal, leaving)


@kernel
def raise_alpha(alpha, community, goal, leaving):
    """Move alpha [group, host] by the largest ln(goal / leaving) of a host's channels [community, host, channel]."""
    for g in range(alpha.shape[0]):
        for h in range(alpha.shape[1]):
            most = -3.0
            for c in range(goal.shape[2]):
                if goal[community[g], h, c] > 0.0 and leaving[community[g], h, c] > 0.0:
                    most = max(most, math.log(goal[community[g], h, c] / leaving[community[g], h, c]))
            if leaving[community[g], h].any():
                alpha[g, h] += min(most, 3.0)


def _communities(state: Any) -> NDArray[np.intp]:
    """For each group the first group that shares its nationality, hosts and channels."""
    signs = [(g.nationality, g.hosts, g.channels, g.is_programme) for g in state.world.groups]
    return np.array([signs.index(sign) for sign in signs])


def _at_home(state: Any) -> NDArray[np.float64]:
    """Persons at home by kind, the older as far as they still reconsider."""
    c, persons = state.people.cols, np.zeros(len(state.kinds.group))
    keen(c.status, c.kind, c.born, c.weight, state.eager, state.t, persons)
    return persons


@kernel
def keen(status, kind, born, weight, eager, now, out):
    """Add up those at home, as far as they reconsider at their age: out [kind, persons]."""
    for i in range(status.size):
        if status[i] == AT_HOME:
            out[kind[i]] += weight[i] * eager[now - born[i]]


def _wanted_flow(state: Any, community: NDArray[np.intp]) -> NDArray[np.float64]:
    """Departures a step that would keep the stocks [community, host, channel, persons]; for contracts a queue."""
    c, groups = state.people.cols, len(state.world.groups)
    weight = np.array([g.weight for g in state.world.groups])  # the group's own, so that the scale changes nothing
    stock = np.zeros((groups, state.hosts, len(Channel)))
    away = np.flatnonzero(np.isin(c.status, AWAY))
    at = community[c.group[away]], state.people.host_of[c.place[away]], c.channel[away]
    np.add.at(stock, at, c.weight[away])
    nobody = stock.sum(2) == 0
    stock[nobody] = weight[np.nonzero(nobody)[0], None] / 2 / len(Channel)
    stock[:, :, Channel.CONTRACT] *= state.params["contract_queue"]
    return stock * state.params["exit_rate"] * state.calendar.years_per_step


@kernel
def expected(value, scale, out):
    """Chance of each alternative [kind, host, channel] at a moment of reconsidering, if everything is affordable."""
    for k in range(value.shape[0]):
        total = 0.0
        for h in range(value.shape[1]):
            top = CLOSED
            for c in range(value.shape[2]):
                top = max(top, value[k, h, c])
            if top == CLOSED:
                continue
            inside = 0.0
            for c in range(value.shape[2]):
                if value[k, h, c] > CLOSED:
                    out[k, h, c] = math.exp((value[k, h, c] - top) / scale)
                    inside += out[k, h, c]
            of_host = math.exp(top + scale * math.log(inside))
            total += of_host
            for c in range(value.shape[2]):
                out[k, h, c] *= of_host / inside
        for h in range(value.shape[1]):
            for c in range(value.shape[2]):
                out[k, h, c] /= 1.0 + total
