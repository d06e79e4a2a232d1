"""Show: results on the standard output, as tables for people or as JSON for programs."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from rich import box
from rich.console import Console
from rich.table import Table

PLAIN_WIDTH = 160  # where the output is no terminal
GAP = 3  # between two columns
FIRST = 12  # characters that the first column keeps in a narrow terminal


def show_json(content: dict[str, Any]) -> None:
    """Print JSON."""
    print(json.dumps(content, indent=2, ensure_ascii=False, default=str))


def show_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    title: str = "",
    right: Sequence[str] = (),
    spare: Sequence[str] = (),
) -> None:
    """Print a table; the columns named in `right` are set to the right.

    spare : columns that a narrow terminal does without, the first of them first; a line names those left out.
    """
    is_terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if is_terminal else PLAIN_WIDTH, highlight=False, markup=False)
    lines = [tuple(row) for row in rows]
    left_out = _left_out(heads, lines, spare, console.width)
    table = Table(
        title=title or None, title_justify="left", box=box.SIMPLE_HEAD if is_terminal else None, pad_edge=False
    )
    for head in heads:
        if head not in left_out:
            justify: Literal["left", "right"] = "right" if head in right else "left"
            table.add_column(head, justify=justify, overflow="fold", min_width=FIRST if head == heads[0] else None)
    for line in lines:
        table.add_row(*(word for head, word in zip(heads, line, strict=True) if head not in left_out))
    console.print(table)
    if left_out:
        console.print(f"The terminal is too narrow for: {'; '.join(left_out)}.")
    print()


def _left_out(
    heads: Sequence[str], lines: Sequence[Sequence[str]], spare: Sequence[str], width: int
) -> tuple[str, ...]:
    """Return which of the spare columns have to go so that the others have room on one line."""
    needed = {head: max(map(len, column)) + GAP for head, *column in zip(heads, heads, *lines, strict=True)}
    left_out: tuple[str, ...] = ()
    for head in spare:
        if sum(needed.values()) > width:
            left_out += (head,)
            del needed[head]
    return left_out
