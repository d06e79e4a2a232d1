"""Offices: the model's own version of each documented count (MODEL §5.11).

Ports count crossings and not people, police count whom they fine, banks count the money that passes through them. A
target is never the latent truth. Each office returns None where there is nothing to divide by.
"""

from collections.abc import Callable
from datetime import date

from calibration.receiving import RECEIVING
from calibration.runs import Run, Where
from calibration.spans import MONTHS_A_YEAR, Span

LIVING = frozenset(["worker", "overstayer", "irregular", "asylum_seeker", "refugee", "settled", "detained", "student",
                    "reception"])  # fmt: skip
WITHOUT_PAPERS = frozenset(("overstayer", "irregular"))
POST_SOVIET = frozenset(("XPS",))
PATENTS_FROM = date(2015, 1, 1)  # patents replaced quotas for visa-free countries (X054)
MILLION = 1e6
PERCENT = 100
Office = Callable[[Run, Span, Where], float | None]


def crossings(run: Run, span: Span, where: Where) -> float:
    """Crossings that the ports counted, a year."""
    return run.total("flow", span, where) / span.years


def percent_of_crossings(run: Run, span: Span, where: Where) -> float | None:
    """Crossings at a port, of those at all ports [percent]."""
    return _percent(crossings(run, span, where), crossings(run, span, _without(where, "place")))


def out_over_in(run: Run, span: Span, where: Where) -> float | None:
    """Crossings out of a country over those into it."""
    out, into = (crossings(run, span, (*where, ("direction", frozenset((way,)), True))) for way in ("out", "in"))
    return _ratio(out, into)


def on_year_before(run: Run, span: Span, where: Where) -> float | None:
    """Crossings over those of the same months a year earlier."""
    before = span.earlier(MONTHS_A_YEAR)
    return _ratio(crossings(run, span, where), crossings(run, before, where)) if before.within(run.span) else None


def people(run: Run, span: Span, where: Where) -> float:
    """People who live there, visitors left out, at the end of the month; of certain statuses if these are named."""
    named = any(dim == "status" for dim, _, _ in where)
    return run.mean("stock", span, where if named else (*where, ("status", LIVING, True)))


def percent_women(run: Run, span: Span, where: Where) -> float | None:
    """Women, of the people who live there [percent]."""
    return _percent(run.mean("women_abroad", span, where), people(run, span, where))


def permits(run: Run, span: Span, where: Where) -> float:
    """Work permits in force at the end of the month."""
    return run.mean("permits_in_force", span, where)


def most_permits(run: Run, span: Span, where: Where) -> float:
    """Work permits in force in the month that has the most of them."""
    months = (span.earlier(back) for back in range(span.months))
    return max(run.total("permits_in_force", Span(month.last, month.last), where) for month in months)


def soldiers(run: Run, span: Span, where: Where) -> float:
    """Soldiers at work abroad at the end of the month."""
    return run.mean("soldiers", span, where)


def civilians(run: Run, span: Span, where: Where) -> float:
    """Work permits in force at the end of the month, without those of soldiers."""
    return permits(run, span, where) - soldiers(run, span, where)


def work_entries(run: Run, span: Span, where: Where) -> float:
    """Entries to China for work a year: workers there times entries a year; only the product is identified."""
    return run.mean("permits_in_force", span, where) * run.params["prk_china_entries"]


def percent_of_permits(run: Run, span: Span, where: Where) -> float | None:
    """Work permits of a nationality, of those of all nationalities [percent]."""
    return _percent(permits(run, span, where), permits(run, span, _without(where, "nationality")))


def authorised(run: Run, span: Span, where: Where) -> float:
    """Workers whom employers may have: permits in force, and authorisations neither used nor lapsed.

    Unused are those granted within the life of an authorisation, less the entries for work meanwhile.
    """
    recent = Span(span.last, span.last).longer(round(run.params["authorisation_months"]) - 1)
    entries = (*where, ("direction", frozenset(("in",)), True), ("purpose", frozenset(("work",)), True))
    unused = run.total("authorisations", recent, where) - run.total("flow", recent, entries)
    return permits(run, span, where) + max(0.0, unused)


def percent_of_work_force(run: Run, span: Span, where: Where) -> float | None:
    """Workers registered of some nationalities, of all [percent]; the mean of the years, each by its own rule.

    Before 2015 those with a permit are registered. From 2015 patents register post-Soviet workers without one as well.
    """
    years = [_within_year(span, year) for year in range(span.first.year, span.last.year + 1)]
    shares = [_percent(_registered(run, year, where), _registered(run, year, _host_only(where))) for year in years]
    told = [share for share in shares if share is not None]
    return sum(told) / len(told) if told else None


def tightest_limit(run: Run, span: Span, where: Where) -> float | None:
    """The lowest level of the limits in force on a nationality in a host."""
    levels = run.rows("limit_level", span, where)
    return float(levels.min()) if len(levels) else None


