"""Kin and naturalisation: who is drawn, where to, and how many."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.chance import luck, stream, uniforms
from sim.core.words import Status
from sim.mechanisms.settlement import NOBODY, drawn, joins, region

HEADS, SHARE = 20_000, np.array([[0.0, 0.02, 0.03], [0.0, 0.0, 0.0]])
WORD = luck(1, stream("test"), 0)


def asked(status=Status.HOME, group=0, queued=0, p=SHARE):
    """The host that each of many alike persons asks for."""
    ids = np.arange(HEADS, dtype=np.uint64)
    columns = [np.full(HEADS, x, "i8") for x in (status, group, queued)]
    with np.errstate(over="ignore"):
        who, host = joins(np.array([[0, HEADS]]), 0, 1, *columns, ids, p, WORD)
    out = np.full(HEADS, NOBODY)
    out[who] = host
    return out


def test_as_many_ask_as_the_chances_say():
    host = asked()
    for h, p in enumerate(SHARE[0]):
        sd = math.sqrt(HEADS * p * (1 - p))  # four of them: one false alarm in 16,000
        assert abs((host == h).sum() - HEADS * p) <= 4 * sd


def test_another_host_changes_nothing_for_those_who_ask_for_an_earlier_one():
    host, alone = asked(), asked(p=SHARE * (1, 1, 0))
    assert (host[alone == 1] == 1).all()
    assert set(alone.tolist()) == {1, NOBODY}


@pytest.mark.parametrize("who", [{"status": Status.WORKER}, {"group": 1}, {"queued": 1}])
def test_nobody_asks_from_abroad_without_kin_or_while_a_request_names_him(who):
    assert (asked(**who) == NOBODY).all()


@given(lengths=st.lists(st.integers(1, 40), max_size=6), months=st.integers(1, 13), month=st.integers(0, 12))
def test_each_thinks_of_kin_in_the_month_of_the_own_id(lengths, months, month):
    ends = np.cumsum([5, *lengths, 7])  # before and after them are people who are in no run
    runs, size, month = np.column_stack([ends[:-2], ends[1:-1]]), ends[-1], month % months
    run = np.searchsorted(ends, np.arange(size), side="right")
    ids = np.arange(size, dtype=np.uint64) + (run * 1_000_003).astype(np.uint64)
    nought = np.zeros(size, "i1")
    with np.errstate(over="ignore"):
        who, _ = joins(runs, month, months, nought, nought, nought, ids, np.array([[0.3, 0.3]]), WORD)
        yes = (run > 0) & (run <= len(lengths)) & (ids % np.uint64(months) == month) & (uniforms(WORD, ids) < 0.6)
    assert who.tolist() == np.flatnonzero(yes).tolist()


def test_who_is_drawn_has_been_there_for_long_and_draws_below_the_chance_of_the_place():
    group, place = np.arange(HEADS) % 2, np.arange(HEADS) // 2 % 2
    since, p = np.arange(HEADS) % 7, np.array([[0.0, 0.3], [0.6, 0.1]])
    rows, ids, host_of = np.arange(HEADS, dtype=np.int32), np.arange(HEADS, dtype=np.uint64), np.array([1, 0])
    with np.errstate(over="ignore"):
        found = drawn(rows, ids, since, group, place, host_of, 8, np.array([4.0, 5.0]), p, WORD)
        yes = (uniforms(WORD, ids) < p[group, 1 - place]) & (8 - since >= np.array([5.0, 4.0])[place])
    assert found.size and found.tolist() == np.flatnonzero(yes).tolist()


def test_kin_go_where_compatriots_live_and_nowhere_else_in_the_host():
    host_of = np.array([0, 1, 1, 1, 2], np.int16)
    live = np.array([[9], [0], [30], [10], [50]], np.int64)
    ids = np.arange(HEADS, dtype=np.uint64)
    with np.errstate(over="ignore"):
        place = region(ids, np.zeros(HEADS, "i1"), np.full(HEADS, 1, "i2"), live, host_of, WORD)
        all_gone = region(
            ids, np.zeros(HEADS, "i1"), np.full(HEADS, 2, "i2"), live * (host_of < 2)[:, None], host_of, WORD
        )
    assert set(place.tolist()) == {2, 3}
    assert (all_gone == NOBODY).all()
    assert abs((place == 2).mean() - 0.75) <= 4 * math.sqrt(0.75 * 0.25 / HEADS)
