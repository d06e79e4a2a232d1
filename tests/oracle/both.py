"""Runs the engine and the oracle side by side, from the same people, and says where they differ."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from calibration.mechanisms import Mechanism, load_mechanisms
from sim.core.people import COLUMNS
from sim.core.requests import Stage
from sim.core.words import Channel, Status, labels
from sim.model import MigrationModel
from sim.policies import POLICY_KINDS
from sim.scenario import Scenario
from sim.world.priors import Priors, default_priors_path
from tests.oracle.model import Oracle

Params = Mapping[str, float]
CLOSE = 1e-9
WAY_COSTS = ("travel_cost", "day_usd", "transit_usd", "route_spread_usd")
FIRST = 5
STATUSES, CHANNELS = labels(Status), labels(Channel)
COVERED = Path(__file__).parent / "covered.yaml"


@cache
def priors() -> Priors:
    """The priors of the package."""
    return Priors.load(default_priors_path())


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    """What `neamig ablate` can switch off."""
    return load_mechanisms(priors())


@cache
def left_out() -> dict[str, Any]:
    """What the oracle does not tell: mechanisms, priors that are nought, and kinds of policies."""
    return dict(YAML(typ="safe").load(COVERED.read_text(encoding="utf-8")))


def settings(draw: int = 0) -> dict[str, float]:
    """The priors' point values or a draw of them, and neutral ones for what the oracle does not tell."""
    params = priors().draw(draw) if draw else priors().point()
    for mechanism in mechanisms():
        if mechanism.name in left_out()["mechanisms"]:
            params |= mechanism.off
    return params | dict.fromkeys(left_out()["nought"], 0.0)


def told_kinds() -> list[str]:
    """Kinds of policies that the oracle tells."""
    return sorted(set(POLICY_KINDS) - set(left_out()["kinds"]))


def scenario(policies: Mapping[str, Any], months: int, start: str = "2017-06-01") -> Scenario:
    """A scenario of some months with these policies."""
    first = date.fromisoformat(start)
    last = first.year * 12 + first.month - 1 + months - 1
    return Scenario.model_validate({
        "name": "both", "question": "Do engine and oracle agree?", "start": start,
        "end": date(last // 12, last % 12 + 1, 1).isoformat(), "policies": dict(policies),
    })  # fmt: skip


@cache
def known_ways(costs: tuple[float, ...]) -> dict[bytes, Any]:
    """Ways that an earlier run of the engine with these costs has searched, which takes longer than a month."""
    return {}


class Both:
    """Engine and oracle with the same scenario, seed, priors and people."""

    def __init__(self, scenario: Scenario, scale: float = 100, seed: int = 1, draw: int = 0,
                 other: Params | None = None) -> None:  # fmt: skip
        """`draw`: which draw of the priors; `other`: values for the oracle alone, with which it should differ."""
        params = settings(draw)
        self.engine = MigrationModel(scenario, world_seed=1, run_seed=seed, params=dict(params), scale=scale)
        self.engine.state._routes = known_ways(tuple(params[name] for name in WAY_COSTS))
        self.oracle = Oracle(scenario, people(self.engine), {**params, **(other or {})}, seed)

    @property
    def months(self) -> int:
        """Months of the scenario."""
        return self.engine.months

    def difference(self) -> list[str]:
        """The first differences of the whole run."""
        return list(islice(self.differences(), FIRST))

    def differences(self) -> Iterator[str]:
        """What differs after each month, in words; a month in which something does is the last one."""
        for _ in range(self.months):
            self.engine.step()
            self.oracle.step()
            found = [*self._people(), *self._permits(), *self._beliefs()]
            yield from found
            if found:
                return

    def _people(self) -> Iterator[str]:
        """Where everybody is, as what, at which employer, until when, with which cents, bars and marks."""
        c, limits = self.engine.state.people.cols, self.engine.state.ledger.limits
        for n, x in enumerate(self.oracle.people):
            employer = x.employer.row if x.employer else -1
            bar = (x.barred, x.barred_until) if x.barred_until else (0, 0)
            plan = x.plan if x.plan is not None else -1
            mine = (x.status, x.place, employer, plan, x.end, x.extended, x.breach, x.born,
                    x.savings, x.debt, x.owed, *bar)  # fmt: skip
            breach = limits[c.breach[n] - 1] if c.breach[n] > 0 else ""
            waits = int(c.plan_host[n]) if c.plan[n] == Channel.CONTRACT else -1
            theirs = (STATUSES[c.status[n]], int(c.place[n]), int(c.employer[n]), waits, int(c.end[n]),
                      int(c.extended[n]), breach, int(c.born[n]), int(c.savings[n]), int(c.debt[n]), int(c.owed[n]),
                      int(c.banned_host[n]), int(c.banned_until[n]))  # fmt: skip
            if mine != theirs:
                yield f"month {self.oracle.month - 1}, {x.group.id} {n}: oracle {mine}, engine {theirs}"

    def _permits(self) -> Iterator[str]:
        """Permits in force, open requests and unused authorisations, by employer and nation."""
        q, day = self.engine.state.requests.table, self.oracle.month - 1
        theirs: Counter[Any] = Counter()
        for k in range(q.id.size):
            stage = {Stage.OPEN: "open", Stage.AUTHORISED: "authorised"}.get(q.stage[k])
            if stage:
                persons = int(q.left[k] if stage == "authorised" else q.weight[k])
                theirs[stage, int(q.employer[k]), int(q.nation[k])] += persons
        mine: Counter[Any] = Counter()
        for r in self.oracle.requests:
            if r.stage != "done":
                mine[r.stage, r.employer.row, r.nation] += r.left if r.stage == "authorised" else r.persons
        for cell in sorted(set(mine) | set(theirs)):
            if mine[cell] != theirs[cell]:
                yield f"month {day}, requests {cell}: oracle {mine[cell]}, engine {theirs[cell]}"

    def _beliefs(self) -> Iterator[str]:
        """Believed wages and dangers, which are sums in another order and so only nearly equal."""
        memory, oracle = self.engine.state.memory, self.oracle
        for nation, hosts in oracle.beliefs.goes_to.items():
            for what, table, words in (
                ("wage", oracle.beliefs.wage, range(len(oracle.world.sectors))),
                ("danger", oracle.beliefs.danger, CHANNELS),
            ):
                theirs = memory["belief" if what == "wage" else "danger"][nation]
                for h in hosts:
                    mine = np.array([table[nation, h, word] for word in words])
                    if not np.allclose(mine, theirs[h], rtol=CLOSE, atol=CLOSE):
                        yield f"month {oracle.month - 1}, {what} {nation} {h}: oracle {mine}, engine {theirs[h]}"


def people(engine: MigrationModel) -> Iterator[dict[str, Any]]:
    """The engine's people at its start, as the plain records that the oracle is given."""
    c, kinds = engine.state.people.cols, engine.state.kinds
    assert np.asarray(c.plan < 0).all()
    for known in zip(*(getattr(c, name).tolist() for name in COLUMNS), strict=True):
        row = dict(zip(COLUMNS, map(int, known), strict=True))
        status, channel = STATUSES[row["status"]], CHANNELS[row["channel"]] if row["channel"] >= 0 else ""
        of_kind = {"sex": kinds.sex[row["kind"]], "skilled": kinds.skilled[row["kind"]]}
        yield row | of_kind | {"status": status, "channel": channel}
