"""Chance: a draw is a pure function of seed, decision, date and person.

Nothing is drawn from a shared stream, so one more migrant changes nobody else's luck, and two scenarios with the same
seed differ by their policies alone. Mixing is the finaliser of splitmix64 (Steele, Lea and Flood 2014).
"""

import math
import zlib
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
BY30, BY27, BY31, BY11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
ONE, WORD = np.uint64(1), 2**64
TO_UNIT = 2.0**-53
HUGE = 700.0  # of which exp still is a number
SPAN = 64  # steps whose streams are made at once
BLOCK = 512  # rows that are drawn for together
SLACK = 1.0 + 1e-9


@kernel
def mix64(x):
    """Scatter 64 bits over 64 bits, one to one."""
    x = (x ^ (x >> BY30)) * FIRST
    x = (x ^ (x >> BY27)) * SECOND
    return x ^ (x >> BY31)


@kernel
def draw(luck, who):
    """64 random bits of `who` [uint64: a person's or request's id] in the stream `luck` of this month."""
    return mix64(luck + who * GOLDEN)


@kernel
def uniform(luck, who):
    """A number in [0, 1)."""
    return np.float64(mix64(luck + who * GOLDEN) >> BY11) * TO_UNIT


@kernel
def pair(who, what):
    """One key for a person and an alternative, limit or request (`what` [int or uint64])."""
    return mix64(who + (np.uint64(what) + ONE) * FIRST)


@kernel
def race(luck, who, pace, limit):
    """When one comes in a race who runs at some pace, -ln u / pace; infinity where that is surely after `limit`.

    Who comes first is a logit choice by ln pace, for -ln(-ln u) is a Gumbel deviate. Without a pace nobody comes.
    """
    u = (np.float64(mix64(luck + who * GOLDEN) >> BY11) + 0.5) * TO_UNIT
    if pace <= 0.0 or 1.0 - u > limit * pace * SLACK:  # -ln u is at least 1 - u
        return np.inf
    return -math.log(u) / pace


@kernel
def draws(luck, ids):
    """64 random bits for each id [uint64 array]."""
    out = np.empty(ids.size, np.uint64)
    for n in range(ids.size):
        out[n] = mix64(luck + ids[n] * GOLDEN)
    return out


@kernel
def uniforms(luck, ids):
    """A number in [0, 1) for each id [uint64 array]."""
    out = np.empty(ids.size, np.float64)
    for n in range(ids.size):
        out[n] = np.float64(mix64(luck + ids[n] * GOLDEN) >> BY11) * TO_UNIT
    return out


@kernel
def uniforms_of(luck, rows, ids):
    """A number in [0, 1) for each of `rows` [int32], given everybody's ids."""
    out = np.empty(rows.size, np.float64)
    for n in range(rows.size):
        out[n] = uniform(luck, ids[rows[n]])
    return out


@kernel
def struck(luck, rows, ids, cell, p):
    """Those of `rows` [int32] whose draw lies below the chance of their cell: ids, cell [person], p [cell]."""
    out, found = np.empty(rows.size, np.int32), 0
    for i in rows:
        if p[cell[i]] > 0.0 and uniform(luck, ids[i]) < p[cell[i]]:
            out[found] = i
            found += 1
    return out[:found]


@kernel
def thin(rows, ids, runs, lucks, limits):
    """Of `rows` [int32], for each stream [lucks] those whose draw, as a number of 53 bits, lies below its limit: out
    [stream, row] and how many of each.

    In blocks of rows; without a branch, which would be guessed wrong often. Ids of rows in one of the `runs` (its first
    row, and at last the number of all) follow each other, so that those of most blocks are not read but counted.
    """
    out, found = np.empty((lucks.size, 2 * BLOCK), np.int32), np.zeros(lucks.size, np.int64)
    some, drawn, r = np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.uint64), 0
    for start in range(0, rows.size, BLOCK):
        here = rows[start : start + BLOCK]
        low, high = here[0], here[0]
        for n in range(here.size):
            low, high = min(low, here[n]), max(high, here[n])
        while low < runs[r]:
            r -= 1
        while low >= runs[r + 1]:
            r += 1
        if high < runs[r + 1]:
            before = ids[low] - np.uint64(low)
            for n in range(here.size):
                some[n] = before + np.uint64(here[n])
        else:
            for n in range(here.size):
                some[n] = ids[np.uint32(here[n])]
        for k in range(lucks.size):
            if found[k] + BLOCK > out.shape[1]:
                out = roomier(out, found)
            luck, most, upto = lucks[k], limits[k], np.uint64(found[k])
            for n in range(here.size):
                drawn[n] = draw(luck, some[n]) >> BY11
            for n in range(here.size):
                out[k, upto] = here[n]
                upto += np.uint64(drawn[n] < most)
            found[k] = upto
    return out, found


