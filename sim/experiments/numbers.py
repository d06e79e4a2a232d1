"""Numbers: how results are written for people, without digits that mean nothing."""

from datetime import date
from math import floor, log10

DIGITS = 3
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def written(value: float) -> str:
    """Return a number with three significant digits: 12,300, 0.0123, 1.23 million."""
    for size, word in SCALES:
        if abs(value) >= size:
            return f"{_rounded(value / size)} {word}"
    return _rounded(value)


def signed(value: float) -> str:
    """Return a number with its sign, except nought."""
    text = written(value)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def month(day: date) -> str:
    """Return a month as people write it: September 2017."""
    return f"{day:%B %Y}"


def counted(count: int, thing: str) -> str:
    """Return a count and its noun: 1 replicate, 8 replicates."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _rounded(value: float) -> str:
    if value == 0:
        return "0"
    places = DIGITS - 1 - floor(log10(abs(value)))
    text = f"{round(value, places):,.{max(places, 0)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")
