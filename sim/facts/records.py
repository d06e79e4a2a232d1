"""Records: what one fact, source, rule of law or discrepancy holds."""

import re
from dataclasses import dataclass
from fractions import Fraction

SPAN = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Fact:
    """One documented value with its unit, date, place and source.

    `qualifier` is the source's own hedge: over, under, about, if, or blank.
    `quality` is one of stated, high, medium-high, medium, low-medium, low, disputed, unverified.
    """

    id: str
    theme: str
    quantity: str
    value: str
    qualifier: str
    unit: str
    date: str
    origin: str
    destination: str
    sector: str
    kind: str
    source: str
    locator: str
    quality: str
    note: str

    @property
    def base(self) -> str:
        """The identifier without its suffix: ``X068`` of ``X068@2009``."""
        return self.id.partition("@")[0]

    @property
    def suffix(self) -> str:
        """What stands after the ``@``, or nothing."""
        return self.id.partition("@")[2]

    @property
    def place(self) -> str:
        """Origin and destination in one phrase."""
        return " to ".join(part for part in (self.origin, self.destination) if part)

    @property
    def number(self) -> float | None:
        """The value as a number, or None for a text, a range or a date."""
        try:
            return float(Fraction(self.value))
        except ValueError:
            return None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Lowest and highest value stated; equal for a plain number, None for a text or a date."""
        if self.number is not None:
            return self.number, self.number
        span = None if self.unit == "date" else SPAN.fullmatch(self.value)
        return (float(span[1]), float(span[2])) if span else None


@dataclass(frozen=True, slots=True)
class Source:
    """A document that facts cite; `date` is blank where the document states none."""

    source: str
    title: str
    author: str
    publisher: str
    date: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class LegalRule:
    """A rule of law in short words; `until` is blank while it stands."""

    id: str
    rule: str
    from_: str
    until: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something wrong inside the sources, and the reading taken; `kind` is computed or read."""

    id: str
    where: str
    kind: str
    finding: str
    reading: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A printed number that its parts do not give."""

    check: str
    stated: float
    recomputed: float

    @property
    def gap(self) -> float:
        """Stated minus recomputed."""
        return self.stated - self.recomputed
