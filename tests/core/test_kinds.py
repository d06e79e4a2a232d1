"""Kinds: all that is alike in people of a group, sector, sex and skill."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.core.kinds import kinds_of

NAMES = ("group", "sector", "sex", "skilled", "weight", "nation")


def people(*rows):
    """Columns of people, of each of whom a row tells group, sector, sex, skill, weight and nation."""
    columns = dict(zip(NAMES, np.array(rows, np.int16).T, strict=True))
    return SimpleNamespace(**columns, kind=np.zeros(len(rows), np.int16))


def test_a_kind_has_its_traits_in_one_row_and_its_persons_are_counted():
    some = people((1, 0, 1, 0, 20, 2), (0, 3, 0, 1, 10, 1), (1, 0, 1, 0, 20, 2), (0, 3, 0, 0, 10, 1))
    kinds = kinds_of(some, some.sex, some.skilled)
    assert some.kind.tolist() == [2, 1, 2, 0] and kinds.persons.tolist() == [10, 10, 40]
    assert kinds.traits.tolist() == [[1, 3, 0, 0, 0], [1, 3, 0, 1, 0], [2, 0, 1, 0, 1]]
    assert kinds.skilled_by_nation(3).tolist() == [0, 10, 0]


def test_people_of_a_kind_have_one_nation():
    some = people((1, 0, 1, 0, 20, 2), (1, 0, 1, 0, 20, 3))
    with pytest.raises(ValueError, match="head 1: others of its kind have another nation"):
        kinds_of(some, some.sex, some.skilled)
