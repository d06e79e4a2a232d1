"""Offices of reception: what stations, labour bureaus and departments of a state that receives people count."""

from calibration.runs import Run, Where
from calibration.spans import Span
from sim.core.population import factored
from sim.world import load_world

TUMEN = "tumen_1961"
PERCENT = 100


def _before(run: Run) -> float:
    """Persons who had crossed when the run begins."""
    return sum(factored(row.persons, row.source, dict(run.params)) for row in load_world(TUMEN).initial)


def persons_received(run: Run, span: Span, where: Where) -> float:
    """Persons whom stations received, each once, and those there before the run."""
    again = run.total("received_again", span, where)
    return _before(run) + run.total("received", span, where) - again


def crossed_in_all(run: Run, span: Span, where: Where) -> float:
    """Crossings without papers, those of traders too, and of those there before the run."""
    return _before(run) + run.total("crossed", span, where)


def percent_fled(run: Run, span: Span, where: Where) -> float:
    """People who fled assigned work, of those who crossed [percent]."""
    return PERCENT * run.total("fled", span, where) / persons_received(run, span, where)


def percent_young(run: Run, span: Span, where: Where) -> float | None:
    """Young people, of those who fled assigned work [percent]."""
    fled = run.total("fled", span, where)
    return PERCENT * run.total("fled_young", span, where) / fled if fled else None


def documents_a_day(run: Run, span: Span, where: Where) -> float:
    """Documents for the journey to assigned work, one a person, a day."""
    return run.total("assigned", span, where) / span.days


def jobs_unfilled(run: Run, span: Span, where: Where) -> float:
    """Posts that are open at the end of the month."""
    return run.mean("unfilled_jobs", span, where)


def removed_in_all(run: Run, span: Span, where: Where) -> float:
    """People detained and removed, in all."""
    return run.total("removed", span, where)


RECEIVING = (
    persons_received,
    crossed_in_all,
    percent_fled,
    percent_young,
    documents_a_day,
    jobs_unfilled,
    removed_in_all,
)
