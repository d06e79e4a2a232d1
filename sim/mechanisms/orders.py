"""Orders: employers ask to hire for posts that are empty, from the nationalities they prefer (S073-S074).

Each employer wants its posts filled in shares by nationality, among those whose contract channel is open; what is
missing of a nationality becomes requests. An employer learns from posts that stay empty: it asks for no more than a
multiple of those who lately came, and a little beyond to try; and its shares are drawn towards those who came.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import pair, stream, uniform
from sim.core.kernel import kernel
from sim.core.preferences import extra_posts
from sim.core.requests import Stage
from sim.core.state import State

ROUNDING = stream("orders rounding")
NOBODY_COMES = np.iinfo(np.int64).max  # of a nationality to a host
A_MONTH = 4096  # more than there are steps


def step(state: State) -> None:
    """Open requests for the posts that neither staff nor earlier requests fill."""
    e, p, staff = state.employers, state.params, state.people.contracts
    asked, granted = (state.requests.persons(x, len(e), state.nations) for x in (Stage.OPEN, Stage.AUTHORISED))
    wanted = e.posts[:, None] * state.preferred() + extra_posts(state)
    came, most = _came(state, staff), p["stretch"] * p["authorisation_months"]
    gap, pending, filled = np.empty_like(wanted), np.zeros(len(e), np.int64), np.zeros(len(e), np.int64)
    missing(wanted, staff, asked, granted, came, most, p["probe"], gap, pending, filled)
    vacant = np.maximum(wanted.sum(1) - filled - e.local - e.leaked - e.withdrawn, 0.0)
    state.memory["unfilled"] = vacant + pending
    state.memory["missing"] = state.memory["unfilled"] + e.local
    _open(state, gap, np.minimum(1.0, vacant / np.maximum(gap.sum(1), 1e-9)))


def _came(state: State, staff: NDArray[np.int64]) -> NDArray[np.float64]:
    """Arrivals a month [employer, nation, persons], remembered at the employer's rate.

    At the start they are what keeps the staff.
    """
    p, years = state.params, state.calendar.years_per_step
    came: NDArray[np.float64] = state.memory.setdefault("came", staff * p["exit_rate"] * years)
    if "arrived" in state.memory:
        came += state.chance_of(p["employer_memory_rate"]) * (state.memory["arrived"] - came)
    return came


@kernel
def missing(wanted, staff, asked, granted, came, most, probe, gap, pending, filled):
    """Write down whom employers miss and may ask for: gap [employer, nation]; add up persons pending, and all it has.

    wanted, staff, and persons asked for, granted and lately come a month [employer, nation]. An employer has asked at
    a time for no more than `most` times those who came, or the share `probe` of those it misses. pending, filled
    [employer].
    """
    for e in range(wanted.shape[0]):
        for n in range(wanted.shape[1]):
            waits, without = asked[e, n] + granted[e, n], wanted[e, n] - staff[e, n]
            limit = max(most * came[e, n], probe * max(without, 0.0))
            gap[e, n] = min(max(without - waits, 0.0), max(limit - waits, 0.0))
            pending[e] += waits
            filled[e] += staff[e, n] + waits


def units(state: State) -> NDArray[np.int64]:
    """Persons of one request by [host, nation]: the smallest weight of those who could come."""
    if "units" not in state.memory:
        out = np.full((state.hosts, state.nations), NOBODY_COMES)
        for g, group in enumerate(state.world.groups):
            if "contract" in group.channels or group.is_programme:
                for h in (state.country(code) for code in group.hosts):
                    n = state.world.nation_of_group[g]
                    out[h, n] = min(out[h, n], state.head_of_group[g])
        state.memory["units"] = out
    table: NDArray[np.int64] = state.memory["units"]
    return table


def _open(state: State, gap: NDArray[np.float64], share: NDArray[np.float64]) -> None:
    """Open requests for a share [employer] of the gap."""
    e = state.employers
    employer, nation, ids, weight = written(
        gap, share, units(state), e.host, e.ids, state.luck(ROUNDING), state.t, state.ledger.tally("requests")
    )
    if ids.size:
        state.requests.open(state.t, ids, employer, nation, weight)


@kernel
def written(gap, share, unit, host, ids, luck, now, tally):
    """gap · share / unit requests for each employer and nation, rounded by a draw of their own.

    gap [employer, nation, persons], share [employer], unit [host, nation, persons], host and ids [employer]; tally
    [host, nation, persons] grows in place. By request: employer, nation, its id, and persons.
    """
    number, size, k = np.zeros(gap.shape, np.int64), 0, 0
    for e in range(host.size):
        for n in range(gap.shape[1]):
            persons, of = gap[e, n] * share[e], unit[host[e], n]
            if persons > 0.0 and of < NOBODY_COMES:
                number[e, n] = math.floor(persons / of + uniform(luck, pair(ids[e], n)))
                tally[host[e], n] += number[e, n] * of
                size += number[e, n]
    employer, nation, weight = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    keys = np.empty(size, np.uint64)
    for e in range(host.size):
        for n in range(gap.shape[1]):
            for ordinal in range(number[e, n]):
                employer[k], nation[k], weight[k] = e, n, unit[host[e], n]
                keys[k] = pair(pair(ids[e], n), ordinal * A_MONTH + now)
                k += 1
    return employer, nation, keys, weight
