"""Oracle: engine and plain Mesa agents on the labour core, month by month in turn.

`python -m benchmarks.oracle PEOPLE MONTHS`; both do the same work, person by person (`tests/oracle`).
"""

import json
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

from benchmarks.engine import WARM
from tests.oracle.labour import labour_core


def measured(people: int, months: int) -> dict[str, Any]:
    """CPU seconds of each for the same months, after those in which constants and ways are found."""
    both = labour_core(people, WARM + months)
    spent = {"engine_seconds": 0.0, "oracle_seconds": 0.0}
    for month in range(WARM + months):
        for name, step in (("engine_seconds", both.engine.step), ("oracle_seconds", both.oracle.step)):
            seconds = _timed(step)
            spent[name] += seconds if month >= WARM else 0.0
    return {"heads": len(both.oracle.people), "months": months, **spent}


def _timed(step: Callable[[], object]) -> float:
    began = process_time()
    step()
    return process_time() - began


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
