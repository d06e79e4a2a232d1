"""Oracle: engine and plain Mesa agents on the labour core, month by month in turn.

`python -m benchmarks.oracle PEOPLE MONTHS`; both do the same work, person by person (`tests/oracle`).
"""

import json
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

from tests.oracle.labour import labour_core


def measured(people: int, months: int) -> dict[str, Any]:
    """CPU seconds of each for the same months; the first month, in which constants are found, is left out."""
    both = labour_core(people, months + 1)
    spent = {"engine_seconds": 0.0, "oracle_seconds": 0.0}
    for month in range(months + 1):
        for name, step in (("engine_seconds", both.engine.step), ("oracle_seconds", both.oracle.step)):
            seconds = _timed(step)
            spent[name] += seconds if month else 0.0
    return {"heads": len(both.oracle.people), "months": months, **spent}


def _timed(step: Callable[[], object]) -> float:
    began = process_time()
    step()
    return process_time() - began


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
