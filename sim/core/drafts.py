"""Drafts: what a policy wrote in the last step, so that it need not write the same again in this one.

A policy writes with a pen that notes each line, and through a glass that notes what it looks at. While nothing that it
looked at is otherwise, its lines are copied in its name.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.core.limits import Limit
from sim.core.recalls import Recall

if TYPE_CHECKING:
    from sim.core.rules import Cells, RuleBook, Today

ALWAYS = ("world", "params")  # the same in all steps of a run
FOR_A_WHILE = ("population", "attitude")  # by host; they change once a year


@dataclass
class Draft:
    """Lines that a policy wrote, and what it looked at: tables by name, and parts of the day as they were.

    A part of the day that is never twice the same is None.
    """

    lines: list[tuple[str, str, Any, Any]] = field(default_factory=list)  # set or scale, table, cells, value
    limits: dict[str, Limit] = field(default_factory=dict)
    recalls: dict[str, Recall] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)  # written
    read: set[str] = field(default_factory=set)
    seen: dict[str, bytes | None] = field(default_factory=dict)

    def holds(self, today: "Today", changed: set[str]) -> bool:
        """Whether the policy would write the same today, given the tables that differ from those it read."""
        same = (was is not None and getattr(today, name).tobytes() == was for name, was in self.seen.items())
        return self.read.isdisjoint(changed) and (not self.seen or all(same))

    def copy(self, rules: "RuleBook") -> None:
        """Enter the lines again."""
        for how, table, cells, value in self.lines:
            getattr(rules, how)(table, cells, value)
        if self.limits or self.recalls:
            rules.limits.update(self.limits)
            rules.recalls.update(self.recalls)


class Glass:
    """Today as one policy looks at it."""

    def __init__(self, today: "Today", draft: Draft) -> None:
        self._today, self._draft = today, draft

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._today, name)
        if name not in ALWAYS:
            self._draft.seen[name] = found.tobytes() if name in FOR_A_WHILE else None
        return found


class Pages:
    """Tables as one policy reads them."""

    def __init__(self, tables: dict[str, NDArray[np.float64]], draft: Draft) -> None:
        self._tables, self._draft = tables, draft

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        self._draft.read.add(name)
        return self._tables[name]


class Pen:
    """The rule book as one policy writes in it."""

    def __init__(self, rules: "RuleBook", draft: Draft) -> None:
        self._rules, self._draft = rules, draft
        self.remember = rules.remember  # lasts as long as the policy

    @property
    def tables(self) -> Pages:
        """The tables as they stand."""
        return Pages(self._rules.tables, self._draft)

    @property
    def base(self) -> Pages:
        """The world's own."""
        return Pages(self._rules.base, self._draft)

    def __getattr__(self, name: str) -> NDArray[np.float64]:
        self._draft.read.add(name)
        return self._rules.__getattr__(name)

    def set(self, table: str, cells: "Cells", value: Any) -> None:
        """Write a rate or share."""
        self._line("set", table, cells, value)

    def scale(self, table: str, cells: "Cells", factor: Any) -> None:
        """Multiply."""
        self._line("scale", table, cells, factor)

    def _line(self, how: str, table: str, cells: "Cells", value: Any) -> None:
        line = table, tuple(_own(x) for x in cells), _own(value)
        getattr(self._rules, how)(*line)
        self._draft.lines.append((how, *line))
        self._draft.tables.add(table)

    def limit(self, name: str, limit: Limit) -> None:
        """Put a limit in force."""
        self._rules.limit(name, limit)
        self._draft.limits[limit.id] = limit

    def recall(self, recall: Recall) -> None:
        """Put a recall in force."""
        self._rules.recall(recall)
        self._draft.recalls[recall.id] = recall

    def tell(self, t: int, what: str) -> None:
        """Log something, once."""
        self._rules.tell(t, what)

    def note(self, name: str, value: Any) -> None:
        """Change what the policy noted, which it may do in each step."""
        self._rules.note(name, value)
        self._draft.seen[f"note {name}"] = None


def _own(x: Any) -> Any:
    """An array or a list as an array that nobody else writes in; an empty list is one of whole numbers."""
    if isinstance(x, list):
        return np.array(x) if x else np.array(x, np.intp)
    return x.copy() if isinstance(x, np.ndarray) else x
