"""Runs a case month by month and says where the model and the hand calculation differ."""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.core.chance import key
from sim.core.requests import Stage
from sim.core.state import State
from sim.core.words import Event, Status
from sim.model import MigrationModel
from tests.worked.build import ask, build, scenario
from tests.worked.case import Case, Expected, Row, Shared

CENT = 100
CLOSE = 1e-6


class Run:
    """One run of a case: what differs from what the case expects, and what happened."""

    def __init__(self, case: Case, folder: Path, without: tuple[str, ...] = ()) -> None:
        self.case = case
        self.model, self.rows = build(case, scenario(case, folder, without))
        self.differences: list[str] = []
        self.arrows: set[str] = set()
        self._watch(self.model)
        while self.model.state.t < self.model.months:
            self._month(self.model.state)
        self.table: pd.DataFrame = self.model.series.table().to_pandas()
        for expected in case.expect:
            for row in expected.results:
                self._compare_row(expected.month, row)

    def _watch(self, model: MigrationModel) -> None:
        """Note each arrow that people take."""
        people, change = model.state.people, model.state.people.change

        def noted(who: Any, event: Any, *where: Any) -> None:
            events = np.broadcast_to(np.asarray(event), len(who))
            before = people.cols.status[who]
            self.arrows |= {f"{Status(s).name} {Event(e).name}" for s, e in zip(before, events, strict=True)}
            change(who, event, *where)

        people.change = noted  # type: ignore[assignment, method-assign]

    def _month(self, state: State) -> None:
        """Open the month's requests, step, and look."""
        t = state.t
        for name, request in self.case.requests.items():
            if self.case.month(request.asked) == t:
                ask(state, name, request)
        self.model.step()
        for expected in self.case.expect:
            if self.case.month(expected.month) == t:
                self._look(state, expected)

    def _look(self, state: State, expected: Expected) -> None:
        c, month = state.people.cols, expected.month
        for name, wanted in expected.people.items():
            rows = self.rows[name]
            self._compare(month, name, wanted, [(Status(c.status[i]).name.lower(), c.weight[i]) for i in rows])
        for name, wanted in expected.requests.items():
            self._compare(month, name, wanted, _answers(state, self.case, name))
        for name, persons in expected.in_breach.items():
            marked = sum(int(c.weight[i]) for i in self.rows[name] if c.breach[i] > 0)
            self._note(month, f"{name} in breach", persons, marked)
        for name, years in expected.age.items():
            steps = {int(state.t - 1 - c.born[i]) for i in self.rows[name]}  # the step just run
            self._note(month, f"age of {name}", [years], sorted(n // state.calendar.per_year for n in steps))
        for what, given in (("savings", expected.savings_usd), ("debt", expected.debt_usd)):
            for name, usd in given.items():
                cents = sorted({int(getattr(c, what)[i]) for i in self.rows[name]})
                self._note(month, f"{what} of {name} in cents", [round(usd * CENT)], cents)

    def _compare(self, month: str, name: str, wanted: Shared, found: list[tuple[str, int]]) -> None:
        """Persons by word, against the case's word for all of them or its persons by word."""
        persons: Counter[str] = Counter()
        for word, weight in found:
            persons[word] += int(weight)
        whole = {wanted: persons.total()} if isinstance(wanted, str) else {w: n for w, n in wanted.items() if n}
        self._note(month, name, whole, dict(persons))

    def _compare_row(self, month: str, row: Row) -> None:
        table, cell = self.table, row.model_extra or {}
        here = (table["measure"] == row.measure) & (table["date"].astype(str) == f"{month[:7]}-01")
        for dimension, word in cell.items():
            here &= table[dimension] == word
        found = float(table.loc[here, "value"].sum())
        if abs(found - row.value) > CLOSE:
            self._note(month, f"{row.measure} {cell}", row.value, found)

    def _note(self, month: str, what: str, wanted: Any, found: Any) -> None:
        if wanted != found:
            self.differences.append(f"{month} {what}: by hand {wanted}, model {found}")

    def fates(self) -> set[str]:
        """Accounts and fates that blocked requests met."""
        met = self.table[self.table["measure"] == "leakage"]
        return set(met["purpose"].astype(str) + " " + met["outcome"].astype(str))

    def rows_without(self, policies: list[str]) -> pd.DataFrame:
        """All results but those about the limits of these policies."""
        policy = self.table["limit"].astype(str).str.partition("/")[0]
        kept = self.table[~policy.isin(policies)]
        return kept.astype({name: str for name in kept if name != "value"}).reset_index(drop=True)


def _answers(state: State, case: Case, name: str) -> list[tuple[str, int]]:
    """What became of each request of a name, and for how many persons; over: used, lapsed or closed."""
    q, request = state.requests.table, case.requests[name]
    if state.t <= case.month(request.asked):
        return [("not asked", request.persons_each)] * request.number
    row = {int(x): n for n, x in enumerate(q.id)}
    found = [row.get(int(key("request", name, k))) for k in range(request.number)]
    return [("over" if n is None else _answer(state, n), request.persons_each) for n in found]


def _answer(state: State, n: int) -> str:
    q, limits = state.requests.table, state.ledger.limits
    if q.stage[n] == Stage.DONE:
        return "over"
    if q.stage[n] == Stage.AUTHORISED:
        return f"granted in breach of {limits[q.breach[n]]}" if q.breach[n] >= 0 else "granted"
    return f"refused by {limits[q.limit[n]]}" if q.limit[n] >= 0 else "open"
