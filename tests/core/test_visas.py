"""Visas: so many in a year, to whoever is drawn first, whatever made them go."""

import numpy as np

from sim.core import visas
from sim.core.words import Channel
from tests.chance.runs import built

LIMIT, EACH = 5, 20


def lots(state):
    """A lot of tourists, one of people who will overstay, and one of workers, all to the ROK."""
    c, korea = state.people.cols, state.country("KOR")
    place = int(np.flatnonzero(state.people.host_of == korea)[0])
    rows = np.flatnonzero(c.nation == state.country("MNG")).astype(np.int32)[: 3 * EACH]
    c.weight[rows] = 1
    return [
        (rows[n::3], np.full(EACH, place, np.int16), np.full(EACH, channel, np.int8))
        for n, channel in enumerate((Channel.VISIT, Channel.OVERSTAY, Channel.CONTRACT))
    ]


def given(state, some, passes):
    """Who of some lots has a visa, lot by lot."""
    out = np.concatenate(passes)
    visas.given(state, *(np.concatenate(x) for x in zip(*some, strict=True)), out)
    return np.split(out, len(some))


def served(order, limit=LIMIT):
    """Who gets a visa of each lot, the lots coming in this order; only visits are limited."""
    state = built()
    state.rules.tables["visas_a_year"][Channel.VISIT, state.country("KOR"), state.country("MNG")] = limit
    some = [lots(state)[n] for n in order]
    has = given(state, some, [np.ones(EACH, bool) for _ in some])
    count = visas.issued(state)[Channel.VISIT, state.country("KOR"), state.country("MNG")]
    return {n: some[k][0][has[k]].tolist() for k, n in enumerate(order)}, int(count)


def test_who_is_served_does_not_rest_on_which_lot_leaves_first():
    (one, count), (other, _) = served((0, 1, 2)), served((2, 1, 0))
    assert one == other and count == LIMIT
    assert len(one[0]) + len(one[1]) == LIMIT and one[0] and one[1]  # tourists and others share them
    assert len(one[2]) == EACH  # visas for work are not limited


def test_whom_the_border_turns_back_uses_no_visa():
    state = built()
    state.rules.tables["visas_a_year"][Channel.VISIT, state.country("KOR"), state.country("MNG")] = LIMIT
    some, passes = lots(state)[:2], [np.zeros(EACH, bool), np.ones(EACH, bool)]
    turned_back, others = given(state, some, passes)
    assert not turned_back.any() and others.sum() == LIMIT


def test_without_a_limit_all_have_one():
    everybody, _ = served((0, 1, 2), np.inf)
    assert all(len(rows) == EACH for rows in everybody.values())
