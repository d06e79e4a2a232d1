"""Witness: who watches a run, is told what happens to people, and changes nothing. A run without one tells nobody."""

from enum import IntEnum
from typing import Any, Protocol

from numpy.typing import NDArray

# What is told beside events: of each, `more` holds what the sentence needs, an array over `who` or one for all.
Notice = IntEnum(
    "Notice", "HELD_UP ANSWERED NOT_GRANTED BROUGHT TURNED_BACK FINED ILL_TREATED SUCCEEDED DECEIVED ESCAPED", start=0
)


class Witness(Protocol):
    """Told before an event is carried out, and after each notice."""

    def changed(self, who: NDArray[Any], event: NDArray[Any], place: NDArray[Any], end: NDArray[Any],
                employer: NDArray[Any]) -> None:  # fmt: skip
        """An event for each of `who`, about to be carried out."""

    def told(self, notice: Notice, who: NDArray[Any], *more: Any) -> None:
        """Something that is no change of status."""
