"""Preferences: drawn towards those who came, and away from those whom firms shun."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.core.preferences import shunned, used_to
from sim.mechanisms import economy
from tests.chance.runs import WORLD, built

PRK, MNG = WORLD.country_index("PRK"), WORLD.country_index("MNG")
numbers = st.floats(0, 1).map(lambda x: round(x, 3))
tables = arrays(float, (3, 4), elements=numbers)


def shared(table):
    return table / np.maximum(table.sum(1), 1e-9)[:, None]


def preferred(shift, emptied=None):
    """Shares of a run's start, with the staff of one nationality gone."""
    state = built()
    state.params["preference_shift"] = shift
    if emptied is not None:
        state.people.contracts[:, emptied] = 0
    return state.preferred()


def test_without_a_shift_the_table_holds():
    state = built()
    table = WORLD.preference_table[state.employers.place, state.employers.sector]
    table = table * (state.rules.tables["open_work"][state.employers.host] > 0)
    assert (preferred(0.0) == shared(table)).all()
    assert (preferred(0.0, emptied=PRK) == preferred(0.0)).all()


@pytest.mark.parametrize("shift", [0.1, 0.5])
def test_shares_move_to_those_who_came_and_by_no_more_than_the_shift(shift):
    table, moved = preferred(0.0), preferred(shift, emptied=PRK)
    both = (table[:, PRK] > 0) & (table[:, PRK] < 1) & (moved[:, PRK] < table[:, PRK])
    assert both.any()
    assert np.isclose(moved[both, PRK], (1 - shift) * table[both, PRK]).all()
    assert np.isclose(moved.sum(1), table.sum(1)).all()
    assert np.abs(moved - table).max() <= shift + 1e-9
    assert (moved[table == 0] == 0).all()


def test_reserved_posts_are_not_learned_from():
    state = built()
    state.params["preference_shift"] = 1.0
    site = int(np.flatnonzero((state.employers.host == MNG) & (state.employers.base_posts > 0))[0])
    state.rules.set("open_work", (MNG, PRK), 1.0)
    state.rules.set("extra_posts", (MNG, PRK), 1e9)
    state.people.contracts[site, PRK] = 1000
    shares = used_to(state, shared(np.ones((len(state.employers), state.nations))))
    assert shares[site, PRK] == 0


@given(tables, arrays(float, (3, 4), elements=st.sampled_from((0.0, 0.25, 1.0))))
def test_lost_posts_go_to_whom_nobody_shuns_or_away(table, asks):
    table = shared(table)
    out = shunned(table, asks)
    assert (out >= 0).all() and (out.sum(1) <= table.sum(1) + 1e-9).all()
    some = (table * (asks == 1)).sum(1) > 0
    assert np.isclose(out.sum(1)[some], table.sum(1)[some]).all()
    assert np.isclose(out.sum(1)[~some], (table * asks).sum(1)[~some]).all()
    assert (shunned(table, np.ones_like(asks)) == table).all()


def test_an_agreements_posts_are_asked_for_by_those_who_still_ask():
    state = built()
    state.rules.set("asks", (slice(None), PRK), 0.25)
    full = preferred(0.1)
    economy.step(state)
    alone = full[:, PRK] == 1
    assert alone.any()
    assert np.isclose(state.preferred()[alone, PRK], 0.25).all()
