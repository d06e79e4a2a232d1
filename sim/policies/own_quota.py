"""Own quota: a government lowers its yearly quota of foreign workers while its public is against them (SPEC §1.8)."""

from datetime import date
from fractions import Fraction as Exact
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from sim.core.limits import Counts
from sim.policies.base import Policy
from sim.policies.cells import covering, limit, without_employers
from sim.policies.fields import Country
from sim.policies.numbers import Count, Fraction, Number, amount

LAST_DOCUMENTED = date(2017, 8, 4)  # up to here the documented quotas are the governments' answers already


def attitude(value: float | str) -> float | str:
    """A value of the index of attitudes."""
    if isinstance(value, float) and not -1 <= value <= 1:
        raise PydanticCustomError("attitude", "an attitude lies between -1 and 1, not {value}", {"value": value})
    return value


class OwnQuota(Policy, kind="own_quota"):
    """New work permits for foreigners, so many a year; each January the number falls by a share if the attitude of the
    host's public lies below a threshold, and otherwise stays. Renewals are exempt. Not in the baseline, and only after
    the last documented rule.
    """

    host: Country
    """The state that answers to its public."""
    level: Count
    """The quota of the first year in persons."""
    threshold: Annotated[Number, AfterValidator(attitude)]
    """The attitude below which the quota is lowered, from -1 to 1; 0 is that of 2000."""
    cut: Fraction
    """The share by which it is lowered."""

    example: ClassVar = {"host": "RUS", "level": 100_000, "threshold": -0.2, "cut": 0.1}

    @model_validator(mode="after")
    def _after_the_documents(self) -> "OwnQuota":
        if self.from_ is None or self.from_ <= LAST_DOCUMENTED:
            raise PydanticCustomError(
                "own_quota_early", "a quota of this kind is dated after {day}, the last documented rule",
                {"day": str(LAST_DOCUMENTED)},
            )  # fmt: skip
        return self

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """One such quota a host."""
        return covering("own quota", world, ((self.host,), "country"))

    def in_vain(self, world: Any) -> str:
        """Nobody is there whom it could bind."""
        return super().in_vain(world) or without_employers(world, (self.host,))

    def write(self, rules: Any, today: Any) -> None:
        """One limit on all foreigners."""
        world, host = today.world, today.world.country_index(self.host)
        others = [n for n in range(len(world.countries)) if n != host]
        level = self._level(rules, today, host)
        rules.limit("", limit(world, [host], others, "all", level, counts=Counts.ISSUED))

    def _level(self, rules: Any, today: Any, host: int) -> int:
        """The quota of the year, decided once in its first step."""
        year, level = rules.remember("decided", lambda: (today.month.year, self.level))
        if year != today.month.year and today.attitude[host] < amount(self.threshold, today.params):
            level = int(level * (1 - Exact(str(amount(self.cut, today.params)))))
        rules.note("decided", (today.month.year, level))
        return int(level)
