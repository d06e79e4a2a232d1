"""Those who set out this month travel (5.6): smugglers' ways, transit, and who uses which authorisation."""

from collections import Counter
from typing import Any

from tests.oracle import brokers


def step(model: Any) -> None:
    """Those who set out travel; those who arrive under contract use the oldest authorisations."""
    brokers.guide(model)
    arrived: dict[Any, Counter[int]] = {e: Counter() for e in model.employers}  # by nation
    hired = []
    for x in list(model.crowd.leaving):
        if x.travel() and x.status == "worker":
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
