"""Limits: how likely each refuses somebody, and what becomes of those whom it refuses."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from sim.experiments.tally import LIMIT, LimitTally

FATES = {
    "job": ("waits", "raised_wage", "other_nationality", "without_papers", "withdrawn"),
    "worker": ("waits", "other_visa", "other_host", "without_papers", "gives_up"),
}


def policy_of(limit: str) -> str:
    """Return the policy that a limit belongs to: `unscr_2371/RUS` is a limit of `unscr_2371`."""
    return limit.partition("/")[0]


def binds(tally: LimitTally, replicates: int, changed: Collection[str]) -> list[dict[str, Any]]:
    """Return for each limit and host the share of replicates in which it refused somebody, and in how many months.

    `months` is the mean over all replicates; `changed` names the policies that the scenario adds or changes.
    """
    rows = pd.concat(tally.limits, ignore_index=True)
    rows["months"] = rows["value"].where(rows["measure"] == "binds", 0.0)
    each = rows.groupby([*LIMIT, "replicate"], as_index=False)["months"].sum()
    each["bound"] = each["months"] > 0
    totals = each.groupby(LIMIT, as_index=False)[["bound", "months"]].sum()
    found = [
        {
            "limit": limit,
            "host": host,
            "changed": policy_of(limit) in changed,
            "p_binds": bound / replicates,
            "months": months / replicates,
        }
        for limit, host, bound, months in totals.itertuples(index=False)
    ]
    return sorted(found, key=lambda row: (not row["changed"], row["limit"], row["host"]))


def nationalities(tally: LimitTally, changed: Collection[str]) -> list[str]:
    """Return the nationalities that the changed limits name; none if they speak of all alike."""
    rows = pd.concat(tally.limits, ignore_index=True)
    own = rows[rows["limit"].map(policy_of).isin(set(changed)) & (rows["nationality"] != "")]
    return sorted(own["nationality"].unique())


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
