"""Checks: what makes a file of targets wrong, told all at once."""

from collections.abc import Iterator, Sequence
from datetime import date

from calibration.documented import WAYS, NoNumberError, is_later
from calibration.offices import OFFICES
from calibration.rows import Row
from calibration.spans import Span, SpanError
from sim.core.words import Purpose, Status, labels
from sim.results.cells import DIMENSIONS
from sim.world import load_world
from sim.world.located import BadInputError, Problem, did_you_mean

ROLES = ("input", "fitted", "scored", "held out", "check", "range", "not yet")
FITTED_UP_TO = date(2012, 12, 1)
SCORED_FROM = date(2013, 1, 1)
NOTHING_AFTER = date(2017, 7, 1)
JUDGED = ("scored", "held out")
NOT_YET = "not yet"
ROW = ["id", "role", "of", "made", "reading", "when", "office", "where", "but_not", "series", "text"]
DROPPED = ["of", "why", "series", "when"]
READING = ["low", "high", "unit", "why"]
ONE_VALUE = ("ratio", "percent")


class TargetsError(BadInputError):
    """Mistakes in a file of targets."""


def of_row(row: Row, problems: list[Problem]) -> list[Problem]:
    """Return what is wrong with one row, and add it to `problems`."""
    found = [*_settings(row)] or [*_dates(row), *_office(row), *_dimensions(row)]
    problems += found
    return found


def of_all(rows: Sequence[Row]) -> Iterator[Problem]:
    """Targets of one name, and data that are used twice."""
    ids: set[str] = set()
    used: dict[str, str] = {}
    for row in rows:
        if row.id in ids:
            yield row.problem("id", f"the id {row.id!r} stands twice")
        ids.add(row.id)
        for datum in _data(row):
            if datum in used:
                yield row.problem("of", f"{datum} is the value of {used[datum]!r} already: one datum, one target")
            used[datum] = row.id


def _data(row: Row) -> tuple[str, ...]:
    """What counts as used up by a row: not the number that a share is taken of."""
    return row.references[:1] if row.get("made") in ONE_VALUE else row.references


def _settings(row: Row) -> Iterator[Problem]:
    """Settings that are unknown or missing, and words that are not among those there are."""
    known, needed = (DROPPED, ("of", "why")) if row.is_dropped else (ROW, ("id", "role", "of", "when", "text"))
    for key in row.values:
        if key not in known:
            yield row.problem(key, f"unknown setting{did_you_mean(key, known)}")
    for key in needed:
        if not row.get(key):
            yield row.problem("", f"'{key}' is missing")
    if row.get("role", ROLES[0]) not in ROLES:
        yield row.problem("role", f"unknown role {row.get('role')!r} (one of {', '.join(ROLES)})")
    if row.get("made", WAYS[0]) not in WAYS:
        yield row.problem("made", f"unknown way {row.get('made')!r} (one of {', '.join(WAYS)})")
    reading = row.get("reading", dict.fromkeys(READING))
    if not isinstance(reading, dict) or set(reading) != set(READING):
        yield row.problem("reading", f"must give {', '.join(READING)}")


def _dates(row: Row) -> Iterator[Problem]:
    """Facts that are unknown or too late, months that are none."""
    try:
        late = [each for each in row.references if is_later(each, NOTHING_AFTER)]
        span = Span.parse(row.get("when")) if not row.is_dropped or row.get("series") else None
    except NoNumberError as error:
        yield row.problem("of", str(error))
    except SpanError as error:
        yield row.problem("when", str(error))
    else:
        if late:
            yield row.problem("of", f"{', '.join(late)} is dated after {NOTHING_AFTER:%B %Y}: not used at all")
        if span:
            yield from _split(row, span)


def _split(row: Row, span: Span) -> Iterator[Problem]:
    """Observations after July 2017, and roles on the wrong side of the end of 2012."""
    if span.last > NOTHING_AFTER:
        yield row.problem("when", f"{span} is after {NOTHING_AFTER:%B %Y}: later observations are not used at all")
    if row.get("role") == "fitted" and span.last > FITTED_UP_TO:
        yield row.problem("role", f"nothing after {FITTED_UP_TO.year} is fitted: {span} is scored or held out")
    if row.get("role") in JUDGED and span.first < SCORED_FROM:
        yield row.problem("role", f"only what is after {FITTED_UP_TO.year} is scored or held out, and this is {span}")


def _office(row: Row) -> Iterator[Problem]:
    """An office that is unknown, missing or too many."""
    office = row.get("office")
    if office is not None and office not in OFFICES:
        yield row.problem("office", f"unknown office {office!r}{did_you_mean(str(office), OFFICES)}")
    if office is None and not row.is_dropped and row.get("role") != NOT_YET:
        yield row.problem("", "'office' is missing: only what is 'not yet' modelled has none")
    if office is not None and row.get("role") == NOT_YET:
        yield row.problem("office", "a target that is not yet modelled has no office")


def _dimensions(row: Row) -> Iterator[Problem]:
    """Dimensions and words of `where` and `but_not` that no result has."""
    known = _words(row.world)
    for key in ("where", "but_not"):
        for dim, words in row.get(key, {}).items():
            if dim not in known:
                yield row.problem(key, f"unknown dimension {dim!r}{did_you_mean(dim, DIMENSIONS)}")
                continue
            for word in words if isinstance(words, list) else [words]:
                if word not in known[dim]:
                    yield row.problem(key, f"unknown {dim} {word!r}{did_you_mean(str(word), known[dim])}")


def _words(name: str) -> dict[str, list[str]]:
    """The words that results use, by dimension."""
    world = load_world(name)
    codes = [country.code for country in world.countries]
    return {
        **dict.fromkeys(("nationality", "host", "origin"), codes),
        "place": [*(place.id for place in world.places), *(port.id for port in world.ports)],
        "sector": [each.code for each in world.sectors],
        "status": labels(Status),
        "purpose": labels(Purpose),
        "direction": ["out", "in"],
    }
