"""Those who set out this month travel (5.6): smugglers' ways, transit, and who uses which authorisation."""

import math
from collections import Counter
from typing import Any

from tests.oracle import brokers
from tests.oracle.people import NEVER, REGISTERED, STILL_TIME

ENTERS_AS = {
    "contract": "worker", "visit": "visitor", "overstay": "visitor", "smuggler": "irregular",
    "asylum": "asylum_seeker", "study": "student", "family": "settled",
}  # fmt: skip


def step(model: Any) -> None:
    """Those who set out travel; those who arrive under contract use the oldest authorisations."""
    brokers.guide(model)
    arrived: dict[Any, Counter[int]] = {e: Counter() for e in model.employers}  # by nation
    hired = []
    for x in model.visas.line():
        if travel(x) and x.status == "worker":
            arrived[x.employer][x.nation] += x.weight
            hired.append(x)
    for e in model.employers:
        e.arrived = dict(arrived[e])
    for r in sorted(model.requests, key=lambda r: (r.granted, r.id)):
        if r.stage == "authorised" and r.granted < model.month:
            used = min(r.left, arrived[r.employer][r.nation])
            r.left -= used
            arrived[r.employer][r.nation] -= used
            r.stage = "authorised" if r.left else "done"
            if r.breach and used:
                mark(r, used, hired)


def travel(x: Any) -> bool:
    """Pass the border if one may, pay the way, and begin the stay; whether it was passed."""
    model, (place, channel, employer) = x.model, x.leaving
    x.stays_at_home()
    host = model.host_of[place]
    if not _passes(x, place, host, channel) or not model.visas.gives(x, host, channel):
        return False
    if channel != "visit":
        _pay_way(x, place, host, channel)
    if channel == "contract":
        model.market.note("asked", x, host, channel)
        model.market.note("served", x, host, channel)
    x.becomes(ENTERS_AS[channel], _until(x, host, channel, employer), place, employer, channel)
    x.asked_to_register = model.month
    known = channel in ("contract", "asylum", "study", "family") or employer is not None
    registers = known and x.draw("journeys registers") < model.registers(x)
    x.registered = REGISTERED if registers else STILL_TIME
    return True


def _passes(x: Any, place: int, host: int, channel: str) -> bool:
    """Whether the border lets somebody through, or does not see them."""
    model = x.model
    if channel == "smuggler":
        if not can_set_out(model, x.group):
            return False
        if x.draw("journeys seen") < seen(model, x.group, x.host, host):
            model.beliefs.turn_back(x, host)
            for what in ("asked", "served", "stopped", "caught", "harmed"):
                model.market.note(what, x, host, channel)
            return False
        model.market.note("asked", x, host, channel)
        model.market.note("served", x, host, channel)
        return True
    if channel != "asylum" and x.bars(host):
        return False
    entry = model.rules["entry"][model.channel(channel)][host][x.nation]
    return bool(math.isfinite(model.fare(x.place, place)) and x.draw("journeys entry") < entry)


def _pay_way(x: Any, place: int, host: int, channel: str) -> None:
    """Fee and fare from savings; what these lack is lent at interest. Agencies lend all, and pay the fare."""
    model = x.model
    if x.is_member:
        fee = math.floor(model.agency_fee * model.rules["sending_cost"][host][x.nation] * 100)
        fare = own = 0
    else:
        fee = 0 if channel in ("study", "family") else math.floor(model.fee(x.nation, host, channel) * 100)
        usd = smuggled_fare(model, x.group, x.place, place) if channel == "smuggler" else model.fare(x.place, place)
        fare = math.floor(usd * 100) if math.isfinite(usd) else 0
        own = min(x.savings, fee + fare)
    loan = fee + fare - own
    x.savings -= own
    x.debt += loan + math.floor(loan * model.params["interest"])


def _until(x: Any, host: int, channel: str, employer: Any) -> int:
    """The month in which the stay ends."""
    p, t = x.model.params, x.model.month
    if channel == "contract":
        return t + int(x.model.rules["term"][host][x.nation])
    if channel == "visit" and employer:
        return t + round(p["working_visit_months"])
    if channel in ("visit", "overstay"):
        return t + 1
    months = {"asylum": "procedure_months", "study": "study_months"}.get(channel)
    return t + round(p[months]) if months else NEVER


def mark(r: Any, used: int, hired: list[Any]) -> None:
    """As many whole heads as used an authorisation in breach of a limit carry its mark, by id."""
    for x in sorted(hired, key=lambda x: x.id):
        if x.employer is r.employer and x.nation == r.nation and not x.breach:
            used -= x.weight
            if used < 0:
                return
            x.breach = r.breach


def seen(model: Any, group: Any, origin: int, host: int) -> float:
    """Chance that a smuggled crossing is seen, at the border or, with a forged passport, at the airport."""
    chance = model.rules["seen"][origin][host]
    if group.via:
        chance, origin = model.params["p_forged_seen"], model.country(group.via)
    gain = model.params["cooperation_gain"] * model.rules["cooperates"][origin][host]
    return float(1 - (1 - chance) * (1 - gain)) if gain else float(chance)


def gate(model: Any, group: Any) -> int:
    """The largest region of the state through which smugglers bring a group."""
    return int(model.world.place_index(max(model.world.places_of(group.via), key=lambda x: x.population).id))


def smuggled_fare(model: Any, group: Any, a: int, b: int) -> float:
    """Fare of a group's way [USD], by its transit state if it has one."""
    if not group.via:
        return model.fare(a, b)
    return model.fare(a, gate(model, group)) + model.fare(gate(model, group), b)


def can_set_out(model: Any, group: Any) -> bool:
    """Whether an airport of the transit state's largest region is open, where a group passes one."""
    if not group.via:
        return True
    region = model.world.places[gate(model, group)].id
    linked = {x for link in model.world.links for x in (link.a, link.b) if region in (link.a, link.b)}
    return any(x.is_airport and x.id in linked and model.rules["port_open"][n] >= 1
               for n, x in enumerate(model.world.ports))  # fmt: skip