def fined(run: Run, span: Span, where: Where) -> float:
    """People fined, a year."""
    return run.total("fined", span, where) / span.years


def claims_made(run: Run, span: Span, where: Where) -> float:
    """Claims for asylum, a year."""
    return run.total("claims", span, where) / span.years


def arrived_in_rok(run: Run, span: Span, where: Where) -> float:
    """North Koreans who reached the Republic of Korea, a year."""
    return arrived_in_all(run, span, where) / span.years


def arrived_in_all(run: Run, span: Span, where: Where) -> float:
    """North Koreans who reached the Republic of Korea, in all."""
    return run.total("arrived_kor", span, where)


def fetched_home(run: Run, span: Span, where: Where) -> float:
    """Workers whom their state fetched home as a group, in all."""
    return run.total("repatriated", span, where)


def percent_gone_on(run: Run, span: Span, where: Where) -> float | None:
    """Of those who came to a host without papers, those who went on: the others were returned or are there still."""
    (host,) = next(words for dim, words, _ in where if dim == "host")
    gone = arrived_in_all(run, span, (*_without(where, "host"), ("origin", frozenset((host,)), True)))
    returned = run.total("removed", span, where)
    there = ("status", LIVING - {"worker", "settled"}, True)
    still = run.mean("stock", Span(span.last, span.last), (*where, there))
    return _percent(gone, gone + returned + still)


def seized(run: Run, span: Span, where: Where) -> float:
    """Forged passports seized, in all."""
    return run.total("forged_passports_seized", span, where)


def trafficked_in_all(run: Run, span: Span, where: Where) -> float:
    """Women who left with traffickers, in all: what a commission estimates, for no office counts them."""
    return run.total("trafficked", span, where)


def percent_who_left(run: Run, span: Span, where: Where) -> float | None:
    """Of the women whom traffickers met, those who left with them [percent]."""
    return _percent(run.total("trafficked", span, where), run.total("approached", span, where))


def trafficking_cases(run: Run, span: Span, where: Where) -> float:
    """Cases of trafficking that broke, a year."""
    return run.total("trafficking_cases", span, where) / span.years


def trafficking_prosecutions(run: Run, span: Span, where: Where) -> float:
    """Cases of trafficking taken to court, a year."""
    return run.total("trafficking_prosecutions", span, where) / span.years


def gross_wage(run: Run, span: Span, where: Where) -> float | None:
    """Gross pay of a worker a month [USD]."""
    return _ratio(run.total("earnings_usd", span, where), _worker_months(run, span, where))


def wage_received(run: Run, span: Span, where: Where) -> float | None:
    """Pay of a worker a month, less what the sending state keeps [USD]."""
    received = run.total("earnings_usd", span, where) - run.total("withheld_usd", span, where)
    return _ratio(received, _worker_months(run, span, where))


def remittances_recorded(run: Run, span: Span, where: Where) -> float:
    """Money sent home that banks record, a year [million USD]."""
    sent = run.total("remittances_usd", span, where) / span.years
    return sent * run.params["remittance_recording"] / MILLION


OFFICES: dict[str, Office] = {
    each.__name__: each
    for each in (
        crossings,
        percent_of_crossings,
        out_over_in,
        on_year_before,
        people,
        percent_women,
        permits,
        most_permits,
        soldiers,
        civilians,
        percent_of_permits,
        work_entries,
        authorised,
        percent_of_work_force,
        tightest_limit,
        fined,
        claims_made,
        arrived_in_rok,
        arrived_in_all,
        fetched_home,
        percent_gone_on,
        seized,
        trafficked_in_all,
        percent_who_left,
        trafficking_cases,
        trafficking_prosecutions,
        gross_wage,
        wage_received,
        remittances_recorded,
        *RECEIVING,
    )
}


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _percent(part: float, whole: float) -> float | None:
    return PERCENT * part / whole if whole else None


def _without(where: Where, dim: str) -> Where:
    return tuple(each for each in where if each[0] != dim)


def _host_only(where: Where) -> Where:
    return tuple(each for each in where if each[0] == "host")


def _within_year(span: Span, year: int) -> Span:
    return Span(max(span.first, date(year, 1, 1)), min(span.last, date(year, MONTHS_A_YEAR, 1)))


def _registered(run: Run, span: Span, where: Where) -> float:
    """Workers with a permit; from 2015 post-Soviet workers without one too."""
    with_permit = permits(run, span, where)
    if span.first < PATENTS_FROM:
        return with_permit
    patents = (("nationality", POST_SOVIET, True), ("status", WITHOUT_PAPERS, True))
    return with_permit + run.mean("stock", span, (*where, *patents))


def _worker_months(run: Run, span: Span, where: Where) -> float:
    """Months worked by those who earn, with papers or without."""
    return run.total("stock", span, (*where, ("status", WITHOUT_PAPERS | {"worker"}, True)))
