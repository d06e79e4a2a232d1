"""neamig explain: the rules in force on a date."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.options import Json, PriorsFile, Set, read_scenario, warn

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
    from sim.experiments.rules_in_words import named, span

    print(f"{found['scenario']}: rules in force in {month(found['step'])}")
    print("A rule dated inside a month binds from the next; what no rule changes is the world's own.\n")
    for rule in found["in_force"]:
        print(f"{named(rule)}, {span(rule)}")
        for line in _lines(rule):
            print(f"  {line}")
    print()
    for title, key in (("To come", "to_come"), ("Ended", "ended")):
        if found[key]:
            rows = [(named(x), span(x), _source(x)) for x in found[key]]
            show_table(("rule", "in force", "source"), rows, title)


def _lines(rule: Row) -> Iterator[str]:
    """The source of a rule, what it sets, and what in that is assumed."""
    from sim.experiments.rules_in_words import assumptions, effects

    yield f"source: {_source(rule)}"
    yield from effects(rule)
    yield from assumptions(rule)


def _source(rule: Row) -> str:
    return f"{rule['source']} [{rule['written_in']}]" if rule["written_in"] else rule["source"]
