"""Revenue: the DPRK's goal for what its workers abroad bring in, and how far it is missed (docs/odd.md 5.15).

Plans are set above the level achieved. While the goal is missed, agencies learn to select and send more, wherever
posts are authorised (`recruitment`), and evade limits the more (`responses`). S172: labour makes up for capital that
stays away.
"""

import math
from dataclasses import dataclass, field

from sim.core.ledger import Item
from sim.core.state import State


@dataclass
class Plan:
    """The takes of the last twelve months [cents], the best year so far and the goal [cents a year]."""

    takes: list[int] = field(default_factory=list)
    best: float = 0.0
    goal: float = 0.0

    def revenue(self, per_year: int) -> float:
        """Takes of the last year [cents]; while there is none yet, at the pace of the months there are."""
        return sum(self.takes) * per_year / max(len(self.takes), 1)


def step(state: State) -> None:
    """Count last month's takes; in January set the goal; say how far it is missed.

    goal = (1 + prk_goal_growth) · best year so far, shortfall = max(0, 1 − takes of twelve months / goal), none before
    the first January. What agencies can send grows by (1 + prk_dispatch_growth)^(shortfall · dt).
    """
    plan: Plan = state.memory.setdefault("revenue plan", Plan())
    per_year = state.calendar.per_year
    if state.t > 0:
        taken = int(state.memory["money"][Item.TAKE][:, state.country("PRK")].sum())
        plan.takes = [*plan.takes, taken][-per_year:]
    revenue = plan.revenue(per_year)
    if state.t > 0 and state.calendar.opens_year(state.t):
        plan.best = max(plan.best, revenue)
        plan.goal = (1 + state.params["prk_goal_growth"]) * plan.best
    missed = max(0.0, plan.goal - revenue)
    shortfall = missed / plan.goal if missed else 0.0
    grown = math.pow(1 + state.params["prk_dispatch_growth"], shortfall / per_year)
    state.memory["revenue missed"], state.memory["shortfall"] = missed, shortfall
    state.memory["agency growth"] = state.memory.get("agency growth", 1.0) * grown
