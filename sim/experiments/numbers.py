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


def as_part(value: float, whole: float) -> str:
    """Return a part of a whole in the unit of the whole's last digit, so that parts add up to it as it is written.

    Of 125,000: 14,200 is 14,000; 300, which is less than half of the unit, is "under 500".
    """
    if not value:
        return written(value)
    places = _places(whole)
    rounded = round(value, places)
    return written(rounded) if rounded else f"under {written(10**-places / 2)}"


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
    places = _places(value)
    text = f"{round(value, places):,.{max(places, 0)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def _places(value: float) -> int:
    """Return how many places behind the point a number is written with; negative for tens, hundreds and so on."""
    return DIGITS - 1 - floor(log10(abs(value)))
