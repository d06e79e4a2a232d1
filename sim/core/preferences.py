"""Preferences: whom an employer would hire, as it learns from who comes and as sanctions frighten it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]


def extra_posts(state: Any) -> Table:
    """Posts that a labour agreement reserves for a nationality, spread over the host's employers [employer, nation]."""
    e, posts = state.employers, state.rules.tables["extra_posts"]
    if not posts.any():
        return np.zeros((len(e), state.nations))
    size = np.bincount(e.host, weights=e.base_posts, minlength=state.hosts)
    reserved: Table = posts[e.host] * (e.base_posts / np.maximum(size[e.host], 1e-9))[:, None]
    return reserved * state.rules.tables["asks"][e.host]


def used_to(state: Any, table: Table) -> Table:
    """Preferences [employer, nation] drawn towards those who came and away from those who did not (weak: S082).

    share = table · (1 − a) + a · staff / Σ staff, a being `preference_shift`. Staff are workers with a permit of the
    nationalities in the table, beyond those on posts that an agreement reserves. Who has no staff keeps the table.
    """
    a = state.params["preference_shift"]
    staff = np.maximum(state.people.contracts - extra_posts(state), 0.0) * (table > 0)
    total = staff.sum(1)
    shift = np.where(total > 0, a, 0.0)[:, None]
    return table * (1 - shift) + shift * staff / np.maximum(total, 1.0)[:, None]


def shunned(table: Table, asks: Table) -> Table:
    """Preferences where only a share of an employer's firms still asks for a nationality (`asks` [employer, nation]).

    The other firms turn to the nationalities that nobody shuns, in proportion; where there is none, their posts go.
    """
    if (asks == 1).all():
        return table
    free = table * (asks == 1)
    lost = (table * (1 - asks)).sum(1)
    return table * asks + free * (lost / np.maximum(free.sum(1), 1e-9))[:, None]
