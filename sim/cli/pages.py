"""Pages of tables in Markdown: parameters and measures, each from the file that holds them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from calibration.mechanisms import load_mechanisms
from sim.results.measures import HARM, MEASURES
from sim.world.priors import Prior, Priors, default_priors_path

WIDTH = 120
HEADING, ENTRY = re.compile(r"# (.+)"), re.compile(r"(\w+):")
LARGE = 1e6  # from here on whole numbers are written as powers of ten


def head(title: str, text: str) -> Iterator[str]:
    """The title of a page and what it is."""
    yield from (f"# {title}", "", *wrap(" ".join(text.split()), WIDTH), "")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; a bar within a cell does not end it."""
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(' '.join(cell.split()).replace('|', '&#124;') for cell in row)} |"


def parameters() -> Iterator[str]:
    """Every prior under the headings of its file, with the values that switch a mechanism off."""
    priors, text = Priors.load(default_priors_path()), default_priors_path().read_text(encoding="utf-8")
    off = _switches(priors)
    yield from head("Parameters", f"""
        Made from `calibration/priors.yaml` and `calibration/mechanisms.yaml` by `neamig tables parameters`:
        {len(priors)} numbers that are not documented as they stand. `neamig compare` draws each from its range anew for
        every replicate; `--point` takes the value; one that is fixed is never drawn. Source names the facts (`neamig
        facts S067`) that a number is read from; without them it is assumed. Off: the value at which a mechanism does
        nothing.
        """)  # fmt: skip
    for heading, names in _sections(text):
        yield from (f"## {heading}", "")
        heads = ("parameter", "value", "range", "unit", "reason", "source", "off")
        yield from table(heads, (_parameter(priors[name], off.get(name, ())) for name in names))
        yield ""


def _switches(priors: Priors) -> dict[str, list[str]]:
    """What is switched off by which value, by prior."""
    out: dict[str, list[str]] = {}
    for mechanism in load_mechanisms(priors):
        for name, value in mechanism.off.items():
            out.setdefault(name, []).append(f"`{mechanism.name}` at {_number(value)}")
    return out


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Headings of the file, which follow its opening comment, each with the names of the entries under it."""
    heading, names = "", list[str]()
    for line in text.partition("\n\n")[2].splitlines():
        if found := HEADING.fullmatch(line):
            if names:
                yield heading, names
            heading, names = found[1], []
        elif found := ENTRY.match(line):
            names.append(found[1])
    yield heading, names


def _parameter(prior: Prior, off: Sequence[str]) -> tuple[str, ...]:
    span = f"{_number(prior.low)} to {_number(prior.high)}, {prior.dist}" if prior.low < prior.high else "fixed"
    name, source = f"`{prior.name}`", prior.source or "assumed"
    return name, _number(prior.value), span, prior.unit, prior.reason, source, "; ".join(off)


def _number(value: float) -> str:
    return f"{int(value):,}" if value == int(value) and abs(value) < LARGE else f"{value:g}"


def measures() -> Iterator[str]:
    """Every measure in the order of its file."""
    yield from head("Measures", f"""
        Made from `sim/results/measures.csv` by `neamig tables measures`: {len(MEASURES)} measures. A stock is what
        there is at the end of the month, and is averaged over months; a flow is what happened in the month, and is
        added up; a flag is 1 in the months in which something holds. Headlines stand at the top of a comparison; harm
        is told by nationality and host.
        """)  # fmt: skip
    rows = (
        (f"`{m.name}`", m.title, m.unit, m.kind, m.sentence, _where(m.headline, m.name in HARM))
        for m in MEASURES.values()
    )
    yield from table(("measure", "title", "unit", "kind", "meaning", "in comparisons"), rows)


def _where(headline: bool, harm: bool) -> str:
    return ", ".join(word for word, holds in (("headline", headline), ("harm", harm)) if holds)
