"""The numbers of a policy's settings: shares, persons, factors, dollars; how large each may be, and priors in place."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sim.world.located import shown

PRIOR = "prior:"
MOST_DIGITS = 24  # of a number that a message repeats whole


def prior_named(value: float | str) -> str | None:
    """The prior that a setting written `prior:NAME` takes its value from, or None where it is a number."""
    return value.removeprefix(PRIOR) if isinstance(value, str) else None


def amount(value: float | str, params: Mapping[str, float]) -> float:
    """The number of a setting in this run: itself, or the value of the prior that it names."""
    name = prior_named(value)
    return params[name] if name else float(value)


def fraction(value: Any) -> float | str:
    """A share between 0 and 1, ends included, or `prior:NAME`."""
    if isinstance(value, str) and value.startswith(PRIOR):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "must be a number between 0 and 1, not {value}"
        raise PydanticCustomError("number_type", message, {"value": shown(value)})
    if not 0 <= value <= 1:
        message = "a share lies between 0 and 1, not {value} (one percent is 0.01)"
        raise PydanticCustomError("share", message, {"value": _short(value)})
    return float(value)


def whole(value: Any) -> int:
    """Any whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise PydanticCustomError("number_type", "must be a whole number, not {value}", {"value": shown(value)})
    return value


def number(value: Any) -> float | str:
    """Any finite number, or `prior:NAME`."""
    return value if isinstance(value, str) and value.startswith(PRIOR) else finite(value)


def finite(value: Any) -> float:
    """Any finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("number_type", "must be a finite number, not {value}", {"value": shown(value)})
    try:
        out = float(value)
    except OverflowError:  # a whole number beyond all that a float holds
        out = math.inf
    if not math.isfinite(out):
        raise PydanticCustomError("number_type", "must be a finite number, not {value}", {"value": _short(value)})
    return out


def _short(value: float) -> str:
    """A number as it is written; of one with very many digits the first of them."""
    digits = repr(value)
    return digits if len(digits) <= MOST_DIGITS else f"{digits[:6]}... ({len(digits)} digits)"


@dataclass(frozen=True)
class Within:
    """The least and the most that a number may be, both included; unit: what the message calls the most."""

    least: int
    most: int
    unit: str = ""

    def check(self, value: float | str) -> float | str:
        """Return `value`, or say how much is allowed; the range of a prior is checked with the scenario."""
        if isinstance(value, str) or self.least <= value <= self.most:
            return value
        if self.least == 0 > value:
            raise PydanticCustomError("negative", "must not be negative, and is {value}", {"value": _short(value)})
        bound = f"at least {self.least:,}" if value < self.least else f"at most {self.most:,} {self.unit}".rstrip()
        raise PydanticCustomError("out_of_bounds", "must be {bound}, not {value}", {
            "bound": bound, "value": _short(value),
        })  # fmt: skip

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        bounds = {"minimum": self.least, "maximum": self.most}
        plain = handler(schema)
        if "anyOf" not in plain:
            return plain | bounds
        return {"anyOf": [x | bounds if x["type"] == "number" else x for x in plain["anyOf"]]}


PRIOR_NAME = {"type": "string", "pattern": "^prior:[a-z0-9_]+$"}
SHARE = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, PRIOR_NAME]}
Fraction = Annotated[float | str, BeforeValidator(fraction), WithJsonSchema(SHARE)]
Finite = Annotated[float, BeforeValidator(finite), WithJsonSchema({"type": "number"})]
_Whole = Annotated[int, BeforeValidator(whole), WithJsonSchema({"type": "integer"})]
_Number = Annotated[float | str, BeforeValidator(number), WithJsonSchema({"anyOf": [{"type": "number"}, PRIOR_NAME]})]

# People there are fewer of, posts each of which takes memory, times and amounts beyond which a number is a slip
_PERSONS, _POSTS = Within(0, 10_000_000_000, "persons"), Within(0, 10_000_000, "posts")
Count = Annotated[_Whole, _PERSONS]
AtLeastOne = Annotated[_Whole, Within(1, 10_000_000_000, "persons")]
Persons = Annotated[_Number, _PERSONS]
Posts = Annotated[_Whole, _POSTS]
Factor = Annotated[_Number, Within(0, 1_000, "times")]
Often = Annotated[_Number, Within(0, 1_000_000, "times as often")]
Number = Annotated[_Number, Within(-1_000, 1_000)]
Dollars = Annotated[_Number, Within(0, 1_000_000, "US dollars")]
Days = Annotated[_Number, Within(0, 1_000, "days")]
Months = Annotated[_Whole, Within(1, 1_200, "months")]
Years = Annotated[_Whole, Within(0, 100, "years")]
Age = Annotated[_Whole, Within(1, 150, "years")]
