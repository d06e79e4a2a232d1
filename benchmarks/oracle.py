"""Oracle: engine and plain Mesa agents on the labour core, month by month in turn.

`python -m benchmarks.oracle PEOPLE MONTHS`; both do the same work, person by person (`tests/oracle`). What the engine
does beside it, because the oracle does not tell it and keeps no record, is timed apart.
"""

import json
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

from benchmarks.engine import WARM, by_name
from sim.experiments.profile import Profile
from tests.oracle.labour import labour_core

BESIDE = ("trips", "trafficking", "crossings", "statistics")  # what the oracle does not tell (`covered.yaml`)


def measured(people: int, months: int) -> dict[str, Any]:
    """CPU seconds of each for the same months and the same work, after those in which constants and ways are found."""
    both, profile = labour_core(people, WARM + months), Profile()
    for _ in range(WARM):
        both.engine.step()
        both.oracle.step()
    profile.build(lambda: both.engine)
    spent = {"engine_seconds": 0.0, "oracle_seconds": 0.0}
    for _ in range(months):
        spent["engine_seconds"] += _timed(both.engine.step)
        spent["oracle_seconds"] += _timed(both.oracle.step)
    spent["beside_seconds"] = sum(profile.seconds[name] for name in BESIDE)
    spent["engine_seconds"] -= spent["beside_seconds"]
    parts = {name: ms for name, ms in by_name(profile).items() if name not in BESIDE}
    return {"heads": len(both.oracle.people), "months": months, "parts": parts, **spent}


def _timed(step: Callable[[], object]) -> float:
    began = process_time()
    step()
    return process_time() - began


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
