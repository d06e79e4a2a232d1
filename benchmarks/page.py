"""Page: the table as Markdown."""

import platform
from datetime import date

from benchmarks.environment import PINNED
from benchmarks.plan import Samples, Sizes
from benchmarks.table import Row
from sim.results.identity import versions

HOW = """
CPU seconds of one thread, so that a busy machine does not count, though its caches do. Every measurement has a process
of its own. Peers and engine took turns, {rounds}; the number is the median, and beside it stand the least and the most.
Warm-ups (compiling, the first months) are left out, but where the line says so. Ratios matter: seconds belong to this
machine.
"""


def page(rows: list[Row], samples: Samples, sizes: Sizes, title: str) -> str:
    """Return the whole page."""
    missed = [row for row in rows if row.holds is False]
    wanted = [row for row in rows if row.holds is not None]
    verdict = f"{len(wanted) - len(missed)} of {len(wanted)} wanted numbers hold."
    loud = [f"**Failed: {name}: {why}**" for name, why in samples.failed.items()]
    rounds = "one round" if sizes.rounds == 1 else f"{sizes.rounds} rounds"
    heads = ["| what | measured | range | unit | wanted | holds | remark |", "|---|--:|--:|---|--:|---|---|"]
    table = "\n".join([*heads, *map(_line, rows)])
    return "\n\n".join([f"# {title}", verdict, *loud, table, HOW.strip().format(rounds=rounds), _made()]) + "\n"


def _line(row: Row) -> str:
    between = f"{_number(row.low)} – {_number(row.high)}" if row.low is not None and row.low != row.high else ""
    bound = row.most if row.least is None else row.least
    wanted = "" if bound is None else f"{'≤' if row.least is None else '≥'} {_number(bound)}"
    holds = {True: "yes", False: "**no**", None: ""}[row.holds]
    value = "**not measured**" if row.value is None else _number(row.value)
    remark = "; ".join(filter(None, (row.remark, row.why and f"**why not:** {row.why}")))
    remark = remark.replace("\n", " ").replace("|", "/")
    return f"| {row.what} | {value} | {between} | {row.unit} | {wanted} | {holds} | {remark} |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _made() -> str:
    pinned = ", ".join(line.replace("==", " ") for line in PINNED.read_text().splitlines() if "==" in line)
    known = versions()
    own = ", ".join(f"{name} {known[name]}" for name in known if name != "neamig")
    where = f"{platform.system()} {platform.machine()}"
    return f"Made on {date.today().isoformat()}, {where}, with neamig {known['neamig']} ({own}). Peers: {pinned}."
