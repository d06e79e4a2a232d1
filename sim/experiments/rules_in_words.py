"""Rules in words: what `law` found, a line for each limit, recall, rate and prior."""

from collections.abc import Iterator
from typing import Any

FEW = 4  # codes that are named one by one
SAME = ("level", "basis", "counts", "sectors", "compliance")  # limits that differ in nothing else stand in one line
Row = dict[str, Any]


def effects(rule: Row) -> list[str]:
    """Return what a rule in force sets; its settings if that is nothing this month."""
    found = [*_limits(rule["limits"]), *map(_recall, rule["recalls"]), *map(_rate, rule["rates"])]
    return found or [f"sets no limit and no rate in this month; {_settings(rule['settings'])}"]


def assumptions(rule: Row) -> list[str]:
    """Return what is assumed in what a rule sets, each prior with its range."""
    return [_prior(each) for each in rule["priors"]]


def _settings(settings: Row) -> str:
    return ", ".join(f"{name} {value}" for name, value in settings.items())


def named(rule: Row) -> str:
    """Return the name of a rule and its kind."""
    return f"{rule['policy']} ({rule['kind']})"


def span(rule: Row) -> str:
    """Return from when until when a rule is written to hold, and when it binds if that is later."""
    since = rule["from"] or "the start"
    late = f", binds from {rule['binds_from']:%Y-%m}" if rule["from"] and rule["from"].day > 1 else ""
    until = f" until {rule['until']}" if rule["until"] else ""
    return f"from {since}{until}{late}"


def _limits(limits: list[Row]) -> Iterator[str]:
    """Limits in words; those that differ in host or nationality only stand in one line."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    for limit in limits:
        alike.setdefault(tuple(str(limit[name]) for name in SAME), []).append(limit)
    for first, *others in alike.values():
        level = first["basis"] if first["level"] is None else f"of {first['level']:,} persons"
        both = [
            _several(dict.fromkeys(x for each in (first, *others) for x in each[of]))
            for of in ("nationalities", "hosts")
        ]
        each = f"{len(others) + 1} limits, each " if others else "limit "
        strict = "" if first["compliance"] in (None, 1) else f"; kept in {first['compliance']:g} of cases"
        within = "" if first["sectors"] == ["all"] else f" in {_several(first['sectors'])}"
        yield f"{each}{level}: {first['counts']}; {both[0]} in {both[1]}{within}{strict}"


def _recall(recall: Row) -> str:
    whom = f"{_several(recall['nationalities'])} who earn in {_several(recall['hosts'])}"
    return f"recall: {recall['share']:.0%} of {whom} are to be gone by the end of the month"


def _rate(rate: Row) -> str:
    cells = ", ".join(f"{axis} {_several(codes)}" for axis, codes in rate["cells"].items())
    meaning = f" ({rate['meaning']})" if rate["meaning"] else ""
    return f"{rate['table']}{meaning}: {rate['before']:g} -> {rate['after']:g}; {cells}"


def _prior(prior: Row) -> str:
    return f"assumed: {prior['prior']} = {prior['value']:g} ({prior['low']:g} to {prior['high']:g} {prior['unit']})"


def _several(codes: Any) -> str:
    named = list(codes)
    return ", ".join(named) if len(named) <= FEW else f"{', '.join(named[:FEW])} and {len(named) - FEW} more"
