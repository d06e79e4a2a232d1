"""neamig statuses: every way in which a legal status changes, as a page or as a picture."""

from typing import Annotated

import typer

PICTURE = "statuses.svg"  # beside the page


def statuses(
    svg: Annotated[bool, typer.Option("--svg", help="Print the picture instead of the page.")] = False,
) -> None:
    """Print the table of legal statuses as Markdown (docs/statuses.md), or its picture (docs/statuses.svg)."""
    from sim.cli.drawing import lanes
    from sim.core.words import Status, arrows

    table = arrows()
    if svg:
        drawn = [(before, after, _plain(event.name), owner) for before, event, after, owner in table]
        print(lanes([_plain(status.name) for status in Status], drawn))
    else:
        print(_page())


def _page() -> str:
    """The page: what it is, the picture, and a row for each arrow."""
    from sim.core.words import MEANINGS, Status, arrows

    rows = []
    for before, event, after, owner in arrows():
        words = (*(_plain(word.name) for word in (before, event, after)), f"`{owner}`", MEANINGS.get(event, ""))
        rows.append(f"| {' | '.join(words)} |")
    return "\n".join([
        "# Legal statuses",
        "",
        f"Made from `sim/core/words.py` by `neamig statuses`: {len(Status)} statuses, {len(rows)} arrows.",
        "A status changes along these arrows only, by the mechanism named; any other change raises an error.",
        "Each arrow has a worked example in `tests/worked/cases`.",
        "",
        f"![Each row is an arrow, from the dot to the head]({PICTURE})",
        "",
        "| from | event | to | mechanism | what happens |",
        "|---|---|---|---|---|",
        *rows,
    ])  # fmt: skip


def _plain(name: str) -> str:
    return name.lower().replace("_", " ")
