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


def measured(scale: str, months: int, seed: int = 1) -> dict[str, Any]:
    """CPU seconds of some months after the first few, or of the whole run, with a profile of where they went."""
    profile, began = Profile(), process_time()
    model = MigrationModel(load_scenario(BASELINE), run_seed=seed, scale=parse_scale(scale))
    built = process_time() - began
    for _ in range(WARM if months else 0):
        model.step()
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


def by_name(profile: Profile) -> dict[str, float]:
    """CPU milliseconds a month of each mechanism, and of what is beside them."""
    return {part["name"]: part["ms_a_month"] for part in profile.parts()}


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], *map(int, sys.argv[2:]))))
