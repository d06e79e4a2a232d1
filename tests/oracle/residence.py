"""Settling, citizenship and kin (5.13): who asks, and whom states let in (5.3)."""

import math
from collections import Counter
from typing import Any

import tests.oracle.permits as permits
from tests.oracle import chance

LONG_THERE = ("refugee", "settled", "citizen")


def ask(model: Any) -> None:
    """Citizens are made; then some ask to settle, and kin ask to come."""
    naturalise(model)
    most = max(1.0, model.params["tie_settles"]) * max(model.rules["settle"])
    some = model.perhaps("settlement settles", chance.monthly(most), "worker")
    model.settlers = [x for x in some if asks_to_settle(model, x)]
    model.kin = kin(model)


def tie(model: Any, group: Any, host: int) -> float:
    """How many times as fast things go in the country of one's forebears."""
    return float(model.params["tie_settles"]) if group.tie == model.world.countries[host].code else 1.0


def naturalise(model: Any) -> None:
    """Settled people become citizens after years, fewer where a nationality must be given up."""
    rules, gives_up = model.rules, model.params["p_gives_up_nationality"]
    for x in model.crowd.of("settled"):
        if model.month - x.since >= rules["naturalise_years"][x.host] * 12:
            both = rules["dual_citizenship"][x.host] * rules["dual_citizenship"][x.nation]
            rate = (
                rules["naturalise"][x.host][x.nation] * (gives_up + (1 - gives_up) * both) * tie(model, x.group, x.host)
            )
            if x.draw("settlement naturalises") < chance.monthly(rate):
                x.becomes("citizen")


def is_long_there(model: Any, x: Any) -> bool:
    """A worker who came of himself years ago."""
    if x.status != "worker" or x.is_member:
        return False
    return bool(model.month - x.since >= round(model.params["settle_years"] * 12))


def asks_to_settle(model: Any, x: Any) -> bool:
    """Whether somebody long there asks this month."""
    if not is_long_there(model, x):
        return False
    rate = model.rules["settle"][x.host] * tie(model, x.group, x.host)
    return bool(x.draw("settlement settles") < chance.monthly(rate))


def kin(model: Any) -> list[tuple[Any, int]]:
    """Those at home who ask to join kin, and the region where."""
    if model.month == 0 or model.day.month == 1:
        model.families = families(model)
    rates = [kin_rates(model, group) for group in range(len(model.world.groups))]
    there = compatriots(model)
    out = []
    for x in model.perhaps("settlement joins", max(sum(of.values()) for of in rates), "home"):
        if not x.is_member and not x.request and x.id % 12 == min(model.month, model.day.month - 1):
            host = host_of_kin(x, rates[x.group_row])
            place = region_of_kin(model, x, host, there) if host is not None else -1
            out += [(x, place)] if place >= 0 else []
    return out


def families(model: Any) -> dict[tuple[int, int], float]:
    """Sponsors for each person of a group at home, by group and host."""
    home: dict[int, int] = {}
    sponsors: dict[tuple[int, int], int] = {}
    for x in model.crowd.of("home"):
        home[x.group_row] = home.get(x.group_row, 0) + x.weight
    for x in model.crowd.of("worker", *LONG_THERE):
        if is_sponsor(model, x):
            sponsors[x.group_row, x.host] = sponsors.get((x.group_row, x.host), 0) + x.weight
    return {cell: persons / max(home.get(cell[0], 0), 1) for cell, persons in sponsors.items()}


def is_sponsor(model: Any, x: Any) -> bool:
    """Whether somebody may bring kin: in the first years, and not kin themselves."""
    if x.channel == "family" or not (x.status in LONG_THERE or is_long_there(model, x)):
        return False
    years = (model.month - x.since) / 12 + (model.rules["naturalise_years"][x.host] if x.status == "citizen" else 0)
    return bool(years <= model.params["sponsor_years"])


def kin_rates(model: Any, g: int) -> dict[int, float]:
    """The chance that somebody of a group joins kin, by host where there are sponsors."""
    group, nation, out = model.world.groups[g], int(model.world.nation_of_group[g]), {}
    for host in (h for h in model.hosts if group.hosts and (g, h) in model.families):
        rate = model.rules["family"][host][nation] * tie(model, group, host) * model.families[g, host]
        out[host] = 1 - math.exp(-rate)
    return out


def host_of_kin(x: Any, rates: dict[int, float]) -> int | None:
    """The first host at which the cumulated chance exceeds the draw of the year."""
    u, cumulated = x.draw("settlement joins"), 0.0
    for host, p in rates.items():
        cumulated += p
        if u < cumulated:
            return host
    return None


def compatriots(model: Any) -> Counter[tuple[int, int]]:
    """Workers and those there for good, by place and nation."""
    out: Counter[tuple[int, int]] = Counter()
    for x in model.crowd.of("worker", *LONG_THERE):
        out[x.place, x.nation] += x.weight
    return out


def region_of_kin(model: Any, x: Any, host: int, there: Counter[tuple[int, int]]) -> int:
    """A region by compatriots there; -1 if none is left."""
    here = [float(there[n, x.nation]) if h == host else 0.0 for n, h in enumerate(model.host_of)]
    return chance.part(x.draw("settlement where"), here)


def answer(model: Any) -> None:
    """Let people settle and kin come, while every limit on settlement has room."""
    limits = [x for x in model.rules.limits if "settlement" in x.grants]
    entering = [x for x in limits if x.counts == "issued" or "worker" not in x.statuses]
    for x in permits.in_order(model, [x for x in model.settlers if x.status == "worker"]):
        if granted(model, entering, x, x.host):
            x.becomes("settled")
    place = {x: at for x, at in model.kin if not x.bars(model.host_of[at])}
    for x in permits.in_order(model, list(place)):
        if granted(model, limits, x, model.host_of[place[x]]):
            x.waits_for(None)
            x.sets_out(place[x], "family")


def granted(model: Any, limits: Any, x: Any, host: int) -> bool:
    """Whether the limits let somebody settle."""
    cell = host, x.nation, x.sector
    refused, _ = permits.ask(model, limits, x.id, x.weight, cell)
    if not refused:
        model.issue("settlement", cell, x.weight)
    return not refused
