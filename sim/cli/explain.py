"""neamig explain: the rules in force on a date."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.options import Json, PriorsFile, Set, read_scenario, warn

FEW = 4  # codes that are named one by one
SAME = ("level", "basis", "counts", "sectors", "compliance")  # limits that differ in nothing else stand in one line
Row = dict[str, Any]


def explain(
    scenario: Annotated[Path, typer.Argument(help="Scenario file (YAML).")],
    date: Annotated[str, typer.Option(metavar="DAY", help="The day: 2017-09-11, or a month, 2017-09.")],
    set_: Set = None,
    priors: PriorsFile = None,
    json: Json = False,
) -> None:
    """Say which rules are in force on a date, who wrote them with which source, and what each of them sets."""
    from sim.cli.show import show_json
    from sim.experiments.law import law
    from sim.world.priors import Priors, default_priors_path

    chosen = read_scenario(scenario, set_ or (), priors)
    warn(chosen)
    found = law(chosen, _day(date, chosen), Priors.load(priors or default_priors_path()))
    if json:
        show_json(found)
    else:
        _show(found)


def _day(text: str, scenario: Any) -> Any:
    """The day that the user wrote, within the run."""
    from pydantic_core import PydanticCustomError

    from sim.experiments.settings import SettingError
    from sim.policies.fields import day

    try:
        found = day(text)
    except PydanticCustomError as error:
        raise SettingError(f"--date: {error.message()}") from None
    if not scenario.start <= found.replace(day=1) <= scenario.end:
        raise SettingError(f"--date: {text} lies outside the run, {scenario.start:%Y-%m} to {scenario.end:%Y-%m}")
    return found


def _show(found: Row) -> None:
    from sim.cli.show import show_table
    from sim.experiments.numbers import month

    print(f"{found['scenario']}: rules in force in {month(found['step'])}")
    print("A rule dated inside a month binds from the next; what no rule changes is the world's own.\n")
    for rule in found["in_force"]:
        print(f"{_name(rule)}, {_span(rule)}")
        for line in _lines(rule):
            print(f"  {line}")
    print()
    for title, key in (("To come", "to_come"), ("Ended", "ended")):
        if found[key]:
            rows = [(_name(x), _span(x), _source(x)) for x in found[key]]
            show_table(("rule", "in force", "source"), rows, title)


def _lines(rule: Row) -> Iterator[str]:
    """The source of a rule, what it sets, and what in that is assumed."""
    yield f"source: {_source(rule)}"
    effects = [*_limits(rule["limits"]), *map(_recall, rule["recalls"]), *map(_rate, rule["rates"])]
    yield from effects or [f"sets no limit and no rate in this month; {_settings(rule['settings'])}"]
    yield from map(_prior, rule["priors"])


def _settings(settings: Row) -> str:
    return ", ".join(f"{name} {value}" for name, value in settings.items())


def _name(rule: Row) -> str:
    return f"{rule['policy']} ({rule['kind']})"


def _span(rule: Row) -> str:
    since = rule["from"] or "the start"
    late = f", binds from {rule['binds_from']:%Y-%m}" if rule["from"] and rule["from"].day > 1 else ""
    until = f" until {rule['until']}" if rule["until"] else ""
    return f"from {since}{until}{late}"


def _source(rule: Row) -> str:
    return f"{rule['source']} [{rule['written_in']}]" if rule["written_in"] else rule["source"]


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
