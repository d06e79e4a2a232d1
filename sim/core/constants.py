"""Constants: alpha of the decision (SPEC §5), by one inversion on the stocks with which a run starts.

alpha is the least that lets at least as many people leave for a host by each channel as leave it; contracts are
rationed by posts besides. The initial stocks are spent on this. Groups of one nationality with the same hosts and
channels are one community and share alpha. Hosts where a community had nobody count as half a head.
"""

import math
import sys
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.choice import CLOSED
from sim.core.kernel import kernel
from sim.core.moments import AT_HOME
from sim.core.words import Channel, Status

LARGEST = math.log(sys.float_info.max)  # of which exp still is a number
AWAY = (Status.WORKER, Status.OVERSTAYER, Status.IRREGULAR, Status.ASYLUM_SEEKER, Status.RECEPTION)


class Flows(NamedTuple):
    """What does not change from round to round: the community of each group and of each kind, departures a step that
    would keep the stocks [community, host, channel, persons], and persons who reconsider in a step [kind]."""

    community: NDArray[np.intp]
    of_kind: NDArray[np.intp]
    goal: NDArray[np.float64]
    home: NDArray[np.float64]


def flows(state: Any) -> Flows:
    """Taken from the stocks as they are."""
    community = _communities(state)
    return Flows(community, community[state.kinds.group], _wanted_flow(state, community), _at_home(state))


@kernel
def raise_constants(alpha, value, community, of_kind, goal, home, p_clock, scale):
    """One round: move alpha [group, host] in place by the largest ln(goal / leaving) of a host's channels.

    value [kind, host, channel] is V with this alpha; the others are as in `Flows`.
    """
    leaving = np.zeros(goal.shape)
    leave(value, of_kind, home, p_clock, scale, leaving)
    for g in range(alpha.shape[0]):
        for h in range(alpha.shape[1]):
            most, anybody = -3.0, False
            for c in range(goal.shape[2]):
                leaves = leaving[community[g], h, c]
                anybody = anybody or leaves != 0.0
                if goal[community[g], h, c] > 0.0 and leaves > 0.0:
                    most = max(most, math.log(goal[community[g], h, c] / leaves))
            if anybody:
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
    away = state.people.who(*AWAY)
    at = community[c.group[away]], state.people.host_of[c.place[away]], c.channel[away]
    np.add.at(stock, at, c.weight[away])
    nobody = stock.sum(2) == 0
    stock[nobody] = weight[np.nonzero(nobody)[0], None] / 2 / len(Channel)
    stock[:, :, Channel.CONTRACT] *= state.params["contract_queue"]
    return stock * state.params["exit_rate"] * state.calendar.years_per_step


@kernel
def leave(value, of_kind, home, p_clock, scale, out):
    """Add up who leaves in a step, if everything is affordable: out [community, host, channel, persons]."""
    share = np.empty(value.shape[1:])  # the chance of each alternative at a moment of reconsidering
    for k in range(value.shape[0]):
        total = 0.0
        for h in range(value.shape[1]):
            top = CLOSED
            for c in range(value.shape[2]):
                top = max(top, value[k, h, c])
                share[h, c] = 0.0
            if top == CLOSED:
                continue
            inside = 0.0
            for c in range(value.shape[2]):
                if value[k, h, c] > CLOSED:
                    share[h, c] = math.exp((value[k, h, c] - top) / scale)
                    inside += share[h, c]
            log = top + scale * math.log(inside)
            of_host = math.exp(log) if log <= LARGEST else math.inf  # exp says so itself, but only compiled
            total += of_host
            for c in range(value.shape[2]):
                share[h, c] *= of_host / inside
        for h in range(value.shape[1]):
            for c in range(value.shape[2]):
                out[of_kind[k], h, c] += share[h, c] / (1.0 + total) * home[k] * p_clock
