"""Orders: employers ask to hire for posts that are empty, from the nationalities they prefer (S073-S074).

Each employer wants its posts filled in shares by nationality, among those whose contract channel is open; what is
missing of a nationality becomes requests. An employer learns from posts that stay empty: it asks for no more than a
multiple of those who lately came, and a little beyond to try; and its shares are drawn towards those who came.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import pair, stream, uniforms
from sim.core.kernel import kernel
from sim.core.preferences import extra_posts
from sim.core.requests import Stage
from sim.core.state import State

ROUNDING = stream("orders rounding")


def step(state: State) -> None:
    """Open requests for the posts that neither staff nor earlier requests fill."""
    e, nations = state.employers, state.nations
    staff = state.people.contracts
    pending = state.requests.persons(Stage.OPEN, len(e), nations) + state.requests.persons(
        Stage.AUTHORISED, len(e), nations
    )
    wanted = e.posts[:, None] * state.preferred() + extra_posts(state)
    gap = np.maximum(wanted - staff - pending, 0.0)
    vacant = np.maximum(wanted.sum(1) - (staff + pending).sum(1) - e.local - e.leaked - e.withdrawn, 0.0)
    gap = np.minimum(gap, np.maximum(_asked(state, staff, wanted) - pending, 0.0))
    gap *= np.minimum(1.0, vacant / np.maximum(gap.sum(1), 1e-9))[:, None]
    state.memory["unfilled"] = vacant + pending.sum(1)
    state.memory["missing"] = state.memory["unfilled"] + e.local
    _open(state, gap)


def _asked(state: State, staff: NDArray[np.int64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """The most that an employer has asked for at a time [employer, nation, persons].

    Arrivals a month are remembered at the employer's rate; at the start they are what keeps the staff.
    """
    p, years = state.params, state.calendar.years_per_step
    came = state.memory.setdefault("came", staff * p["exit_rate"] * years)
    if "arrived" in state.memory:
        came += state.chance_of(p["employer_memory_rate"]) * (state.memory["arrived"] - came)
    return np.maximum(p["stretch"] * p["authorisation_months"] * came, p["probe"] * np.maximum(wanted - staff, 0.0))


def units(state: State) -> NDArray[np.int64]:
    """Persons of one request by [host, nation]: the smallest weight of those who could come."""
    if "units" not in state.memory:
        out = np.full((state.hosts, state.nations), np.iinfo(np.int64).max)
        for g, group in enumerate(state.world.groups):
            if "contract" in group.channels or group.is_programme:
                for h in (state.country(code) for code in group.hosts):
                    n = state.world.nation_of_group[g]
                    out[h, n] = min(out[h, n], state.head_of_group[g])
        state.memory["units"] = out
    table: NDArray[np.int64] = state.memory["units"]
    return table


def _open(state: State, gap: NDArray[np.float64]) -> None:
    """Open gap / unit requests for each employer and nation, rounded by a draw of their own."""
    e = state.employers
    unit = units(state)[e.host]
    at = np.nonzero((gap > 0) & (unit < np.iinfo(np.int64).max))
    if not at[0].size:
        return
    keys = pairs(e.ids[at[0]], at[1])
    with np.errstate(over="ignore"):
        number = np.floor(gap[at] / unit[at] + uniforms(state.luck(ROUNDING), keys)).astype(np.int64)
    employer, nation = np.repeat(at[0], number), np.repeat(at[1], number)
    ordinal = np.arange(employer.size) - np.repeat(np.cumsum(number) - number, number)
    with np.errstate(over="ignore"):
        ids = pairs(np.repeat(keys, number), ordinal * 4096 + state.t)
    state.requests.open(state.t, ids, employer, nation, unit[employer, nation])
    state.ledger.count("requests", e.host[employer], nation, unit[employer, nation])


@kernel
def pairs(who, what):
    """One key for each id and number."""
    out = np.empty(who.size, np.uint64)
    for n in range(who.size):
        out[n] = pair(who[n], what[n])
    return out