@kernel
def roomier(table, found):
    """Twice as long a table, with the first `found` [row] of each row."""
    out = np.empty((table.shape[0], 2 * table.shape[1]), table.dtype)
    for k in range(found.size):
        for n in range(found[k]):
            out[k, n] = table[k, n]
    return out


def bounds(draws: tuple[tuple[np.uint64, float], ...]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Streams and limits, as `thin` takes them."""
    lucks, limits = [luck for luck, _ in draws], [math.ceil(min(p, 1.0) / TO_UNIT) for _, p in draws]
    return np.array(lucks, np.uint64), np.array(limits, np.uint64)


def below(rows: NDArray[np.int32], ids: NDArray[np.uint64], runs: NDArray[np.int64],
          *draws: tuple[np.uint64, float]) -> list[NDArray[np.int32]]:  # fmt: skip
    """For each draw, a stream and the largest chance that anybody has: whom it can strike; nobody else need be seen."""
    out, found = thin(rows, ids, runs, *bounds(draws))
    return [out[k, :n] for k, n in enumerate(found.tolist())]


def limit(hazard: float) -> float:
    """No less than the chance 1 − exp(−h) of any hazard h up to this one, however their last bits were rounded."""
    return (1.0 - math.exp(-hazard)) * SLACK + 1e-12


def bounded_exp(x: float) -> float:
    """exp(x), or a number as good as infinite."""
    return math.exp(min(x, HUGE))


@kernel
def chances(rates, years):
    """Chance 1 − exp(−rate · years) of each yearly rate; computed alike compiled or not, which numpy's exp is not."""
    out = np.empty(rates.size, np.float64)
    for n in range(rates.size):
        out[n] = 1.0 - math.exp(-rates[n] * years)
    return out


def stream(name: str) -> np.uint64:
    """The key of a decision, from its name."""
    return np.uint64(zlib.crc32(name.encode()))


@lru_cache(maxsize=1024)
def key(*names: object) -> np.uint64:
    """A stable 64-bit key of some names, for ids of things that are not persons."""
    with np.errstate(over="ignore"):
        out = GOLDEN
        for name in names:
            out = np.uint64(mix64(out + np.uint64(zlib.crc32(str(name).encode())) * GOLDEN))
        return out


def luck(seed: int, decision: np.uint64, t: int) -> np.uint64:
    """The stream of a decision in step t; neither scenario nor row ever enters."""
    return _lucks(seed, decision, t // SPAN)[t % SPAN]


@lru_cache(maxsize=1024)
def _lucks(seed: int, decision: np.uint64, span: int) -> list[np.uint64]:
    """The streams of a decision in some steps on end."""
    root = mixed(mixed(seed + int(GOLDEN)) + int(decision) * int(GOLDEN))
    return list(draws(np.uint64(root), np.arange(span * SPAN, (span + 1) * SPAN).astype(np.uint64)))


def mixed(x: int) -> int:
    """As `mix64`, for one whole number of any size, of which the last 64 bits count."""
    x %= WORD
    x = (x ^ (x >> 30)) * int(FIRST) % WORD
    x = (x ^ (x >> 27)) * int(SECOND) % WORD
    return x ^ (x >> 31)


def present(codes: NDArray[Any]) -> NDArray[np.intp]:
    """The small whole numbers that occur, in order."""
    return np.flatnonzero(np.bincount(codes))


def edges(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Upper ends of the parts of [0, 1) that belong to shares [..., part], scaled to sum to one; NaN where none is."""
    sums = np.cumsum(shares, axis=-1)
    with np.errstate(invalid="ignore"):
        ends: NDArray[np.float64] = sums / sums[..., -1:]
    return ends


@kernel
def part(u, ends):
    """The part of [0, 1) that u falls into, by the parts' upper ends."""
    k = 0
    while k < ends.size - 1 and u >= ends[k]:
        k += 1
    return k


@kernel
def parts(luck, ids, row, ends):
    """For each id the part that its draw falls into, by the edges of its row: ends [row, part]."""
    out = np.empty(ids.size, np.int64)
    for n in range(ids.size):
        out[n] = part(uniform(luck, ids[n]), ends[row[n]])
    return out


def split(ids: NDArray[np.uint64], luck_: np.uint64, shares: NDArray[np.float64]) -> NDArray[np.intp]:
    """For each id the part of [0, 1) that its draw falls into; `shares` are positive and are scaled to sum to one."""
    with np.errstate(over="ignore"):
        edges = np.cumsum(shares)
        edges /= max(edges[-1], np.finfo(np.float64).tiny)  # nobody is split where all shares are nought
        return np.minimum(np.searchsorted(edges, uniforms(luck_, ids), side="right"), len(shares) - 1)
