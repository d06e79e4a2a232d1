"""Drawings: figures set into the page, each with its text and its numbers as a table."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from sim.experiments.numbers import month, written
from sim.report.figures.picture import Picture
from sim.report.figures.words import readable
from sim.report.tables import Table

SECTIONS = {  # where the figures of a name stand; the others show the effect
    "money": "bears",
    "harm": "bears",
    "leakage": "where",
    "ports": "where",
    "map": "where",
    "map_change": "where",
    "fit": "trust",
}
EFFECT = "effect"
AS_PNG = ("map", "map_change")
DOTS = 180  # an inch, sharp on paper and on the screens of telephones
PLACES = (EFFECT, "bears", "where", "trust")
OF_A_SCENARIO = re.compile(r"-(\d+)$")
OWN_IDS = re.compile(r'(\bid="|href="#|url\(#)')


@dataclass(frozen=True)
class Drawn:
    """A figure as the page holds it."""

    picture: Markup
    alt: str
    table: Table


@dataclass
class Drawings:
    """The figures of a page by section: of all scenarios together (number 0), and of each."""

    found: dict[tuple[int, str], list[Drawn]] = field(default_factory=dict)

    @classmethod
    def of(cls, pictures: Iterable[Picture], scenarios: int) -> "Drawings":
        """Return the figures, drawn; where there is one scenario they are all its own, but for the fit."""
        drawings = cls()
        for picture in pictures:
            number = OF_A_SCENARIO.search(picture.name)
            stem = OF_A_SCENARIO.sub("", picture.name)
            section = SECTIONS.get(stem.partition("-")[0], EFFECT)
            own = int(number[1]) if number else int(scenarios == 1 and section != SECTIONS["fit"])
            drawings.found.setdefault((own, section), []).append(drawn(picture))
        return drawings

    def section(self, name: str, number: int = 0) -> list[Drawn]:
        """Return the figures of a section: of all scenarios (0), or of one."""
        return self.found.get((number, name), [])

    @property
    def letters(self) -> str:
        """Every letter that stands in the figures, once."""
        return "".join(sorted({letter for own in self.found.values() for each in own for letter in each.picture}))


def drawn(picture: Picture) -> Drawn:
    """Return a figure that names itself: a map as PNG, for its outlines are large, all others as inline SVG."""
    markup = _png(picture) if picture.name.partition("-")[0] in AS_PNG else _svg(picture)
    return Drawn(markup, picture.text, _table(picture))


def _png(picture: Picture) -> Markup:
    data = b64encode(picture.png(DOTS)).decode()
    return Markup('<img src="data:image/png;base64,{}" alt="{}">').format(data, picture.text)


def _svg(picture: Picture) -> Markup:
    """Return a figure as inline SVG with ids that no other figure has."""
    svg = OWN_IDS.sub(lambda start: f"{start[1]}{picture.name}-", picture.svg())
    label = f'<svg role="img" aria-label="{escape(picture.text)}"'
    return Markup(svg.replace("<svg", label, 1))


def _table(picture: Picture) -> Table:
    frame = picture.table
    heads = tuple(readable(str(name)).capitalize() for name in frame.columns)
    columns = [[_word(value) for value in frame[name]] for name in frame.columns]
    texts = tuple(
        head
        for head, name in zip(heads, frame.columns, strict=True)
        if not pd.api.types.is_numeric_dtype(frame[name]) or pd.api.types.is_bool_dtype(frame[name])
    )
    return Table("The numbers", heads, tuple(zip(*columns, strict=True)), texts)


def _word(value: Any) -> str:
    """Return a value as people write it."""
    if isinstance(value, pd.Timestamp):
        return month(value.date())
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "yes" if value is True else "no" if value is False else str(value)
    return "–" if pd.isna(value) else written(float(value))
