"""Life abroad beside work: the money of those there for good and of students (5.7), ill treatment, flight (5.8)."""

import math
from collections import Counter
from typing import Any

from tests.oracle import chance


def reside(model: Any) -> None:
    """Settled people, refugees and citizens earn, live, repay and send home; students live on what they have."""
    for x in model.people:
        if x.status in ("settled", "refugee", "citizen"):
            live_there(model, x)
        elif x.status == "student":
            study(model, x)


def live_there(model: Any, x: Any) -> None:
    """A month of somebody who is there for good."""
    p, months = model.params, model.month - x.since
    wage = chance.whole(model.sector_wage[x.host, x.sector] * 100)
    earned = wage * p["settled_works"]
    if x.status == "refugee" and months < model.rules["free_work"][x.host]:
        earned *= p["informal_wage"]
    gross = math.floor(earned)
    left = gross - math.floor(gross * p["settled_living"])
    repaid = min(x.debt, math.floor(left * p["repay_share"]))
    left -= repaid
    years = months / 12 + (model.rules["naturalise_years"][x.host] if x.status == "citizen" else 0)
    sent = math.floor(left * p["remit_share"] * math.exp(-p["remit_decay"] * years))
    x.debt -= repaid
    x.savings += left - sent


def study(model: Any, x: Any) -> None:
    """A month of a student: what pay and savings do not cover comes from home."""
    p = model.params
    gross = math.floor(chance.whole(model.sector_wage[x.host, x.sector] * 100) * p["study_income"])
    wages = [chance.whole(model.sector_wage[x.host, s] * 100) for s in range(len(model.world.sectors))]
    living = math.floor(p["living_share"] * (sum(wages) / len(wages)))
    x.savings = max(0, x.savings + gross - living - math.floor(p["tuition_usd"] * 100 / 12))


def be_treated(model: Any) -> None:
    """Some of those at work are ill-treated, more without a permit."""
    p = model.params
    for x in model.people:
        x.ill_treated = False
        if x.employer:
            rate = (
                p["ill_treatment"]
                * model.publics.severity(x.host)
                * (1 if x.status == "worker" else p["ill_treatment_hidden"])
            )
            x.ill_treated = x.draw("treatment struck") < chance.monthly(rate)
            if x.ill_treated:
                model.beliefs.harm(x.host, x.nation, x.channel, x.weight)


def flee(model: Any) -> None:
    """Those who fled are sought; then workers whom their state sent may flee from their dispatch."""
    p, members = model.params, [x for x in model.people if x.group.is_programme]
    for x in members:
        if x.status == "irregular" and x.draw("flight sought") < chance.monthly(p["sought_rate"]):
            model.beliefs.harm(x.host, x.nation, x.channel, x.weight)
            x.becomes("detained", model.month + 1)
    hidden: Counter[Any] = Counter()
    for x in model.people:
        if x.status == "irregular":
            hidden[x.place, x.nation] += x.weight
    for x in members:
        if x.status == "worker" and x.draw("flight flees") < 1 - math.exp(-hazard(model, x, hidden[x.place, x.nation])):
            x.becomes("irregular")


def hazard(model: Any, x: Any, compatriots: int) -> float:
    """How soon somebody flees [a month]."""
    p, rules = model.params, model.rules
    caught = 1 - math.exp(-model.inspection(x.host) - p["sought_rate"])
    kept = 1 - rules["protect"][x.host] * rules["claim_open"][x.host]
    returned = caught * rules["handover"][x.host][x.nation] * kept
    owed = x.owed / max(x.employer.wage, 1)
    return math.exp(p["flight_a"] + p["flight_arrears"] * owed + p["flight_contacts"] * math.log(1 + compatriots)
                    - p["flight_minders"] - p["flight_return"] * returned)  # fmt: skip
