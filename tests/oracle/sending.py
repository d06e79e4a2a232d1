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
    for x in model.people:
        if x.status == "worker" and x.owed > 0 and x.group.is_programme and not x.group.is_soldier:
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
    for x in model.people:
        if x.at_home and not x.request:
            told = numbers(model.world.profiles, x.group.id, model.world.sectors[x.sector].code)
            if (
                model.month - x.born >= round((told["last_age"] + 1) * 12)
                and x.draw("cohorts succeeds") < model.params["p_succession"]
            ):
                begin_anew(model, x, round(told["first_age"] * 12))


def begin_anew(model: Any, x: Any, age: int) -> None:
    """The head stands for others who come of age."""
    x.born, x.plan, x.debt, x.channel = model.month - age, None, 0, ""
    x.since, x.barred, x.barred_until = model.month, -1, 0
    usd = x.group.savings_usd * 100 * model.params["savings"]
    x.savings = math.floor(usd * (0.5 + x.draw("cohorts purse")))
