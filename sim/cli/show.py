"""Show: results on the standard output, as tables for people or as JSON for programs."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

PLAIN_WIDTH = 160  # where the output is no terminal


def show_json(content: dict[str, Any]) -> None:
    """Print JSON."""
    print(json.dumps(content, indent=2, ensure_ascii=False, default=str))


def show_table(heads: Sequence[str], rows: Iterable[Sequence[str]], title: str = "", right: Sequence[str] = ()) -> None:
    """Print a table; the columns named in `right` are set to the right."""
    is_terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if is_terminal else PLAIN_WIDTH, highlight=False, markup=False)
    table = Table(
        title=title or None, title_justify="left", box=box.SIMPLE_HEAD if is_terminal else None, pad_edge=False
    )
    for head in heads:
        table.add_column(head, justify="right" if head in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    print()
