"""States answer (5.3): lapses, legalisation, renewals, graduates and authorisations, while every limit has room."""

from typing import Any

from tests.oracle import chance, residence
from tests.oracle.people import HIDDEN, REGISTERED, STILL_TIME
from tests.oracle.rules import Limit


def step(model: Any) -> None:
    """Answer everything that was asked."""
    if model.day.month == 1:
        model.issued.clear()
        model.renewed.clear()
    lapse(model)
    legalise(model)
    for limit in model.rules.limits:
        limit.slack = limit.level - count(model, limit)
    renew(model)
    residence.answer(model)
    employ_graduates(model)
    authorise(model)


def count(model: Any, limit: Limit) -> int:
    """Persons whom a limit counts."""
    if limit.counts == "in_force":
        return int(model.in_force(limit.hosts, limit.nations, limit.sectors, limit.statuses))
    tables = [model.issued[limit.grants[0]]] if limit.grants[0] in model.issued else []
    tables += [model.renewed] if limit.counts_renewals else []
    return sum(persons for table in tables for cell, persons in table.items() if limit.covers(*cell))


def lapse(model: Any) -> None:
    """Authorisations not used in time end, or in the first month of a ban that voids them."""
    life = round(model.params["authorisation_months"])
    for r in model.requests:
        void = model.rules["void"][r.employer.host][r.nation][r.employer.sector]
        if r.stage == "authorised" and (r.granted <= model.month - life or void):
            if r.granted >= model.month - (model.day.month - 1):
                model.issued["work"][r.employer.host, r.nation, r.employer.sector] -= r.left
            r.stage, r.left = "done", 0


def legalise(model: Any) -> None:
    """Some of those who work without papers get a permit where they work."""
    share = model.rules["regularise"]
    for x in model.perhaps("permits regular", chance.highest(share), *HIDDEN):
        if x.employer and x.draw("permits regular") < share[x.host][x.nation]:
            x.becomes("worker", model.month + int(model.rules["term"][x.host][x.nation]), employer=x.employer)
            x.registered, x.extended = REGISTERED, 0


def renew(model: Any) -> None:
    """Prolong contracts that end now."""
    rules, full = model.rules, {e: e.all_staff > e.posts for e in model.employers}
    some = [
        x for x in model.crowd.of("worker")
        if x.end == model.month
        and x.draw("permits renews") < rules["p_renew"][x.host][x.nation]
        and x.extended < rules["extensions"][x.host][x.nation] and not full[x.employer]
    ]  # fmt: skip
    limits = [limit for limit in rules.limits if limit.counts_renewals]
    for x in in_order(model, some):
        refused, breach = ask(model, limits, x.id, x.weight, (x.host, x.nation, x.sector))
        if refused:
            continue
        x.end = model.month + int(rules["extension"][x.host][x.nation])
        x.extended += 1
        if x.breach not in [name for name, *_ in model.rules.orders]:
            x.breach = breach or x.breach
        x.registered = REGISTERED if x.draw("permits registers") < model.registers(x) else STILL_TIME
        cell = x.host, x.nation, x.sector
        model.renewed[cell] = model.renewed.get(cell, 0) + x.weight


def employ_graduates(model: Any) -> None:
    """Students whose course ends take an empty post of their sector where they live."""
    rules, empty = model.rules, {(e.place, e.sector): [e, e.posts - e.all_staff] for e in model.employers}
    some = [
        x for x in model.crowd.of("student")
        if x.end == model.month
        and x.draw("permits works") < model.params["p_graduate_works"] and rules["open_work"][x.host][x.nation] > 0
    ]  # fmt: skip
    limits = [x for x in rules.limits if "work" in x.grants and (x.counts == "issued" or "student" not in x.statuses)]
    for x in in_order(model, some):
        site = empty.get((x.place, x.sector))
        if not site or site[1] < x.weight:
            continue
        site[1] -= x.weight
        cell = x.host, x.nation, x.sector
        refused, breach = ask(model, limits, x.id, x.weight, cell)
        if not refused:
            x.becomes("worker", model.month + int(rules["term"][x.host][x.nation]), employer=site[0])
            x.registered, x.breach = REGISTERED, breach or x.breach
            model.issue("work", cell, x.weight)


def authorise(model: Any) -> None:
    """Answer open requests, in the order of a key that lasts."""
    stream = model.luck("permits key", 0)
    limits = [limit for limit in model.rules.limits if "work" in limit.grants]
    some = [r for r in model.requests if r.stage == "open"]
    for r in sorted(some, key=lambda r: chance.bits(stream, r.id + 1)):
        cell = r.employer.host, r.nation, r.employer.sector
        refused, breach = ask(model, limits, r.id, r.persons, cell)
        if not refused:
            r.stage, r.granted, r.left, r.breach = "authorised", model.month, r.persons, breach
            model.issue("work", cell, r.persons)
        elif not r.refused_by:
            r.refused_by, r.blocked, r.job_open, r.worker_open = refused, model.month, True, True


def in_order(model: Any, some: list[Any]) -> list[Any]:
    """People in the order of this month's key."""
    return model.crowd.in_order(model.luck("permits key"), some, 1)


def ask(model: Any, limits: list[Limit], who: int, persons: int, cell: tuple[int, int, int]) -> tuple[str, str]:
    """The limit that refuses, and the limit in breach of which it is granted; both empty where there is room."""
    covering = [limit for limit in limits if limit.covers(*cell)]
    without = [limit for limit in covering if limit.slack < persons]
    stream = model.luck("permits complies", 0)
    worst = min(without, key=lambda x: (x.slack, x.since, x.id), default=None)
    for limit in without:
        if chance.uniform(stream, chance.pair(who, chance.key(limit.id))) < limit.compliance[cell[0]]:
            return worst.id, ""
    for limit in covering:
        limit.slack -= persons
    return "", worst.id if worst else ""
