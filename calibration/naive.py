"""Naive: what somebody would forecast who knows nothing but the last documented value."""

from collections.abc import Sequence

from calibration.targets import Target


def naive(target: Target, documents: Sequence[Target]) -> float | None:
    """Return the last value of the target's series that is wholly before it; None if there is none.

    Parameters
    ----------
    documents : all documented values, dropped ones too: what is not held against the model was known all the same.
    """
    before = [
        each
        for each in documents
        if target.series and each.series == target.series and each.span.last < target.span.first
    ]
    return max(before, key=lambda each: each.span.last).documented.value if before else None
