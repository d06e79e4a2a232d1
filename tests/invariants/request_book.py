"""The life of every request, followed by its id: opened, authorised, used, lapsed or closed, and never twice."""

from dataclasses import dataclass, field

from sim.core.requests import Stage
from sim.core.state import State
from sim.core.words import Event, JobFate

OWNERS = {
    "opened": ("orders", "responses"), "authorised": ("permits",), "lapsed": ("permits",), "used": ("journeys",),
    "closed": ("responses",),
}  # fmt: skip
Life = tuple[int, int, int]  # stage, weight, left


@dataclass
class RequestBook:
    """Persons by what became of their requests, in this step, as the requests' own rows tell it."""

    lives: dict[int, Life] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    step: dict[str, int] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)

    def follow(self, state: State, mechanism: str) -> None:
        """Compare each request with what it was before this mechanism."""
        q = state.requests.table
        lives = zip(q.stage.tolist(), q.weight.tolist(), q.left.tolist(), strict=True)
        now = dict(zip(q.id.tolist(), lives, strict=True))
        assert len(now) == len(q.id), "two requests have one id"
        for id in self.lives.keys() | now.keys():
            self._one(id, self.lives.get(id), now.get(id), mechanism)
        self.lives = now

    def _one(self, id: int, was: Life | None, now: Life | None, mechanism: str) -> None:
        if was is None:
            assert id not in self.done, "a request was opened again"
            assert now is not None
            self._add("opened", now[1], mechanism)
            was = Stage.OPEN, now[1], 0
        assert now or mechanism == "responses", "a request vanished"
        after = now or (Stage.DONE, was[1], 0)
        self._moved(was, after, mechanism)
        if after[0] == Stage.DONE:
            self.done.add(id)

    def _moved(self, was: Life, now: Life, mechanism: str) -> None:
        """Enter the change of one request."""
        assert now[1] == was[1], "a request changed its size"
        assert now[0] >= was[0], f"a request went back from {Stage(was[0]).name} to {Stage(now[0]).name}"
        assert 0 <= now[2] <= now[1], "an authorisation is for fewer than nobody or more than were asked for"
        if was[0] == Stage.OPEN and now[0] == Stage.AUTHORISED:
            self._add("authorised", now[1], mechanism)
            was = Stage.AUTHORISED, was[1], was[1]
        elif was[0] == Stage.OPEN and now[0] == Stage.DONE:
            self._add("closed", was[1], mechanism)
        if was[2] != now[2]:
            self._add("used" if mechanism == "journeys" else "lapsed", was[2] - now[2], mechanism)

    def _add(self, what: str, persons: int, mechanism: str) -> None:
        assert mechanism in OWNERS[what], f"a request was {what}, which is not for {mechanism} to do"
        self.step[what] = self.step.get(what, 0) + persons

    def close(self, state: State) -> None:
        """The step's changes are what the ledger and the events tell, and all requests are somewhere."""
        tallies, step = state.ledger.tallies, self.step
        hired = int(state.people.events[Event.HIRE].sum())
        told_by = {"opened": _sum(tallies, "requests"), "authorised": _sum(tallies, "authorisations"), "used": hired}
        for what, told in (told_by | {"closed": _given_up(state)}).items():
            assert step.get(what, 0) == told, f"{what}: {step.get(what, 0)} by the requests, {told} by the ledger"
        for what, persons in step.items():
            self.total[what] = self.total.get(what, 0) + persons
        self.step = {}
        get = self.total.get
        waiting = sum(weight for stage, weight, _ in self.lives.values() if stage == Stage.OPEN)
        left = sum(left for stage, _, left in self.lives.values() if stage == Stage.AUTHORISED)
        assert get("opened", 0) == waiting + get("closed", 0) + get("authorised", 0), "a request is nowhere"
        assert get("authorised", 0) == left + get("used", 0) + get("lapsed", 0), "an authorisation is nowhere"


def _sum(tallies: dict, name: str) -> int:
    return int(tallies[name].sum()) if name in tallies else 0


def _given_up(state: State) -> int:
    """Persons in requests that an employer closed because it found another way."""
    fates = [(outcome, weight) for account, _, outcome, *_, weight in state.memory["fates"] if account == "job"]
    return sum(int(weight[outcome != JobFate.WAITS].sum()) for outcome, weight in fates)
