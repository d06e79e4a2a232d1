"""What sending states and communities of origin do: the DPRK's revenue (5.15), protests (5.16), cohorts (5.8)."""

import math
from typing import Any

from sim.world.profiles import numbers
from tests.oracle import chance


class Revenue:
    """The goal of the DPRK's agencies, and how far it is missed."""

    def __init__(self, model: Any) -> None:
        self.model, self.takes = model, []
        self.best = self.goal = self.shortfall = 0.0
        self.growth = 1.0  # of what agencies can send

    def step(self) -> None:
        """Set a goal in January; the further it is missed the more is sent."""
        p, model = self.model.params, self.model
        taken = sum(self.takes[-12:]) * (12 / len(self.takes) if 0 < len(self.takes) < 12 else 1)
        if model.day.month == 1 and model.month > 0:
            self.best = max(self.best, taken)
            self.goal = (1 + p["prk_goal_growth"]) * self.best
        self.shortfall = max(0.0, 1 - taken / self.goal) if self.goal > 0 else 0.0
        self.growth *= (1 + p["prk_dispatch_growth"]) ** (self.shortfall / 12)
        self.takes.append(0)


def protest(model: Any) -> None:
    """Crews to whom much pay is owed protest, and their state fetches them home."""
    p = model.params
    crews: dict[Any, list[Any]] = {}
    for x in model.crowd.of("worker"):
        if x.owed > 0 and x.is_member and not x.group.is_soldier:
            crews.setdefault(x.employer, []).append(x)
    for e, some in crews.items():
        owed = sum(x.owed * x.weight for x in some)
        rate = p["protest_rate"] * (owed / (max(e.wage, 1) * p["protest_crew"]))
        if chance.uniform(model.luck("arrears protest"), e.id) < chance.monthly(rate):
            persons = sum(x.weight for x in some)
            for x in some:
                if x.draw("arrears crew") < p["protest_crew"] / persons:
                    x.returns()


def succeed(model: Any) -> None:
    """In January those past the age of their group make way for others."""
    if model.day.month != 1:
        return
    for x in model.perhaps("cohorts succeeds", model.params["p_succession"], "home"):
        if not x.request:
            first, last = ages(model, x.group_row, x.sector)
            if model.month - x.born >= round((last + 1) * 12):
                begin_anew(model, x, round(first * 12))


def ages(model: Any, group: int, sector: int) -> tuple[float, float]:
    """First and last age of a group in a sector [years]."""
    if (group, sector) not in model.ages:
        told = numbers(model.world.profiles, model.world.groups[group].id, model.world.sectors[sector].code)
        model.ages[group, sector] = told["first_age"], told["last_age"]
    return model.ages[group, sector]


def begin_anew(model: Any, x: Any, age: int) -> None:
    """The head stands for others who come of age."""
    x.waits_for(None)
    model.crowd.leaves(x)
    x.born, x.debt, x.channel = model.month - age, 0, ""
    model.crowd.joins(x)
    x.since, x.barred, x.barred_until = model.month, -1, 0
    usd = x.group.savings_usd * 100 * model.params["savings"]
    x.savings = math.floor(usd * (0.5 + x.draw("cohorts purse")))
