"""What every policy has: a kind, dates between which it binds, a source, and the right to write in the rule book."""

from abc import abstractmethod
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from sim.core.calendar import Calendar
from sim.policies.fields import ALL, Day, Text, listed

if TYPE_CHECKING:  # the rule book brings the compiler with it, which reading a scenario does not need
    from sim.core.rules import RuleBook, Today
    from sim.world import World

POLICY_KINDS: dict[str, type["Policy"]] = {}


class Policy(BaseModel):
    """A rule of law or a shock: frozen, dated and sourced. It changes the rules, not the people.

    A new kind is `class StockCap(Policy, kind="stock_cap")` in a file of this package. It does not know its own id:
    the model hands it a rule book that signs each entry with the id.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, use_attribute_docstrings=True)

    kind: str
    """The kind of policy; it decides which other settings there are."""
    from_: Day | None = Field(default=None, alias="from")
    """The day on which it takes effect; left out: from the start of the run."""
    until: Day | None = None
    """The last day on which it is in force, included; left out: to the end of the run."""
    source: Text
    """Where the rule is written: document, article, date."""
    note: str | None = None
    """What a reader should know besides."""

    example: ClassVar[dict[str, Any]]
    """Settings of the kind that make a right policy beside the baseline: where `neamig new` begins."""
    foreigners_in: ClassVar[str | None] = None
    """The setting that names the hosts, of a kind whose `nationality` is of foreigners there."""

    def __init_subclass__(cls, kind: str | None = None, **config: Any) -> None:
        """Enter the kind in the register; raise TypeError where the name is taken."""
        super().__init_subclass__(**config)
        if kind is None:
            return
        if kind in POLICY_KINDS:
            raise TypeError(f"{POLICY_KINDS[kind].__name__} and {cls.__name__} are both of the kind {kind!r}")
        cls.__annotations__["kind"] = Literal[kind]
        setattr(cls, "kind", kind)  # noqa: B010  (the type checker takes `kind` for a field that is read only)
        POLICY_KINDS[kind] = cls

    @model_validator(mode="after")
    def _names_foreigners(self) -> "Policy":
        named = self._named()
        if len(named) == 1 and ALL not in named:
            message = (
                "{state} is the only host and the only nationality, and its own people are no foreigners: name others"
            )
            raise PydanticCustomError("own_people", message, {"state": named.pop()})
        return self

    def _named(self) -> set[str]:
        """The hosts and the nationalities together, of a kind that is about foreigners."""
        names = (self.foreigners_in, "nationality") if self.foreigners_in else ()
        return {code for name in names for code in listed(getattr(self, name))}

    def active(self, day: date) -> bool:
        """Whether it binds in the step that begins on `day`: a rule dated inside a step waits for the next."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)

    def starts(self, calendar: Calendar) -> int:
        """The first step in which it binds; it may lie beyond the run."""
        return 0 if self.from_ is None else max(0, calendar.first_on_or_after(self.from_))

    def claims(self, world: "World") -> frozenset[tuple[Any, ...]]:
        """The cells of the rule book that it alone may write: two policies that share one in a month conflict."""
        return frozenset()

    def in_vain(self, world: "World") -> str:
        """Why it binds nobody in this world, to warn of; empty where it does."""
        named, modelled = listed(getattr(self, "nationality", ALL)), {group.nationality for group in world.groups}
        if ALL in named or modelled & set(named):
            return ""
        return f"nobody from {', '.join(named)} is in this world: no group in groups.csv"

    @abstractmethod
    def write(self, rules: "RuleBook", today: "Today") -> None:
        """Enter the rule in the rule book; `today` holds the date and the last step's counts."""
