"""Authors: a rule book that notes which policy changed which cells, and what the tables mean."""

import re
from dataclasses import dataclass, field
from inspect import getdoc
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.rates import base_rates
from sim.core.rules import Cells, RuleBook

BLOCK = re.compile(r"\[(\w+(?:, \w+)*)\]: ")  # axes of the tables that follow
ENTRY = re.compile(r"(\w+)(?: \[\w+\])?(?: \(([^()]*(?:\([^()]*\)[^()]*)*)\))?")


@dataclass(frozen=True)
class Change:
    """Cells of a table, by their place in the flat table, that a policy moved from one value to another."""

    policy: str
    table: str
    where: NDArray[np.intp]
    before: NDArray[np.float64]
    after: NDArray[np.float64]


@dataclass
class SignedBook(RuleBook):
    """A rule book in which each change of this step is signed; it rules as any other."""

    changes: list[Change] = field(default_factory=list)
    _places: dict[str, NDArray[np.intp]] = field(default_factory=dict)

    def begin(self, month: int = 0) -> None:
        """Back to the world's own rates in this month of the year, without limits and signatures."""
        super().begin(month)
        self.changes = []

    def set(self, table: str, cells: Cells, value: Any) -> None:
        """Write a rate or share, and sign it."""
        before = self.tables[table].copy()
        super().set(table, cells, value)
        self._sign(table, cells, before)

    def scale(self, table: str, cells: Cells, factor: Any) -> None:
        """Multiply, and sign it."""
        before = self.tables[table].copy()
        super().scale(table, cells, factor)
        self._sign(table, cells, before)

    def authors(self, table: str, *cell: int) -> list[str]:
        """The policies that changed a cell in this step, in the order of their writing."""
        where = np.ravel_multi_index(cell, self.tables[table].shape)
        return [x.policy for x in self.changes if x.table == table and where in x.where]

    def _sign(self, table: str, cells: Cells, before: NDArray[np.float64]) -> None:
        places = self._places.setdefault(table, np.arange(before.size).reshape(before.shape))
        where = np.atleast_1d(places[cells]).ravel()
        was, now = before.ravel()[where], self.tables[table].ravel()[where]
        moved = was != now
        if moved.any():
            self.changes.append(Change(self._writer, table, where[moved], was[moved], now[moved]))


def described() -> dict[str, tuple[tuple[str, ...], str]]:
    """Axes of each table of the rule book, and what it means, as the docstring of `base_rates` says."""
    _, *parts = BLOCK.split(" ".join((getdoc(base_rates) or "").split()))
    out: dict[str, tuple[tuple[str, ...], str]] = {}
    for axes, text in zip(parts[::2], parts[1::2], strict=True):
        for name, meaning in ENTRY.findall(text):
            out.setdefault(name, (tuple(axes.split(", ")), meaning))
    return out
