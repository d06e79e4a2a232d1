"""Tables: what the page sets in rows and columns, numbers as people write them."""

from dataclasses import dataclass
from typing import Any

from scipy.special import stdtrit

from sim.experiments.limits import WORK_ALONE
from sim.experiments.numbers import as_part, counted, signed, written
from sim.experiments.reasons import IN_WORDS
from sim.experiments.sentences import of_spread
from sim.report.figures.words import country
from sim.report.wording import is_null, name_of, name_of_limit
from sim.results.measures import MEASURES

PERCENT = 100
LARGE = 10  # times the reference: a change beyond it says more as a number than in percent
LEVEL = 0.95  # of the interval of a mean
IDLE = 8  # limits that refused nobody and are shown, the highest
ABOUTS = ("concerned", "part", "total", "rest")
# The fate of a blocked worker; `reasons.IN_WORDS` has that of the job.
OF_WORKERS = {
    "waits": "waited for a place",
    "other_visa": "went on another visa",
    "other_host": "went to another country",
    "without_papers": "went without papers",
    "gives_up": "gave up, or nobody had been named yet",
}
Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table of words; the columns from the second on are numbers unless named in `texts`.

    small : what stands under the first word of each row, such as its unit. groups : what each row belongs to; said
    once above the first of those that follow each other.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def is_number(self) -> tuple[bool, ...]:
        """Whether each column holds numbers."""
        return tuple(at > 0 and head not in self.texts for at, head in enumerate(self.heads))

    def group(self, at: int) -> str:
        """Return the group that begins with a row; nothing if the row goes on with the one before."""
        begins = at == 0 or self.groups[at : at + 1] != self.groups[at - 1 : at]
        return self.groups[at] if self.groups and begins else ""


def of_differences(summary: Row, about: str) -> Table | None:
    """Return the differences of those concerned, of parts of them, of all, or of the rest; None if nothing moved."""
    titles = {
        "concerned": "Those whom the changed rules are about",
        "part": "Of these, the largest parts",
        "total": "Everybody",
        "rest": "Everything else that is measured, for everybody",
    }
    rows = [row for row in summary["headline"] if row["about"] == about and not is_null(row)]
    if not rows:
        return None
    heads = ("What", "Reference", "Difference", "In percent", "90 % of replicates", "More in")
    lines = (
        (name_of(row), written(row["reference_mean"]), *_differs(row), interval(row), _more_in(row, summary))
        for row in rows
    )
    return Table(titles[about], heads, tuple(lines), small=tuple(map(_how, rows)))


def unmoved(summary: Row) -> list[str]:
    """Return what did not move in any replicate."""
    return [name_of(row) for row in summary["headline"] if is_null(row)]


def of_harm(summary: Row) -> Table | None:
    """Return who bears it, by nationality and host; None if nothing moved."""
    heads = ("What", "Reference", "Scenario", "Difference", "In percent", "90 % of replicates", "More in")
    rows = summary["harm"]
    if not rows:
        return None
    lines = (
        (
            MEASURES[row["measure"]].title,
            *(written(row[name]) for name in ("reference_mean", "scenario_mean")),
            *_differs(row),
            interval(row),
            _more_in(row, summary),
        )
        for row in rows
    )
    groups = tuple(f"Nationals of {country(row['nationality'])} in {country(row['host'])}" for row in rows)
    caption = "Pay and harm, where they moved most"
    return Table(caption, heads, tuple(lines), small=tuple(map(_how, rows)), groups=groups)


def of_fates(summary: Row, account: str) -> Table:
    """Return what became of the jobs or of the workers whom the changed limits refused."""
    fates, words = summary["leakage"][account], IN_WORDS if account == "job" else OF_WORKERS
    whole = sum(fates.values())
    lines = [(words[fate].capitalize(), as_part(n, whole), percent(n / whole)) for fate, n in fates.items()]
    caption = "What became of the job" if account == "job" else "What became of the worker"
    return Table(caption, ("Fate", "Persons", "Share"), (*lines, ("In all", written(whole), percent(1))))


def of_limits(summary: Row) -> Table | None:
    """Return the changed limits, those first that refused somebody; None if no limit was changed."""
    own = [row for row in summary["binds"] if row["changed"]]
    binding, idle = ([row for row in own if bool(row["p_binds"]) is binds] for binds in (True, False))
    shown = binding + [row for row in idle if row["level"]][:IDLE]
    heads = ("Limit", "Level, persons", "Refused somebody in", "Months in which it did", "Work requests refused")
    lines = (
        (
            name_of_limit(row),
            written(row["level"]),
            of_replicates(row["p_binds"], summary),
            written(row["months"]),
            written(row["requests_blocked"]),
        )
        for row in shown
    )
    caption = f"The changed limits, means over replicates. {WORK_ALONE}"
    return Table(caption, heads, tuple(lines)) if shown else None


def of_spreads(summary: Row) -> Table | None:
    """Return chance and parameters apart, and how exactly the mean is known; None of one replicate, or of no change."""
    rows = [row for row in summary["headline"] if row["about"] in ("concerned", "total") and not is_null(row)]
    if not rows or summary["replicates"] == 1:
        return None
    heads = ("What", "Difference", "Spread by chance", "Spread by parameters", "Mean known to")
    lines = (
        (name_of(row), signed(row["mean"]), *of_spread(row), f"± {written(mean_error(row, summary))}") for row in rows
    )
    caption = "Spread of the difference over replicates (standard deviations), and error of its mean"
    return Table(caption, heads, tuple(lines), small=tuple(map(_how, rows)))


def mean_error(row: Row, summary: Row) -> float:
    """Return the half width of the 95 % interval of the mean over replicates: t · sd / √n.

    sd² = chance² + parameters²: what the twins say of the two parts; chance alone where the other is not told apart.
    """
    n = summary["replicates"]
    variance = row["chance_sd"] ** 2 + (row["parameter_sd"] or 0.0) ** 2
    return float(stdtrit(n - 1, (1 + LEVEL) / 2) * (variance / n) ** 0.5)


def percent(share: float) -> str:
    """Return a share in percent."""
    return f"{written(PERCENT * share)} %"


def of_replicates(share: float, summary: Row) -> str:
    """Return a share of the replicates as a count: "2 of 8 replicates"."""
    return f"{round(share * summary['replicates'])} of {counted(summary['replicates'], 'replicate')}"


def in_percent(row: Row) -> str:
    """Return a difference in percent of the reference; nothing where that is nought, or small beside the difference."""
    base = abs(row["reference_mean"])
    return f"{signed(PERCENT * row['mean'] / base)} %" if base and abs(row["mean"]) <= LARGE * base else ""


def _differs(row: Row) -> tuple[str, str]:
    return signed(row["mean"]), in_percent(row) or "–"


def interval(row: Row) -> str:
    """Return the ends that hold the middle nine tenths of the replicates."""
    return f"{signed(row['low'])} to {signed(row['high'])}"


def _more_in(row: Row, summary: Row) -> str:
    return f"{round(row['p_positive'] * summary['replicates'])} of {summary['replicates']}"


def _how(row: Row) -> str:
    """Return the unit of a row, and how its months became one number."""
    over = "on average" if MEASURES[row["measure"]].over_time == "mean" else "in all"
    return f"{row['unit']}, {over}"
