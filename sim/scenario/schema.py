"""The scenario: a question, a world, the months of the run, policies by id and changed parameters."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    PrivateAttr,
    SerializeAsAny,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from sim.core.calendar import Calendar
from sim.policies import POLICY_KINDS, Policy
from sim.policies.fields import Text, day
from sim.policies.numbers import Finite
from sim.world import load_world
from sim.world.located import Located, Problem, Steps, did_you_mean, shown

ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def policy_of_its_kind(value: Any, info: ValidationInfo) -> Policy:
    """A policy made by the class that its `kind` names."""
    if isinstance(value, Policy):
        return value
    if not isinstance(value, Mapping):
        raise PydanticCustomError("not_a_policy", "must be a mapping of settings, not {value}", {"value": shown(value)})
    context = info.context
    if not context and "world" in (info.data or {}):
        context = {"world": load_world(info.data["world"])}  # of the scenario that is being read
    return kind_of(value).model_validate(value, context=context, by_alias=True, by_name=False)


def kind_of(settings: Mapping[str, Any]) -> type[Policy]:
    """The class that a policy's `kind` names."""
    kind, known = settings.get("kind"), ", ".join(sorted(POLICY_KINDS))
    if kind is None:
        raise PydanticCustomError("no_kind", "has no kind: give one of {known}", {"known": known})
    if kind not in POLICY_KINDS:
        hint = did_you_mean(str(kind), POLICY_KINDS) or f": the kinds are {known}"
        raise PydanticCustomError("unknown_kind", "unknown kind '{kind}'{hint}", {"kind": str(kind), "hint": hint})
    return POLICY_KINDS[kind]


def an_id(value: str) -> str:
    """A name that the command line can reach: no dots, no spaces."""
    if ID.fullmatch(value):
        return value
    message = "a name is made of letters, digits, _ and -, and begins with a letter; this is '{value}'"
    raise PydanticCustomError("not_an_id", message, {"value": value})


def first_month(value: date) -> date:
    """The start of a run: the first of a month."""
    if value.day != 1:
        raise PydanticCustomError(
            "not_a_month", "runs are of whole months: start on the first, {month}", {"month": f"{value:%Y-%m}"}
        )
    return value


def month_of(value: date) -> date:
    """The month in which a day lies, by its first day."""
    return value.replace(day=1)


_MONTH = WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"})
FirstMonth = Annotated[date, BeforeValidator(day), AfterValidator(first_month), _MONTH]
LastMonth = Annotated[date, BeforeValidator(day), AfterValidator(month_of), _MONTH]
Id = Annotated[str, AfterValidator(an_id)]
AnyPolicy = Annotated[SerializeAsAny[Policy], PlainValidator(policy_of_its_kind), WithJsonSchema({"type": "object"})]
_CONFIG = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Parameter(BaseModel):
    """Another value for one of the priors, with its source."""

    model_config = _CONFIG

    value: Finite
    """The value, in the prior's unit."""
    source: Text
    """Where it comes from."""


class Scenario(BaseModel):
    """A scenario as it is run: merged, checked and frozen. Policies stand in the order of their ids."""

    model_config = _CONFIG

    name: Text
    """What results call it; left out: the name of the file."""
    question: Text
    """What it is to answer, in one sentence."""
    world: Literal["northeast_asia", "tumen_1961"] = "northeast_asia"
    """The world in which it runs."""
    start: FirstMonth = date(2000, 1, 1)
    """The first month of the run; the stocks with which it begins are of the world's own month whatever stands here."""
    end: LastMonth = date(2025, 12, 1)
    """The last month of the run, included."""
    step: Literal["month", "week"] = "month"
    """How long a step is; weeks are counted from the start, and results are by month all the same."""
    policies: dict[Id, AnyPolicy] = {}
    """Policies by id: a child scenario changes one by its id, and null removes it."""
    parameters: dict[str, Parameter] = {}
    """Other values for priors, by the prior's name."""
    note: str | None = None
    """What a reader should know besides."""

    _warnings: tuple[str, ...] = PrivateAttr(default=())
    _set: dict[str, Any] = PrivateAttr(default_factory=dict)
    _places: Located = PrivateAttr(default=Located({}, "", 0))

    @model_validator(mode="after")
    def _in_order(self) -> "Scenario":
        if self.end < self.start:
            message = "the run ends ({end}) before it starts ({start})"
            raise PydanticCustomError(
                "ends_early", message, {"end": f"{self.end:%Y-%m}", "start": f"{self.start:%Y-%m}"}
            )
        ordered = dict(sorted(self.policies.items()))
        self.policies.clear()
        self.policies.update(ordered)
        return self

    @property
    def months(self) -> int:
        """Number of months."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def calendar(self) -> Calendar:
        """The steps of the run."""
        return Calendar.of_months(self.start, self.months, self.step)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is allowed and yet perhaps not meant, a line each."""
        return self._warnings

    @property
    def file(self) -> str:
        """The file that it was read from; nothing where it was made in Python."""
        return self._places.file

    def problem(self, path: Steps, message: str) -> Problem:
        """A problem with the setting at a path, at its place in the file."""
        return self._places.find(path)[1].problem(path, message)


def resolved(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain values in a fixed order, for manifests and hashes; `set` holds the command line's."""
    plain = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    if scenario._set:
        plain["set"] = scenario._set
    in_order: dict[str, Any] = json.loads(json.dumps(plain, sort_keys=True))
    return in_order
