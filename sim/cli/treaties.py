"""neamig treaties: which state is bound by which treaty, and what follows in the rule book."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import Json

if TYPE_CHECKING:
    from sim.world.treaties import Effect, Standing, Treaties

LETTERS = {"ratified": "r", "accession": "a", "succession": "s", "signed": "signed", "none": "–"}
WAYS = {"set": "= {}", "add": "+ {} (at most 1)", "grow": "× (1 + {})"}
WHEN = {"party": "each party", "accession": "who joins in the run"}


def treaties(
    effects: Annotated[bool, typer.Option("--effects", help="What each changes, or why nothing.")] = False,
    json: Json = False,
) -> None:
    """List who is bound by the treaties of Table 2 and, with --effects, what each changes."""
    from sim.cli.show import show_json
    from sim.world import load_world

    world = load_world()
    if json:
        show_json({
            "treaties": [asdict(row) for row in world.treaties.all],
            "effects": [asdict(row) for row in world.treaties.effects],
            "standings": [asdict(row) for row in world.treaties.standings],
        })  # fmt: skip
    elif effects:
        _effects(world.treaties)
    else:
        _standings(world.treaties, {country.code: country.name for country in world.countries})


def _standings(known: "Treaties", names: dict[str, str]) -> None:
    """Print states by treaties; marked with a star where the state was bound only within the run."""
    from sim.cli.show import show_table

    states = dict.fromkeys(x.country for x in known.standings)
    heads = [treaty.in_table2 for treaty in known.all]
    cells = {(x.country, x.treaty): _letter(x) for x in known.standings}
    rows = [(names[s], *(cells.get((s, treaty.id), "") for treaty in known.all)) for s in states]
    show_table(("state", *heads), rows, "Status on 3 June 2005 (Table 2 for the six states of the region)")
    print("r ratified, a accession, s succession, – none; blank where the model does not need it.")
    for x in known.standings:
        if x.since:
            print(f"* {names[x.country]}, {known.by_id[x.treaty].in_table2}: bound from {x.since}. {x.source}")


def _letter(standing: "Standing") -> str:
    return LETTERS[standing.status] + ("*" if standing.since else "")


def _effects(known: "Treaties") -> None:
    """Print the lines of effect, then the treaties that have none with the reason."""
    from sim.cli.show import show_table

    heads = ("treaty", "rule table", "change", "for", "article", "what it says", "source")
    rows = [(known.by_id[line.treaty].in_table2, *_told(line)) for line in known.effects]
    show_table(heads, rows, "What being bound changes, in the state's row of the rule book")
    for treaty in known.all:
        if treaty.through:
            print(f"{treaty.in_table2}: the lines of the {known.by_id[treaty.through].in_table2}. {treaty.source}\n")
    print("No effect modelled:")
    for treaty in known.all:
        if treaty.no_effect:
            print(f"- {treaty.in_table2}: {treaty.no_effect}")


def _told(line: "Effect") -> tuple[str, ...]:
    change = WAYS[line.how].format(line.prior or line.amount)
    article = "" if line.article == "none" else line.article
    return line.rule, change, WHEN[line.holds], article, line.says, line.source
