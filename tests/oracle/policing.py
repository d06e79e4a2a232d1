"""Enforcement (5.9) and what becomes of those held (5.10)."""

import math
from typing import Any

from tests.oracle import chance
from tests.oracle.people import HIDDEN, REGISTERED, STILL_TIME, UNREGISTERED

WATCHED = ("worker", "visitor", "asylum_seeker", *HIDDEN)


def step(model: Any) -> None:
    """Those detained last month are removed, handed over or spared; the late register; then inspection."""
    for x in model.crowd.of("detained"):
        if x.end <= model.month:
            release_or_remove(model, x)
    p_late = chance.monthly(model.params["late_registration_rate"])
    for x in model.perhaps("enforcement late", p_late, "worker", "visitor"):
        if is_unregistered(model, x):
            x.registered = REGISTERED
    rates = [model.inspection(host) for host in model.hosts]
    most = chance.monthly(max(rates) * (1 + model.params["cooperation_gain"]))
    for x in model.perhaps("enforcement found", most, *WATCHED):
        if is_liable(model, x) and x.draw("enforcement found") < chance_to_be_found(model, x):
            found(model, x)


def is_liable(model: Any, x: Any) -> bool:
    """Whether an inspector would object."""
    return x.status == "asylum_seeker" or not x.has_papers or is_unregistered(model, x)


def is_unregistered(model: Any, x: Any) -> bool:
    """Whether a worker or visitor should have registered in an earlier month."""
    if x.registered == STILL_TIME and x.asked_to_register < model.month:
        x.registered = UNREGISTERED
    return bool(x.registered == UNREGISTERED)


def chance_to_be_found(model: Any, x: Any) -> float:
    """In a month; those found more whose own state exchanges information."""
    rules, rate = model.rules, model.inspection(x.host)
    if (not x.has_papers or x.status == "asylum_seeker") and rules["cooperates"][x.nation][x.host]:
        rate *= 1 + model.params["cooperation_gain"]
    p = chance.monthly(rate)
    if x.status == "asylum_seeker":
        p *= 1 - rules["protect"][x.host] * rules["direct"][x.host][x.nation]
    return p


def found(model: Any, x: Any) -> None:
    """A fine as far as savings go, and for people without papers perhaps detention."""
    claims = x.status == "asylum_seeker"
    model.publics.found[x.host] += x.weight
    if not claims and (x.has_papers or not x.is_korean):
        x.savings -= min(x.savings, math.floor(model.rules["fine_usd"][x.host] * 100))
    if x.has_papers and not claims:
        x.registered = REGISTERED
        return
    always = claims or x.is_korean
    if always or x.draw("enforcement removed") < model.rules["p_removal"][x.host][x.nation]:
        model.beliefs.harm(x.host, x.nation, x.channel, x.weight)
        if x.status == "irregular" and x.channel == "smuggler":
            for what in ("caught", "harmed"):
                model.market.note(what, x, x.host, "smuggler")
        x.becomes("detained", model.month + 1)


def release_or_remove(model: Any, x: Any) -> None:
    """A month after the detention."""
    rules = model.rules
    if not x.is_korean:
        remove(model, x)
        return
    claimed = rules["claim_open"][x.host] > 0 and x.draw("enforcement claims") < model.params["claims_when_held"]
    p = rules["handover"][x.host][x.nation] * (1 - rules["protect"][x.host] * claimed)
    if x.draw("enforcement given up") < p:
        remove(model, x)
    else:
        model.spared.append((x, claimed))


def remove(model: Any, x: Any) -> None:
    """Home, and barred from this host for a time."""
    months = round(model.rules["bar"][model.channel(x.channel)][x.host])
    x.barred, x.barred_until = x.host, model.month + months
    if not x.is_korean:
        model.beliefs.came_home[x.host, x.nation] += x.weight
    x.goes_home()
