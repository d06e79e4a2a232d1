"""Life abroad beside work: the money of those there for good and of students (5.7), ill treatment, flight (5.8)."""

import math
from collections import Counter
from typing import Any

from tests.oracle import chance, stays


def reside(model: Any) -> None:
    """Settled people, refugees and citizens earn, live, repay and send home; students live on what they have."""
    for x in model.crowd.of("settled", "refugee", "citizen"):
        live_there(model, x)
    for x in model.crowd.of("student"):
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
    p, model.ill_treated = model.params, []
    rates = [p["ill_treatment"] * model.publics.severity(host) for host in model.hosts]
    most = chance.monthly(max(rates) * max(1.0, p["ill_treatment_hidden"]))
    for x in [x for x in model.perhaps("treatment struck", most, *model.crowd.of_status) if x.employer]:
        rate = rates[x.host] * (1 if x.status == "worker" else p["ill_treatment_hidden"])
        if x.draw("treatment struck") < chance.monthly(rate):
            model.ill_treated.append(x)
            model.beliefs.harm(x.host, x.nation, x.channel, x.weight)


def flee(model: Any) -> None:
    """Those who fled are sought; then workers whom their state sent may flee from their dispatch."""
    p = model.params
    for x in model.perhaps("flight sought", chance.monthly(p["sought_rate"]), "irregular"):
        if x.is_member:
            model.beliefs.harm(x.host, x.nation, x.channel, x.weight)
            x.becomes("detained", model.month + 1)
    hidden: Counter[Any] = Counter()
    for x in model.crowd.of("irregular"):
        hidden[x.place, x.nation] += x.weight
    most = math.exp(p["flight_a"] + p["flight_arrears"] * stays.most_owed(model)
                    + p["flight_contacts"] * math.log(1 + max(hidden.values(), default=0)) - p["flight_minders"]
                    )  # fmt: skip
    for x in [x for x in model.perhaps("flight flees", 1 - math.exp(-most), "worker") if x.is_member]:
        if x.draw("flight flees") < 1 - math.exp(-hazard(model, x, hidden[x.place, x.nation])):
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
