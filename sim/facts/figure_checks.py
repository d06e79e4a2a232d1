"""Figure checks: shares, sums and dates in the text of the documents."""

import re
from collections.abc import Iterator
from datetime import date

from sim.facts.documents import Documents
from sim.facts.records import Finding

YEAR = re.compile(r"\d{4}")
# Counts of the same people by two offices further apart than this are not one series (assumed, for sorting only).
OFFICES_APART = 0.5
PERCENT = 100

# Printed share, part, whole.
SHARES = (
    ("S004@share", "S004", "S001"),
    ("S009", "S008", "S001"),
    ("S002", "S001", "N009"),
    ("S007", "S006", "N009"),
    ("S031@share", "S031", "S029"),
    ("S032@share", "S032", "S029"),
    ("S039@share", "S039", "S037"),
    ("S040@share", "S040", "S037"),
    ("S041@share", "S041", "S037"),
    ("S042@share", "S042", "S037"),
    ("S043@share", "S043", "S037"),
    ("S044@share", "S044", "S037"),
    ("X034@share", "X034@2015", "X055@2015"),
    ("X064@2010-irregular-share", "X064@2010-irregular", "X064@2010"),
)
# Whole and the parts that should make it.
SUMS = (
    ("S001", ("S004", "S005")),
    ("S037", ("S039", "S040", "S041")),
    ("S037", ("S042", "S043", "S044")),
    ("S119", ("S121", "S122", "S123", "S124")),
    ("X058", ("X058@RUS", "X058@CHN", "X058@other")),
)
# Whole and parts that may leave some out but not exceed it.
WITHIN = (
    ("S029", ("S031", "S032")),
    ("S025", ("S026", "S027")),
    ("S119", ("S126",)),
    ("S126", ("S128", "S129")),
    ("X062@2010", ("X062@2010-KOR", "X062@2010-CHN", "X062@2010-RUS", "X062@2010-JPN", "X062@2010-CZE")),
)
# Two values that should be one.
PAIRS = (("S050", "S050@elsewhere"), ("S033", "N004@total"))
OFFICES = (("S067", "X002"), ("S067", "X004"))


def shares(documents: Documents) -> Iterator[Finding]:
    """Printed percentages that the counts do not give; "about" and the like allow one percent."""
    for printed, part, whole in SHARES:
        exact = PERCENT * documents.number(part) / documents.number(whole)
        if abs(exact - documents.number(printed)) > _tolerance(documents, printed):
            yield Finding(f"share.{printed}", documents.number(printed), round(exact, 1))


def sums(documents: Documents) -> Iterator[Finding]:
    """Wholes that their parts do not make up."""
    for whole, parts in SUMS:
        total = sum(documents.number(part) for part in parts)
        if total != documents.number(whole):
            yield Finding(f"sum.{whole}.{parts[0]}", documents.number(whole), total)


def within(documents: Documents) -> Iterator[Finding]:
    """Parts that exceed their whole."""
    for whole, parts in WITHIN:
        total = sum(documents.number(part) for part in parts)
        if total > documents.number(whole):
            yield Finding(f"within.{whole}.{parts[0]}", documents.number(whole), total)


def pairs(documents: Documents) -> Iterator[Finding]:
    """One quantity with two values."""
    for one, other in PAIRS:
        if documents.number(one) != documents.number(other):
            yield Finding(f"pair.{one}", documents.number(one), documents.number(other))


def offices(documents: Documents) -> Iterator[Finding]:
    """Counts of the same people by two offices that are far apart."""
    for one, other in OFFICES:
        stated, counted = documents.number(one), documents.number(other)
        if abs(counted / stated - 1) > OFFICES_APART:
            yield Finding(f"offices.{one}.{other}", stated, counted)


def wording(documents: Documents) -> Iterator[Finding]:
    """Words that the numbers do not bear out: the sector named first, and "mostly"."""
    named_first, largest = documents.number("S042"), documents.number("S043")
    if largest > named_first:
        yield Finding("wording.largest_sector", named_first, largest)
    share = PERCENT * documents.number("S039") / documents.number("S037")
    if share <= documents.number("S039@wording"):
        yield Finding("wording.mostly_chinese", documents.number("S039@wording"), round(share, 1))


def travellers(documents: Documents) -> Iterator[Finding]:
    """Mongolians abroad in 1999 by the growth told, against departures counted in 2002."""
    told, counted = documents.number("S046") * documents.number("S047"), documents.table4.total("total")
    if told > counted:
        yield Finding("travellers.1999", told, counted)


def trafficking_bound(documents: Documents) -> Iterator[Finding]:
    """Asia's part of the world's trafficked persons, against the bound drawn from it."""
    asia = round(documents.number("S010") * documents.number("S011"))
    if asia > documents.number("S012"):
        yield Finding("trafficking.bound", documents.number("S012"), asia)


def soldiers(documents: Documents) -> Iterator[Finding]:
    """Soldiers in Kuwait by their share, s = share (civilians + s), against those of one firm."""
    share = documents.number("S098") / PERCENT
    implied = round(documents.number("S094") * share / (1 - share))
    if implied != documents.number("S095"):
        yield Finding("kuwait.soldiers", documents.number("S095"), implied)


def stations(documents: Documents) -> Iterator[Finding]:
    """Reception stations ordered in 1961, against those named."""
    named = {name.strip() for name in documents.facts["S125"].sector.split(";")}
    if len(named) != documents.number("S125"):
        yield Finding("stations.named", documents.number("S125"), len(named))


def dates(documents: Documents) -> Iterator[Finding]:
    """An essay that a later resolution had overtaken, and a quota told a year after its source."""
    written = date.fromisoformat(documents.sources[documents.facts["S083"].source].date)
    overtaken = (written - date.fromisoformat(documents.rules["L02"].from_)).days
    if overtaken > 0:
        yield Finding("dates.essay_days_late", 0, overtaken)
    told = YEAR.search(documents.facts["S066"].date)
    if told and float(told[0]) != documents.number("S066@source-year"):
        yield Finding("dates.quota", float(told[0]), documents.number("S066@source-year"))


def _tolerance(documents: Documents, printed: str) -> float:
    share = documents.facts[printed]
    decimals = len(share.value.partition(".")[2])
    return 1.0 if share.qualifier else 0.5 * 10.0**-decimals


CHECKS = (
    shares,
    sums,
    within,
    pairs,
    offices,
    wording,
    travellers,
    trafficking_bound,
    soldiers,
    stations,
    dates,
)
