"""neamig facts: the documented numbers and their sources."""

from typing import Annotated

import typer

from sim.cli.options import Json

FIELDS = ("id", "quantity", "value", "unit", "date", "place", "source", "locator", "quality")


def facts(
    word: Annotated[str, typer.Argument(help="Only facts that hold this word.", show_default=False)] = "",
    json: Json = False,
) -> None:
    """List the documented numbers that the model and its targets use, with their sources."""
    from sim.cli.show import show_json, show_table
    from sim.facts import search

    found = [{name: str(getattr(fact, name) or "") for name in FIELDS} for fact in search(_plain(word))]
    if json:
        show_json({"facts": found})
    elif found:
        rows = [
            (
                each["id"],
                each["quantity"],
                f"{each['value']} {each['unit']}",
                each["date"],
                each["place"],
                _source(each),
            )
            for each in found
        ]
        show_table(("id", "what", "value", "date", "place", "source"), rows)
    else:
        print(f"no fact holds the word {word!r}")


def _plain(word: str) -> str:
    """Return a number as the facts write it, 35000 for 35,000; other words stay."""
    digits = word.replace(",", "")
    return digits if digits.isdigit() else word


def _source(fact: dict[str, str]) -> str:
    return ", ".join(fact[name] for name in ("source", "locator", "quality") if fact[name])
