"""Findings: the summary of an experiment, printed for people."""

from datetime import date
from typing import Any

from sim.cli.show import show_json, show_table
from sim.experiments import several
from sim.experiments.experiment import Outcome
from sim.experiments.headline import in_words
from sim.experiments.limits import WORK_ALONE, policy_of
from sim.experiments.numbers import as_part, counted, month, signed, written
from sim.experiments.profile import FILE, Profile
from sim.experiments.sentences import of_spread
from sim.results.measures import MEASURES

IN_WORDS = 3  # sentences
NAMES = 6  # of measures in one line
ROWS = 24  # of differences that are printed; summary.json holds all
LIMITS = 8  # that are printed, unless more of them refuse somebody
SPARE = ("sd, chance", "sd, parameters", "reference", "unit", "P(>0)")
Row = dict[str, Any]


def show_run(outcome: Outcome, as_json: bool) -> None:
    """Print what a run found."""
    summary = outcome.summary
    if as_json:
        show_json(summary | {"out": outcome.out})
        return
    _head(summary["scenario"], summary)
    shown = [row for row in summary["headline"] if not _is_null(row)]
    if summary["replicates"] == 1:
        show_table(("what", "unit", "value"), [(*_what(row), written(row["mean"])) for row in shown], right=("value",))
    else:
        rows = [(*_what(row), written(row["mean"]), *_ends(row, written)) for row in shown]
        show_table(("what", "unit", "mean", "5 %", "95 %"), rows, right=("mean", "5 %", "95 %"))
    _say_null("Nothing of", summary["headline"])
    _limits([row for row in summary["binds"] if row["p_binds"]])
    _foot(outcome)


def show_profile(profile: Profile, outcome: Outcome) -> None:
    """Print where the time of the runs went."""
    if not profile.runs:
        print("\nNothing was computed, so there is no profile; give another --out, or remove the directory.")
        return
    number = ("ms a month", "share", "calls")
    rows = [
        (part["name"], f"{part['ms_a_month']:.2f}", f"{part['share']:.1%}", f"{part['calls']:,}")
        for part in profile.parts()
    ]
    print()
    show_table(("mechanism", *number), rows, f"CPU time, {profile.heads:,} heads", number)
    a_month = sum(part["ms_a_month"] for part in profile.parts())
    print(f"{a_month:.2f} ms a month after the first one; beside them, of {counted(profile.runs, 'run')} together,")
    print(f"{profile.start:.2f} s to make the world and {profile.first_months:.2f} s for the first month.")
    print(f"Profile: {outcome.out / FILE}")


def show_comparison(outcome: Outcome, as_json: bool) -> None:
    """Print what a comparison found."""
    summary = outcome.summary
    if as_json:
        show_json(summary | {"out": outcome.out})
        return
    for each in several.each(summary):
        _compared(each)
    _foot(outcome)


def _compared(summary: Row) -> None:
    """Print what was found of one scenario."""
    _head(f"{summary['scenario']}, against {summary['reference']}", summary)
    _differences(summary)
    _borne(summary["harm"])
    _limits([row for row in summary["binds"] if row["changed"]])
    _say_others(summary["binds"])
    _leakage(summary["leakage"], sorted({policy_of(row["limit"]) for row in summary["binds"] if row["changed"]}))
    _say_assumed(summary["assumed"])


def _head(title: str, summary: Row) -> None:
    drawn = "parameters at their point values" if summary["point"] else "parameters drawn anew for each"
    scale = f"{summary['scale']:g}" if isinstance(summary["scale"], float) else summary["scale"]
    span = f"{_month(summary['from'])} to {_month(summary['to'])}"
    print(title)
    print(summary["question"])
    print(f"{counted(summary['replicates'], 'replicate')}, seed {summary['seed']}, scale {scale}, {drawn}; {span}\n")


def _differences(summary: Row) -> None:
    """Print the differences, at most `ROWS`; those that are 0 in every replicate in one line."""
    headline = [row for row in summary["headline"] if row["about"] != "rest"]
    shown = [row for row in headline if not _is_null(row)][:ROWS]
    number = ("reference", "difference", "5 %", "95 %", "sd, chance", "sd, parameters", "P(>0)")
    if shown:
        rows = [_difference(row) for row in shown]
        show_table(("what", "unit", *number), rows, "Difference, scenario − reference", number, SPARE)
    for row in headline[:1] + [row for row in shown if row is not headline[0]][: IN_WORDS - 1]:
        print(row["sentence"])
    if summary["why"]:
        print(summary["why"])
    print()
    _say_null("No difference in any replicate", headline[1:])


