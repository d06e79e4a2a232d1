"""Settling, citizenship and kin (5.13): who asks, and whom states let in (5.3)."""

import math
from typing import Any

import tests.oracle.permits as permits
from tests.oracle import chance

LONG_THERE = ("refugee", "settled", "citizen")


def ask(model: Any) -> None:
    """Citizens are made; then some ask to settle, and kin ask to come."""
    naturalise(model)
    model.settlers = [x for x in model.people if asks_to_settle(model, x)]
    model.kin = kin(model)


def tie(model: Any, x: Any, host: int) -> float:
    """How many times as fast things go in the country of one's forebears."""
    return float(model.params["tie_settles"]) if x.group.tie == model.world.countries[host].code else 1.0


def naturalise(model: Any) -> None:
    """Settled people become citizens after years, fewer where a nationality must be given up."""
    rules, gives_up = model.rules, model.params["p_gives_up_nationality"]
    for x in model.people:
        if x.status == "settled" and model.month - x.since >= rules["naturalise_years"][x.host] * 12:
            both = rules["dual_citizenship"][x.host] * rules["dual_citizenship"][x.nation]
            rate = rules["naturalise"][x.host][x.nation] * (gives_up + (1 - gives_up) * both) * tie(model, x, x.host)
            if x.draw("settlement naturalises") < chance.monthly(rate):
                x.becomes("citizen")


def is_long_there(model: Any, x: Any) -> bool:
    """A worker who came of himself years ago."""
    if x.status != "worker" or x.group.is_programme:
        return False
    return bool(model.month - x.since >= round(model.params["settle_years"] * 12))


def asks_to_settle(model: Any, x: Any) -> bool:
    """Whether somebody long there asks this month."""
    if not is_long_there(model, x):
        return False
    rate = model.rules["settle"][x.host] * tie(model, x, x.host)
    return bool(x.draw("settlement settles") < chance.monthly(rate))


def kin(model: Any) -> list[tuple[Any, int]]:
    """Those at home who ask to join kin, and the region where."""
    if model.month == 0 or model.day.month == 1:
        model.families = families(model)
    out = []
    for x in model.people:
        if (
            x.at_home
            and x.group.hosts
            and not x.group.is_programme
            and not x.request
            and x.id % 12 == min(model.month, model.day.month - 1)
        ):
            host = host_of_kin(model, x)
            place = region_of_kin(model, x, host) if host is not None else -1
            out += [(x, place)] if place >= 0 else []
    return out


def families(model: Any) -> dict[tuple[int, int], float]:
    """Sponsors for each person of a group at home, by group and host."""
    home: dict[int, int] = {}
    sponsors: dict[tuple[int, int], int] = {}
    for x in model.people:
        if x.at_home:
            home[x.group_row] = home.get(x.group_row, 0) + x.weight
        elif is_sponsor(model, x):
            sponsors[x.group_row, x.host] = sponsors.get((x.group_row, x.host), 0) + x.weight
    return {cell: persons / max(home.get(cell[0], 0), 1) for cell, persons in sponsors.items()}


def is_sponsor(model: Any, x: Any) -> bool:
    """Whether somebody may bring kin: in the first years, and not kin themselves."""
    if x.channel == "family" or not (x.status in LONG_THERE or is_long_there(model, x)):
        return False
    years = (model.month - x.since) / 12 + (model.rules["naturalise_years"][x.host] if x.status == "citizen" else 0)
    return bool(years <= model.params["sponsor_years"])


def host_of_kin(model: Any, x: Any) -> int | None:
    """The first host at which the cumulated chance exceeds the draw of the year."""
    u, cumulated = x.draw("settlement joins"), 0.0
    for host in model.hosts:
        rate = (
            model.rules["family"][host][x.nation] * tie(model, x, host) * model.families.get((x.group_row, host), 0.0)
        )
        cumulated += 1 - math.exp(-rate)
        if u < cumulated:
            return host
    return None


def region_of_kin(model: Any, x: Any, host: int) -> int:
    """A region by compatriots there; -1 if none is left."""
    here = [0.0] * len(model.world.places)
    for y in model.people:
        if y.nation == x.nation and y.status in ("worker", *LONG_THERE) and y.host == host:
            here[y.place] += y.weight
    return chance.part(x.draw("settlement where"), here)


def answer(model: Any) -> None:
    """Let people settle and kin come, while every limit on settlement has room."""
    limits = [x for x in model.rules.limits if "settlement" in x.grants]
    entering = [x for x in limits if x.counts == "issued" or "worker" not in x.statuses]
    for x in permits.in_order(model, [x for x in model.settlers if x.status == "worker"]):
        if granted(model, entering, x, x.host):
            x.becomes("settled")
    place = {x: at for x, at in model.kin if not x.bars(int(model.world.host_of_place[at]))}
    for x in permits.in_order(model, list(place)):
        if granted(model, limits, x, int(model.world.host_of_place[place[x]])):
            x.plan, x.leaving = None, (place[x], "family", None)


def granted(model: Any, limits: Any, x: Any, host: int) -> bool:
    """Whether the limits let somebody settle."""
    cell = host, x.nation, x.sector
    refused, _ = permits.ask(model, limits, x.id, x.weight, cell)
    if not refused:
        model.issue("settlement", cell, x.weight)
    return not refused
