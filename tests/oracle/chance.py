"""Chance, as `docs/odd.md` section 4 says: a draw is a function of seed, decision, step and id, and of nothing else."""

import math
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
WORD = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
UNIT = 1 / (1 << 53)


def mix(x: int) -> int:
    """The finaliser of splitmix64."""
    x = ((x ^ (x >> 30)) * FIRST) & WORD
    x = ((x ^ (x >> 27)) * SECOND) & WORD
    return x ^ (x >> 31)


@cache
def crc(word: str) -> int:
    """The crc32 of a word."""
    return zlib.crc32(word.encode())


def key(*words: object) -> int:
    """A 64-bit id made of words."""
    x = GOLDEN
    for word in words:
        x = mix((x + crc(str(word)) * GOLDEN) & WORD)
    return x


def pair(a: int, b: int) -> int:
    """The id of a person or thing and an alternative."""
    return mix((a + (b + 1) * FIRST) & WORD)


@cache
def luck(seed: int, decision: str, t: int) -> int:
    """The stream of a decision in step t."""
    stream = mix((seed + GOLDEN) & WORD)
    stream = mix((stream + crc(decision) * GOLDEN) & WORD)
    return mix((stream + t * GOLDEN) & WORD)


def bits(stream: int, who: int) -> int:
    """The 64 bits of a stream at an id; queues are sorted by them."""
    return mix((stream + who * GOLDEN) & WORD)


def uniform(stream: int, who: int) -> float:
    """A number in [0, 1)."""
    return (bits(stream, who) >> 11) * UNIT


def gumbel(stream: int, who: int) -> float:
    """A standard Gumbel deviate."""
    return -math.log(-math.log(((bits(stream, who) >> 11) + 0.5) * UNIT))


def part(u: float, shares: Sequence[float]) -> int:
    """The first part whose cumulated share exceeds the draw, of shares that need not sum to one; -1 if none has any."""
    total = math.fsum(shares)
    if total <= 0:
        return -1
    cumulated = 0.0
    for n, share in enumerate(shares):
        cumulated += share
        if u < cumulated / total:
            return n
    return max(n for n, share in enumerate(shares) if share > 0)


def whole(x: float) -> int:
    """Rounded to the nearest whole number, halves to the even one."""
    return round(x)


def monthly(rate: float) -> float:
    """A yearly rate as the chance of a month."""
    return 1 - math.exp(-rate / 12)


def least(values: Iterable[float], otherwise: float = math.inf) -> float:
    """The smallest of some values."""
    return min(values, default=otherwise)


def words(ids: list[int]) -> Words:
    """Ids as an array, to draw for all of them at once."""
    return np.array(ids, np.uint64)


def many(stream: int, ids: Words) -> Words:
    """The `bits` of many ids."""
    x = ids * np.uint64(GOLDEN) + np.uint64(stream)
    x ^= x >> np.uint64(30)
    x *= np.uint64(FIRST)
    x ^= x >> np.uint64(27)
    x *= np.uint64(SECOND)
    x ^= x >> np.uint64(31)
    return x


def below(stream: int, ids: Words, p: Any, among: Any) -> list[int]:
    """Positions among some of the ids whose `uniform` lies below p, one for all or one for each."""
    return np.flatnonzero(((many(stream, ids) >> np.uint64(11)) * UNIT < p) & among).tolist()


def found(codes: bytearray, some: list[int]) -> Any:
    """Which of the codes are among some."""
    return np.isin(np.frombuffer(codes, np.uint8), np.array(some, np.uint8), kind="table")


def spread(values: list[float], which: Words) -> Any:
    """For each the value that it has the number of."""
    return np.array(values)[which]


def order(stream: int, ids: Words, after: int = 0) -> list[int]:
    """Positions of the ids in the order of their `bits`, at the id or so many after it."""
    return np.argsort(many(stream, ids + np.uint64(after))).tolist()


def lowest(table: Any) -> float:
    """The smallest number of nested lists."""
    return min(map(lowest, table)) if isinstance(table[0], list) else min(table)


def highest(table: Any) -> float:
    """The largest number of nested lists."""
    return max(map(highest, table)) if isinstance(table[0], list) else max(table)
