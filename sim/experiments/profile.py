"""Profile: where the time of a run goes, by mechanism, measured around the model from outside."""

from collections.abc import Callable
from time import process_time
from typing import Any

REST = "rules and counting"  # of a month, beside the mechanisms
FILE = "profile.json"
MS = 1000  # of a second


class Profile:
    """CPU time of the mechanisms over some runs in this process.

    The first month of a run stands apart: the model finds its constants in it, and kernels are loaded.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self.start = self.first_months = self.other_months = 0.0  # seconds of all runs together
        self.runs = self.months = self.heads = 0  # months: without the first ones

    def build(self, make: Callable[[], Any]) -> Any:
        """Return the model that `make` makes, its mechanisms watched."""
        began = process_time()
        model = make()
        self.start += process_time() - began
        self.runs, self.heads = self.runs + 1, len(model.state.people)
        model.MONTH = tuple(self._watched(name_of(mechanism), mechanism, model) for mechanism in model.MONTH)
        model.step = self._month(model.step, model)
        return model

    def parts(self) -> list[dict[str, Any]]:
        """Return name, CPU milliseconds a month, share of the month and calls of each part, the dearest first."""
        if not self.months:
            return []
        seconds = self.seconds | {REST: self.other_months - sum(self.seconds.values())}
        calls = self.calls | {REST: self.months}
        return [
            {"name": name, "ms_a_month": MS * s / self.months, "share": s / self.other_months, "calls": calls[name]}
            for name, s in sorted(seconds.items(), key=lambda x: -x[1])
        ]

    def content(self) -> dict[str, Any]:
        """Return what is saved beside the results."""
        apart = {"start_seconds": self.start, "first_months_seconds": self.first_months}
        counts = {"runs": self.runs, "months": self.months, "heads": self.heads}
        return {"time": "CPU of the process", **counts, **apart, "parts": self.parts()}

    def _month(self, step: Callable[[], None], model: Any) -> Callable[[], None]:
        def watched() -> None:
            is_first, began = model.state.t == 0, process_time()
            step()
            if is_first:
                self.first_months += process_time() - began
            else:
                self.other_months += process_time() - began
                self.months += 1

        return watched

    def _watched(self, name: str, mechanism: Callable[[Any], None], model: Any) -> Callable[[Any], None]:
        def watched(state: Any) -> None:
            began = process_time()
            mechanism(state)
            if model.state.t > 0:
                self.seconds[name] = self.seconds.get(name, 0.0) + process_time() - began
                self.calls[name] = self.calls.get(name, 0) + 1

        return watched


def name_of(mechanism: Callable[..., Any]) -> str:
    """Return the name of a mechanism: that of its file."""
    return mechanism.__module__.rpartition(".")[2]
