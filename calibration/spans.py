"""Spans: the months that a documented number speaks of."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

MONTHS_A_YEAR = 12
MONTH = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


class SpanError(ValueError):
    """A text that names no months."""


@dataclass(frozen=True)
class Span:
    """From the first month to the last, both included and named by their first day."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: Any) -> "Span":
        """Return the months of `2003`, `2003-08`, `2005..2011` or `2017-01..2017-07`; SpanError for anything else."""
        parts = [MONTH.fullmatch(part) for part in str(text).split("..")]
        if not 1 <= len(parts) <= 2 or not all(parts):
            raise SpanError(f"{text!r} names no months: write 2003, 2003-08, 2005..2011 or 2017-01..2017-07")
        first, last = parts[0], parts[-1]
        assert first and last
        span = cls(date(int(first[1]), int(first[2] or 1), 1), date(int(last[1]), int(last[2] or MONTHS_A_YEAR), 1))
        if span.last < span.first:
            raise SpanError(f"{text!r} ends before it begins")
        return span

    @property
    def months(self) -> int:
        """Number of months."""
        return (self.last.year - self.first.year) * MONTHS_A_YEAR + self.last.month - self.first.month + 1

    @property
    def years(self) -> float:
        """Length in years."""
        return self.months / MONTHS_A_YEAR

    @property
    def days(self) -> int:
        """Number of days."""
        return (_shifted(self.last, 1) - self.first).days

    def earlier(self, months: int) -> "Span":
        """Return the span of the same length that lies so many months earlier."""
        return Span(_shifted(self.first, -months), _shifted(self.last, -months))

    def longer(self, months: int) -> "Span":
        """Return the span that begins so many months earlier."""
        return Span(_shifted(self.first, -months), self.last)

    def within(self, other: "Span") -> bool:
        """Tell whether all months lie within the other span."""
        return other.first <= self.first and self.last <= other.last

    def __str__(self) -> str:
        if (self.first.month, self.last.month) == (1, MONTHS_A_YEAR):
            return str(self.first.year) if self.months == MONTHS_A_YEAR else f"{self.first.year}-{self.last.year}"
        return f"{self.first:%Y-%m}" if self.months == 1 else f"{self.first:%Y-%m} to {self.last:%Y-%m}"


def _shifted(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    return date(day.year + years, month + 1, 1)
