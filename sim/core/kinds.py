"""Kinds: what people of a group, sector, sex and skill have in common, looked up by one column."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel

NATION, SECTOR, SEX, SKILLED, GROUP = range(5)  # what stands where in `Kinds.traits`


@dataclass(frozen=True)
class Kinds:
    """What the decision distinguishes: group, sector, sex (1 woman, 0 man) and skilled (1 with training that a trade or
    office pays for) [kind], only those that occur.

    traits [kind, NATION .. GROUP] holds all that is alike for life in people of a kind, in one row;
    persons [kind].
    """

    group: NDArray[np.int8]
    sector: NDArray[np.int8]
    sex: NDArray[np.int8]
    skilled: NDArray[np.int8]
    traits: NDArray[np.int32]
    persons: NDArray[np.int64]

    def skilled_by_nation(self, nations: int) -> NDArray[np.int64]:
        """The skilled, at home and abroad [nation, persons]."""
        out, t = np.zeros(nations, np.int64), self.traits
        np.add.at(out, t[:, NATION], self.persons * t[:, SKILLED])
        return out


def kinds_of(columns: Any, sex: NDArray[np.int8], skilled: NDArray[np.int8]) -> Kinds:
    """The combinations of group, sector, sex and skill that occur among people, whose kinds are filled in.

    Raises ValueError if people of a group are of several nations.
    """
    c, alike = columns, (columns.group, columns.sector, sex, skilled)
    rows, persons, unlike = first_of_kind(*alike, c.weight, c.nation, c.kind)
    if unlike >= 0:
        raise ValueError(f"head {unlike}: others of its kind have another nation")
    traits = np.array([x[rows] for x in (c.nation, c.sector, sex, skilled, c.group)])
    group, sector, sex, skilled = (x[rows] for x in alike)
    return Kinds(group, sector, sex, skilled, np.ascontiguousarray(traits.T, np.int32), persons)


@kernel
def first_of_kind(group, sector, sex, skilled, weight, nation, kind):
    """Number the combinations that occur, in their order, fill in everybody's, and name the first row of each.

    Out also: the persons of each, and the first row that has another nation than the first of its kind, or -1.
    """
    sectors = 1
    for i in range(sector.size):
        sectors = max(sectors, int(sector[i]) + 1)
    groups = 0
    for i in range(group.size):
        groups = max(groups, int(group[i]) + 1)
    found, n = np.full(groups * sectors * 4, -1, np.int64), 0  # the first row of each, then its number
    for i in range(group.size):
        code = (np.int64(group[i]) * sectors + sector[i]) * 4 + sex[i] * 2 + skilled[i]
        if found[code] < 0:
            found[code] = i
    rows = np.empty(found.size, np.int64)
    for code in range(found.size):
        if found[code] >= 0:
            rows[n], found[code] = found[code], n
            n += 1
    persons, unlike = np.zeros(n, np.int64), -1
    for i in range(group.size):
        k = found[(np.int64(group[i]) * sectors + sector[i]) * 4 + sex[i] * 2 + skilled[i]]
        kind[i] = k
        persons[k] += weight[i]
        if unlike < 0 and nation[i] != nation[rows[k]]:
            unlike = i
    return rows[:n], persons, unlike
