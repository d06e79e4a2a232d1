"""Reasons: why an effect is small or large, said from the numbers of what the changed limits refused."""

from dataclasses import dataclass
from typing import Any

from sim.experiments.headline import in_words
from sim.experiments.numbers import counted, signed, written
from sim.results.measures import MEASURES

SMALL = 0.05  # of the reference: an effect below it is near zero
FATES_NAMED = 2  # the most frequent ones
IN_WORDS = {
    "waits": "waited till a place fell free or to the end",
    "raised_wage": "were filled at a higher wage",
    "other_nationality": "went to another nationality",
    "without_papers": "were filled without papers",
    "withdrawn": "were withdrawn",
}
Row = dict[str, Any]


@dataclass(frozen=True)
class Refusals:
    """What the limits refused.

    limits : as `binds` gives them. accounts : as `leakage` gives them.
    months : in which any changed limit refused somebody [mean over replicates], of how many.
    """

    limits: list[Row]
    accounts: Row
    months: float
    of_months: int

    @property
    def own(self) -> list[Row]:
        """Limits of the changed policies."""
        return [row for row in self.limits if row["changed"]]

    def of_nobody(self) -> str:
        """Return what a sentence of no difference adds where the changed limits refused nobody."""
        is_idle = self.own and not any(row["p_binds"] for row in self.own)
        return ": the limit never refused anyone" if is_idle else ""


def reason(headline: list[Row], refusals: Refusals, asked: float) -> str:
    """Return how much the changed limits refused and how little or much it moved; nothing where no limit was changed.

    headline : as the summary holds it. asked : the persons whom employers asked for, of those concerned.
    """
    if not refusals.own:
        return ""
    own = {row["measure"]: row for row in headline if row["about"] == "concerned"}
    first = headline[0]
    if not refusals.accounts["blocked"]:
        # Limits on settlement and visas refuse people and no employer's request: their refusals have no fates to tell.
        return _idle(refusals) if _is_small(first) and not any(row["p_binds"] for row in refusals.own) else ""
    moved = [first, *(own[name] for name in ("authorisations",) if name in own and own[name] is not first)]
    told = (_refused(refusals, asked, moved, _is_small(first)), _fates(refusals.accounts), _unused(own))
    return " ".join(filter(None, told))


def _is_small(row: Row) -> bool:
    is_noise = row["low"] <= 0 <= row["high"]
    return is_noise or abs(row["mean"]) <= SMALL * abs(row["reference_mean"])


def _idle(refusals: Refusals) -> str:
    top, *others = refusals.own
    beside = f", and {counted(len(others), 'other limit')} below it," if others else ""
    return (
        f"Why so little: nobody was refused. {top['limit']} stood at {written(top['level'])} persons on average{beside}"
        " and no request went beyond."
    )


def _refused(refusals: Refusals, asked: float, moved: list[Row], is_small: bool) -> str:
    """Return how much was refused, how often, and what moved."""
    blocked = refusals.accounts["blocked"]
    share = f" ({_percent(blocked / asked)} of those asked for)" if asked else ""
    often = f"in {written(refusals.months)} of {refusals.of_months} months"
    moves = " and ".join(f"{_name(row)} {_move(row)}" for row in moved)
    start, turn = ("Why so little: requests", ", yet") if is_small else ("Requests", ";")
    return f"{start} for {written(blocked)} persons{share} were refused {often}{turn} {moves}."


def _fates(accounts: Row) -> str:
    top = sorted(accounts["job"].items(), key=lambda item: -item[1])[:FATES_NAMED]
    fates = [f"{_percent(n / accounts['blocked'])} {IN_WORDS[fate]}" for fate, n in top if n]
    return f"Of the jobs refused, {' and '.join(fates)}." if fates else ""


def _unused(own: dict[str, Row]) -> str:
    """Return how far authorisations are used, where the numbers show that many are not."""
    if not {"authorisations", "permits_issued"} <= own.keys():
        return ""
    given, used = (own[name]["reference_mean"] for name in ("authorisations", "permits_issued"))
    if used >= given:
        return ""
    return (
        f"Not every authorisation is used: the reference gives {written(given)} and issues {written(used)} permits, "
        "renewals included."
    )


def _name(row: Row) -> str:
    title = MEASURES[row["measure"]].title
    return title[:1].lower() + title[1:] + in_words(row)


def _move(row: Row) -> str:
    """Return by how much a number moved: in percent of the reference, or in its unit where that is nought."""
    if row["mean"] == 0:
        return "did not move"
    base = abs(row["reference_mean"])
    if not base:
        return f"moved by {signed(row['mean'])} {row['unit']}"
    percent = round(row["mean"] / base * 100, 1)
    return f"moved by {signed(percent)} %" if percent else "moved by under 0.1 %"


def _percent(share: float) -> str:
    text = f"{share:.0%}".replace("%", " %")
    return "under 1 %" if share > 0 and text == "0 %" else text
