"""Engine: months of the baseline at a scale. `python -m benchmarks.engine SCALE MONTHS [SEED]` (0: all months)."""

import json
import sys
from pathlib import Path
from time import process_time
from typing import Any

from sim.core.people import COLUMNS
from sim.experiments.profile import Profile
from sim.experiments.settings import parse_scale
from sim.model import MigrationModel
from sim.scenario import load_scenario

BASELINE = Path(__file__).parents[1] / "scenarios" / "baseline.yaml"
WARM = 13  # months before the clock starts: constants are found in the first, ways of each season in the year after
COARSE = 1_000  # scale of the run before a whole one, so that kernels are there, as in all replicates but the first


def measured(scale: str, months: int, seed: int = 1) -> dict[str, Any]:
    """CPU seconds of some months after the first few, or of the whole run, with a profile of where they went."""
    scenario, profile = load_scenario(BASELINE), Profile()
    if not months:
        _begun(MigrationModel(scenario, scale=COARSE))
    began = process_time()
    model = MigrationModel(scenario, run_seed=seed, scale=parse_scale(scale))
    built = process_time() - began
    if months:
        _begun(model)
    model = profile.build(lambda: model)
    months, began = months or model.months, process_time()
    for _ in range(months):
        model.step()
    return {
        "heads": profile.heads, "months": months, "seconds": process_time() - began, "build_seconds": built,
        "column_bytes": sum(kind.itemsize for kind in COLUMNS.values()),
        "parts": by_name(profile),
        "ends": {"abroad": model.abroad, "with a permit": model.workers, "without papers": model.hidden},
    }  # fmt: skip


def _begun(model: MigrationModel) -> None:
    """Let a run pass its first months."""
    for _ in range(WARM):
        model.step()


def by_name(profile: Profile) -> dict[str, float]:
    """CPU milliseconds a month of each mechanism, and of what is beside them."""
    return {part["name"]: part["ms_a_month"] for part in profile.parts()}


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], *map(int, sys.argv[2:]))))
