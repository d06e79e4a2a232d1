"""Bars: whom a state removed, it does not let in lawfully again for some time (L06)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.roll import Rows
from sim.core.words import NEVER


def bar(state: Any, who: Rows, host: NDArray[np.int16]) -> None:
    """Bar each of `who`, about to be removed from `host`, for as long as the way of the stay says (rule table `bar`).

    Known gap: a person removed from a second host is barred there, and no longer by the first.
    """
    c = state.people.cols
    months = state.rules.tables["bar"][c.channel[who], host]
    c.banned_host[who], c.banned_until[who] = host, state.t + np.rint(months).astype(np.int16)
    state.barred.add(who)


def barred_now(state: Any) -> NDArray[np.int64]:
    """Persons whom each host still bars after this step [host, nation]."""
    c, out = state.people.cols, np.zeros((state.hosts, state.nations), np.int64)
    who = state.barred.find(c.banned_until, state.t + 2, NEVER)
    add_barred(who, c.banned_host, c.nation, c.weight, out)
    return out


@kernel
def add_barred(rows, host, nation, weight, out):
    """Add the persons of each of `rows` to out [host, nation]."""
    for i in rows:
        out[host[i], nation[i]] += weight[i]


def barred_host(state: Any, who: Rows) -> NDArray[np.int8]:
    """The host that bars each of `who` in this step, or -1."""
    c = state.people.cols
    return np.where(c.banned_until[who] > state.t, c.banned_host[who], np.int8(-1))
