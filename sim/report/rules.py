"""Rules: what a scenario changes, and all that is in force when the change begins, each with its source."""

from datetime import date
from typing import Any

from sim.experiments.law import heads, law
from sim.experiments.numbers import written
from sim.experiments.rules_in_words import assumptions, effects, span
from sim.report.figures.words import readable
from sim.report.tables import Table
from sim.report.wording import in_names
from sim.scenario.restore import restored
from sim.world.priors import Priors

WHEN = {"in_force": "In force", "to_come": "To come", "ended": "Ended by then"}
HEADS = ("Rule", "Kind", "When", "Source")
Row = dict[str, Any]


def changed_rules(summary: Row, scenarios: Row, priors: Priors) -> list[Row]:
    """Return the rules that a scenario adds or changes, as they stand there when the change begins, or leaves out.

    Keys: name, kind, span, source, note, sets (what it sets then), assumed (the priors it rests on), and removed, which
    tells of a rule that only the reference has.
    """
    scenario, reference = scenarios[summary["scenario"]], scenarios[summary["reference"]]
    own = _by_id(_law(scenario, summary, priors))
    removed = [id_ for id_ in summary["changed_policies"] if id_ not in own]
    others = _by_id(_law(reference, summary, priors)) if removed else {}
    return [_told((own | others)[id_]) | {"removed": id_ in removed} for id_ in summary["changed_policies"]]


def changed_parameters(summary: Row, scenarios: Row) -> Table | None:
    """Return the assumptions for which a scenario and the reference state different values; None if there are none."""
    reference, scenario = (scenarios[summary[name]].get("parameters", {}) for name in ("reference", "scenario"))
    names = [name for name in sorted({*reference, *scenario}) if reference.get(name) != scenario.get(name)]
    rows = tuple((readable(name), *_stated(reference.get(name)), *_stated(scenario.get(name))) for name in names)
    heads = ("Assumption", "Reference", "Source there", "Scenario", "Source")
    return Table("Assumptions that are given another value", heads, rows, texts=heads) if rows else None


def standing_rules(summary: Row, scenarios: Row) -> list[Table]:
    """Return the reference's rules in force when the change begins, those to come, and those that have ended."""
    found = heads(restored(scenarios[summary["reference"]]), date.fromisoformat(summary["from"]))
    tables = []
    for key, caption in WHEN.items():
        rows = tuple((readable(x["policy"]), readable(x["kind"]), span(x), x["source"]) for x in found[key])
        if rows:
            tables.append(Table(caption, HEADS, rows, texts=HEADS))
    return tables


def _law(scenario: Row, summary: Row, priors: Priors) -> Row:
    return law(restored(scenario), date.fromisoformat(summary["from"]), priors)


def _stated(parameter: Row | None) -> tuple[str, str]:
    """Return the value that a scenario states for a prior, and its source."""
    return (written(parameter["value"]), parameter["source"]) if parameter else ("as for all", "–")


def _by_id(found: Row) -> dict[str, Row]:
    return {rule["policy"]: rule for key in WHEN for rule in found[key]}


def _told(rule: Row) -> Row:
    """Return a rule in words; what it sets is known only while it is in force."""
    is_in_force = "limits" in rule
    return {
        "name": readable(rule["policy"]),
        "kind": readable(rule["kind"]),
        "span": span(rule),
        "source": rule["source"],
        "note": rule["note"],
        "sets": [in_names(line) for line in effects(rule)] if is_in_force else [],
        "assumed": assumptions(rule) if is_in_force else [],
    }
