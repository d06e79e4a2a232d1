"""Limits: how likely each refuses somebody, and what becomes of those whom it refuses."""

from collections.abc import Collection
from math import nan
from typing import Any

import pandas as pd

from sim.experiments.tally import LIMIT, LimitTally

FATES = {
    "job": ("waits", "raised_wage", "other_nationality", "without_papers", "withdrawn"),
    "worker": ("waits", "other_visa", "other_host", "without_papers", "gives_up"),
}
WORK_ALONE = (
    "Work requests are those of employers, in persons, told with the limit that was the first to refuse them; "
    "refusals of settlement and of visas show in the months alone."
)


def policy_of(limit: str) -> str:
    """Return the policy that a limit belongs to: `unscr_2371/RUS` is a limit of `unscr_2371`."""
    return limit.partition("/")[0]


def binds(tally: LimitTally, replicates: int, changed: Collection[str]) -> list[dict[str, Any]]:
    """Return for each limit and host the share of replicates in which it refused somebody, and in how many months.

    Means over all replicates: `months`, `level` [persons, over the months in force], `requests_blocked` [persons, of
    employers' requests that it was the first to refuse; settlement and visas are no requests]. `changed` names the
    policies that the scenario adds or changes; theirs come first, of these the ones that refused somebody, the highest
    level at the top. A limit over several hosts has a row for each in which it refused somebody.
    """
    rows, fates = pd.concat(tally.limits, ignore_index=True), pd.concat(tally.fates, ignore_index=True)
    months = _by_limit(rows[rows["measure"] == "binds"], "value", "sum") / replicates
    bound = _by_limit(rows[rows["measure"] == "binds"], "replicate", "nunique") / replicates
    level = _by_limit(rows[rows["measure"] == "limit_level"], "value", "mean")
    blocked = _by_limit(fates[fates["measure"] == "requests_blocked"], "value", "sum") / replicates
    found = [
        {
            "limit": limit,
            "host": host,
            "changed": policy_of(limit) in changed,
            "p_binds": float(bound.get((limit, host), 0.0)),
            "months": float(months.get((limit, host), 0.0)),
            "level": float(level.get((limit, host), level.get((limit, ""), nan))),
            "requests_blocked": float(blocked.get((limit, host), 0.0)),
        }
        for limit, host in _each(level.index, months.index)
    ]
    return sorted(found, key=_place_in_table)


def months_bound(tally: LimitTally, replicates: int, changed: Collection[str]) -> float:
    """Return in how many months any of the changed limits refused somebody, a mean over replicates."""
    rows = pd.concat(tally.limits, ignore_index=True)
    own = rows[(rows["measure"] == "binds") & rows["limit"].map(policy_of).isin(set(changed))]
    return len(own[["replicate", "date"]].drop_duplicates()) / replicates


def _by_limit(rows: pd.DataFrame, column: str, how: str) -> "pd.Series[float]":
    return rows.groupby(LIMIT)[column].agg(how)


def _place_in_table(row: dict[str, Any]) -> tuple[Any, ...]:
    return not row["changed"], row["p_binds"] == 0, -row["level"], row["limit"], row["host"]


def _each(levels: pd.Index, bound: pd.Index) -> list[tuple[str, str]]:
    """Return limit and host of all that stood or refused; over several hosts together, only where it refused."""
    several = {limit for limit, _ in bound if (limit, "") in levels}
    return sorted({*bound, *((limit, host) for limit, host in levels if limit not in several)})


def leakage(tally: LimitTally, replicates: int, changed: Collection[str]) -> dict[str, Any]:
    """Return the two accounts of the requests that the changed limits blocked, and of those that any limit blocked."""
    rows = pd.concat(tally.fates, ignore_index=True)
    own = rows[rows["limit"].map(policy_of).isin(set(changed))]
    return {"policies": sorted(changed), **_accounts(own, replicates), "all_limits": _accounts(rows, replicates)}


def _accounts(rows: pd.DataFrame, replicates: int) -> dict[str, Any]:
    """Return the blocked requests [persons, mean over replicates] and their fate in each account."""
    blocked = rows.loc[rows["measure"] == "requests_blocked", "value"].sum() / replicates
    fates = rows[rows["measure"] == "leakage"].groupby(["purpose", "outcome"])["value"].sum() / replicates
    accounts = {
        account: {fate: float(fates.get((account, fate), 0.0)) for fate in known} for account, known in FATES.items()
    }
    return {"blocked": float(blocked), **accounts}
