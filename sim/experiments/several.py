"""Several: the summary of a comparison holds one scenario, or under `comparisons` one such summary for each."""

from collections.abc import Mapping
from typing import Any

COMPARISONS = "comparisons"


def joined(summaries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the summary of an experiment from that of each scenario; one alone stands for itself."""
    if len(summaries) == 1:
        return summaries[0]
    return {"reference": summaries[0]["reference"], COMPARISONS: summaries}


def each(summary: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the summary of each scenario compared with the reference, in the order in which they were given."""
    return list(summary.get(COMPARISONS, [summary]))
