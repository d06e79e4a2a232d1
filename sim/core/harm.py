"""Harm: who came to harm in a step, by community of origin, host and way of coming; communities learn from it.

A mechanism that harms people calls `harmed`: for those detained, seen at the border, ill-treated at work. Pay held back
is harm too, by the share held, and `work` adds it. A fine is money, not harm. Known gap: one harm counts like another.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.people import AT_HOME, Columns
from sim.core.roll import Rows
from sim.core.words import Channel, Status

ABROAD = [x for x in Status if x != Status.HOME]


def harmed(state: Any, who: Rows) -> None:
    """Note that people abroad came to harm where they are; a person may be named twice in a step."""
    people, c = state.people, state.people.cols
    if who.size:
        add_there(who, c.nation, c.place, c.channel, c.weight, people.host_of, tally(state, "harm"))


def turned_back(state: Any, who: Rows, host: NDArray[np.int16], channel: Channel) -> None:
    """Note that people were seen on their way to `host` and are at home again; they tried, and came to harm."""
    c: Columns = state.people.cols
    if who.size:
        add_tried(who, host, int(channel), c.nation, c.weight, tally(state, "harm"), tally(state, "tried"))


def tally(state: Any, name: str) -> NDArray[np.int64]:
    """Persons by [nation, host, channel] since the tally of that name was last taken out, to be added to in place."""
    if name not in state.memory:
        state.memory[name] = np.zeros((state.nations, state.hosts, len(Channel)), np.int64)
    table: NDArray[np.int64] = state.memory[name]
    return table


def taken_out(state: Any, name: str) -> NDArray[np.int64]:
    """The tally, which begins anew."""
    table = tally(state, name)
    del state.memory[name]
    return table


@kernel
def add_there(rows, nation, place, channel, weight, host_of, out):
    """Add the persons of each of `rows` to out [nation, host, channel]; who came by none is passed over."""
    for i in rows:
        if channel[i] >= 0:
            out[nation[i], host_of[place[i]], channel[i]] += weight[i]


@kernel
def add_tried(rows, host, channel, nation, weight, harm, tried):
    """Add the persons of each of `rows`, who tried for a host [row of rows] by this channel, to both tallies."""
    for n in range(rows.size):
        i = rows[n]
        harm[nation[i], host[n], channel] += weight[i]
        tried[nation[i], host[n], channel] += weight[i]


@dataclass
class There:
    """Who lives where as it was last counted, in step `t`: cell [person], 1 + host × channel or 0 for nowhere, and
    persons [nation, host × channel]."""

    t: int
    cell: NDArray[Any]  # of as few bytes as will do
    persons: NDArray[np.int64]


def living_there(state: Any) -> NDArray[np.int64]:
    """Persons abroad by [nation, host, channel by which they came].

    Nobody changes host or channel but by a move, so that after a first count only those are looked at who moved in
    this step or the last.
    """
    people, c, channels = state.people, state.people.cols, len(Channel)
    there: There | None = state.memory.get("living there")
    if there is None or not 0 <= state.t - there.t <= 1 or there.cell.size != len(people):
        cell = np.zeros(len(people), np.min_scalar_type(state.hosts * channels))
        there = There(state.t, cell, np.zeros((state.nations, state.hosts * channels), np.int64))
        moved = people.who(*ABROAD)
    else:
        moved = np.concatenate([people.crossed_before, people.moved[0, : people.crossed]])
    if moved.size:
        recount(moved, c.status, c.nation, c.place, c.channel, c.weight, people.each, people.host_of, channels,
                there.cell, there.persons)  # fmt: skip
    there.t = state.t
    state.memory["living there"] = there
    return there.persons.reshape(state.nations, state.hosts, channels).copy()


@kernel
def recount(rows, status, nation, place, channel, weight, each, host_of, channels, cell, persons):
    """Bring cell [person] and persons [nation, host × channel] up to date for each of `rows`; who came by no channel
    is in none. each: weight of everybody, or 0 if they differ."""
    for i in rows:
        was, now = np.int64(cell[i]), 0
        if status[i] != AT_HOME and channel[i] >= 0:
            now = 1 + host_of[place[i]] * channels + channel[i]
        w = each if each > 0 else np.int64(weight[i])
        if was > 0:
            persons[nation[i], was - 1] -= w
        if now > 0:
            persons[nation[i], now - 1] += w
        cell[i] = now
