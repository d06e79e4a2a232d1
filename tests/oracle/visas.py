"""Visas, where a host gives a nationality only so many in a year (5.6)."""

import math
from collections import Counter
from typing import Any

from tests.oracle import chance

NEED = ("contract", "visit", "overstay", "study", "family")


class Visas:
    """Persons who entered on each visa this year."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.issued: Counter[tuple[str, int, int]] = Counter()  # by channel, host and nation

    def begin_month(self) -> None:
        """In January nobody has entered yet."""
        if self.model.day.month == 1:
            self.issued.clear()

    def most(self, channel: str, host: int, nation: int) -> float:
        """How many the host gives in a year."""
        number = self.model.channel(visa_of(channel))
        return float(self.model.rules["visas_a_year"][number][host][nation])

    def left(self, channel: str, host: int, nation: int) -> float:
        """How many of them are left."""
        return self.most(channel, host, nation) - self.issued[visa_of(channel), host, nation]

    def are_closed(self, channel: str, host: int, nation: int) -> bool:
        """Whether nobody can choose a channel; who waits for a contract may go next year."""
        if channel not in NEED:
            return False
        return (self.most if channel == "contract" else self.left)(channel, host, nation) < 1

    def line(self) -> list[Any]:
        """Those who set out, in the order of a draw."""
        stream = self.model.luck("visas")
        some = list(self.model.crowd.leaving)
        if chance.lowest(self.model.rules["visas_a_year"]) == math.inf:
            return some  # the order is of no moment
        return sorted(some, key=lambda x: (chance.bits(stream, x.id), x.id))

    def gives(self, x: Any, host: int, channel: str) -> bool:
        """Give somebody a visa, if one is left for each person of the head."""
        if channel not in NEED:
            return True
        if x.weight > self.left(channel, host, x.nation):
            return False
        self.issued[visa_of(channel), host, x.nation] += x.weight
        return True


def visa_of(channel: str) -> str:
    """Who will overstay has the visa of a visit."""
    return "visit" if channel == "overstay" else channel