def _borne(harm: list[Row]) -> None:
    """Print who bears it: harm by nationality and host, where it moved; the pair is named once."""
    rows, last = [], ""
    for row in harm:
        who = f"{row['nationality']} in {row['host']}"
        name, levels = MEASURES[row["measure"]].title, (written(row["reference_mean"]), written(row["scenario_mean"]))
        rows.append(("" if who == last else who, name, row["unit"], *levels, signed(row["mean"]), *_ends(row, signed)))
        last = who
    if rows:
        number = ("reference", "scenario", "difference", "5 %", "95 %")
        show_table(("who", "what", "unit", *number), rows, "Who bears it", number, ("unit", "reference"))


def _say_null(what: str, headline: list[Row]) -> None:
    names = [_what(row)[0] for row in headline if _is_null(row)]
    more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    if names:
        print(f"{what}: {'; '.join(names[:NAMES])}{more}.\n")


def _difference(row: Row) -> tuple[str, ...]:
    return (
        *_what(row),
        written(row["reference_mean"]),
        signed(row["mean"]),
        *_ends(row, signed),
        *of_spread(row),
        f"{row['p_positive']:.2f}",
    )


def _limits(limits: list[Row]) -> None:
    """Print the limits that refuse somebody, and the highest of the others."""
    binding, idle = ([row for row in limits if bool(row["p_binds"]) is binds] for binds in (True, False))
    beside = [row for row in idle if row["level"]][: max(0, LIMITS - len(binding))]
    number = ("level", "P(binds)", "months", "work requests blocked")
    rows = [(row["limit"], row["host"] or "all", *_numbers(row)) for row in limits if row in binding + beside]
    if rows:
        show_table(("limit", "host", *number), rows, "Limits, means over replicates", number)
    if any(not row["requests_blocked"] for row in binding):
        print(f"{WORK_ALONE}\n")
    if more := len(idle) - len(beside):
        print(f"{counted(more, 'more limit')} refused nobody.\n")


def _numbers(limit: Row) -> tuple[str, ...]:
    return (
        written(limit["level"]),
        f"{limit['p_binds']:.2f}",
        *(written(limit[name]) for name in ("months", "requests_blocked")),
    )


def _say_others(limits: list[Row]) -> None:
    names = {row["limit"] for row in limits if row["p_binds"] and not row["changed"]}
    if names:
        print(f"Limits of both scenarios that refused somebody too: {', '.join(sorted(names))}.\n")


def _leakage(accounts: Row, policies: list[str]) -> None:
    """Print what became of the blocked requests, in two accounts that are never added together."""
    if not accounts["blocked"]:
        return
    print(f"Work requests blocked by {', '.join(policies)}: {written(accounts['blocked'])} persons\n")
    for name, title in (("job", "What became of the job"), ("worker", "What became of the worker")):
        whole = sum(accounts[name].values())
        rows = [(fate.replace("_", " "), as_part(persons, whole)) for fate, persons in accounts[name].items()]
        rows.append(("in all", written(whole)))
        show_table((title, "persons"), rows, right=("persons",))


def _say_assumed(assumed: dict[str, list[str]]) -> None:
    """Say what in the answer no data stand behind."""
    if assumed:
        print("Assumed, not learned from data (ranges and reasons: calibration/priors.yaml):")
        for what, names in assumed.items():
            print(f"- {what}: {', '.join(names)}")
        print()


def _foot(outcome: Outcome) -> None:
    print(f"{'Computed now' if outcome.runs else 'Complete already, nothing to compute'}. Results: {outcome.out}")


def _what(row: Row) -> tuple[str, str]:
    return MEASURES[row["measure"]].title + in_words(row), row["unit"]


def _ends(row: Row, write: Any) -> tuple[str, str]:
    return write(row["low"]), write(row["high"])


def _is_null(row: Row) -> bool:
    return bool(row["mean"] == row["low"] == row["high"] == row["p_positive"] == 0)


def _month(day: str) -> str:
    return month(date.fromisoformat(day))
