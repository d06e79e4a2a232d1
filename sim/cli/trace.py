"""neamig trace: the life of somebody who was simulated."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.options import Json, PriorsFile, Scale, Seed, Set, common, read_scenario, warn

CENTS = 100
Row = dict[str, Any]


def trace(
    scenario: Annotated[Path, typer.Argument(help="Scenario file (YAML).")],
    person: Annotated[str, typer.Option(metavar="GROUP/NUMBER", help="Whose life.", show_default=False)] = "",
    where: Annotated[
        str,
        typer.Option(
            metavar="CONDITION",
            help="The first for whom it holds, such as 'nationality == \"PRK\" and returned'.",
            show_default=False,
        ),
    ] = "",
    count: Annotated[int, typer.Option(min=1, help="How many of those for whom the condition holds.")] = 1,
    replicate: Annotated[int, typer.Option(min=1, help="Which replicate of `neamig run`.")] = 1,
    seed: Seed = 1,
    scale: Scale = "1",
    draw: Annotated[
        bool, typer.Option("--draw", help="The parameters are those that `neamig run --draw` draws.")
    ] = False,
    words: Annotated[bool, typer.Option("--words", help="List the words of a condition, and stop.")] = False,
    set_: Set = None,
    priors: PriorsFile = None,
    json: Json = False,
) -> None:
    """Tell the dated events of a simulated life, each with the rule, limit or broker behind it.

    A condition is made of comparisons (nationality == "PRK", sex != "man", born < 1970, sector in ["A01", "F"]), of
    what ever happened (worker, returned, handed_over, held_up), of where ("CHN" in hosts), and of and, or, not.
    """
    from sim.cli.progress import progress
    from sim.cli.show import show_json
    from sim.experiments.trace import trace as tracing

    chosen = read_scenario(scenario, set_ or (), priors)
    warn(chosen)
    if words:
        _show_words(chosen)
        return
    with progress(chosen.name) as report:
        settings = common(priors, scale, seed=seed, draw=draw, progress=report)
        found = tracing(chosen, replicate, person=person, where=where, count=count, **settings)
    if json:
        show_json(found)
    else:
        _show(found)


def _show_words(scenario: Any) -> None:
    """The names that a condition may hold."""
    from sim.cli.show import show_table
    from sim.experiments.ever import names
    from sim.world import load_world

    rows = [
        (word, name.sort, name.says, ", ".join(name.known)) for word, name in names(load_world(scenario.world)).items()
    ]
    show_table(("word", "sort", "meaning", "is one of"), rows)


def _show(found: Row) -> None:
    from sim.cli.show import show_table
    from sim.experiments.numbers import counted

    scale = f"{found['scale']:g}" if isinstance(found["scale"], float) else found["scale"]
    print(f"{found['scenario']}: replicate {found['replicate']}, seed {found['seed']}, scale {scale}")
    if found["where"]:
        print(f"{counted(found['found'], 'head')} with {found['where']}; {len(found['people'])} told here")
    for each in found["people"]:
        print(f"\n{_who(each)}")
        rows = [(f"{x['date']:%Y-%m}", x["says"], "; ".join(_behind(x)), x["mechanism"]) for x in each["life"]]
        show_table(("month", "what", "behind it", "mechanism"), rows)


def _who(each: Row) -> str:
    """Who a head is, in a line."""
    persons = "one person" if each["persons"] == 1 else f"stands for {each['persons']} persons alike"
    skill = "skilled, " if each["skilled"] else ""
    origin = f"{each['sex']}, {each['nationality']}, born {each['born']}, of {each['home']}"
    return f"{each['person']} ({each['group']}): {origin}; {skill}{each['sector'].lower()}; {persons}"


def _behind(entry: Row) -> Iterator[str]:
    """Broker, cost, limits and rules of an entry."""
    if entry["broker"]:
        yield f"brought by {entry['broker']}"
    if entry["paid"] or entry["owed"]:
        yield f"{entry['paid'] / CENTS:,.0f} USD paid, {entry['owed'] / CENTS:,.0f} USD owed"
    if entry["breach"]:
        yield f"in breach of {entry['breach']}"
    for limit, level in entry["limits"].items():
        yield f"limit {limit} ({level:,})"
    if entry["rules"]:
        yield f"under {', '.join(entry['rules'])}"
