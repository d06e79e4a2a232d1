"""Stored: the fit of a comparison's own reference, from the runs that its directory holds; nothing is simulated."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from calibration.counted import counted_by
from calibration.fit import beside, office_counts
from calibration.runs import Run
from calibration.spans import Span
from calibration.targets import Target, default_targets_path, load_dropped, load_targets
from sim.results.files import read_json, write_json
from sim.results.store import Store

REPLICATES = 8  # the first, which are looked at: a run takes two seconds
FIT = "fit.json"
Row = dict[str, Any]


def stored_fit(out: Path) -> Row:
    """Return `of_reference`, kept as fit.json beside the results, and counted anew only when what counts changes."""
    made_from = counted_by(default_targets_path()) | {"design": Store(out).manifest()["design"]}
    known = read_json(out / FIT) if (out / FIT).exists() else {}
    if not made_from.items() <= known.items():
        write_json(out / FIT, of_reference(out) | made_from)
    return read_json(out / FIT)


def of_reference(out: Path) -> Row:
    """Return the documented numbers that lie within the run, beside what the offices of the reference counted.

    Keys: reference, replicates (how many were looked at, the first of them), patterns (each the fields of `Pattern`).
    """
    store = Store(out)
    manifest = store.manifest()
    name, scenario = next(iter(manifest["scenarios"].items()))
    span = Span(date.fromisoformat(scenario["start"]), date.fromisoformat(scenario["end"]))
    targets, dropped = load_targets(world=scenario["world"]), load_dropped()
    reached = [target for target in targets if target.office and target.span.within(span)]
    runs = [run for run in manifest["runs"] if run["scenario"] == name and not run["twin"]][:REPLICATES]
    found = [office_counts(targets, _run(store, run, span, reached)) for run in runs] if reached else []
    patterns = [pattern for pattern in beside(found, targets, dropped) if pattern.modelled is not None]
    return {"reference": name, "replicates": len(runs), "patterns": [asdict(pattern) for pattern in patterns]}


def _run(store: Store, run: Row, span: Span, targets: Sequence[Target]) -> Run:
    """Return a stored run without the months after the last target, which no office looks at."""
    last = max(target.span.last for target in targets)
    rows = store.read(run["key"])
    return Run.of(rows.filter(pc.less_equal(rows["date"], pa.scalar(last, pa.date32()))), run["params"], span)
