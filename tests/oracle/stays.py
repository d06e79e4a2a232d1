"""What ends in a month, and who goes home (5.8)."""

import math
from typing import Any

from tests.oracle import chance
from tests.oracle.people import HIDDEN


def step(model: Any) -> None:
    """What ends, in the order of section 5.8."""
    p, crowd = model.params, model.crowd
    for x in crowd.of("worker", "student", "visitor"):
        if x.end == model.month:
            x.stay_ends()
    surplus = {e: max(0, e.all_staff - e.posts) / e.all_staff for e in model.employers if e.all_staff}
    most = max(surplus.values(), default=0.0) * chance.monthly(p["layoff_rate"])
    for x in model.perhaps("stays layoff", most, "worker"):
        x.may_be_dismissed(surplus[x.employer])
    most = max(p["prk_early_return"], p["early_return"]) * math.exp(p["flight_arrears"] * most_owed(model))
    for x in model.perhaps("stays early", chance.monthly(most), "worker"):
        x.may_return_early()
    for x in model.ill_treated:
        x.may_flee_ill_treatment()
    rates = p["settled_return"], p["hidden_return"], p["overstayer_return"] * max(1.0, p["idle_return_factor"])
    for x in model.perhaps("stays homeward", chance.monthly(max(rates)), *HIDDEN, "settled"):
        x.may_go_home()
    for x in model.perhaps("stays freely", chance.highest(model.rules["leaves_freely"]), *HIDDEN):
        x.may_leave_freely()
    for x in model.perhaps("stays retires", chance.monthly(p["retirement_rate"]), "worker", *HIDDEN):
        if x.status != "irregular" or not x.is_korean:
            x.may_retire()


def most_owed(model: Any) -> float:
    """The longest that an employer owes somebody pay [months]."""
    return max((x.owed / max(x.employer.wage, 1) for x in model.crowd.of("worker") if x.owed), default=0.0)
