"""The types of a policy's settings: codes of the world, dates, texts; each with its words for a mistake."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sim.policies.numbers import SHARE, Fraction
from sim.world import WORLDS, World, load_world
from sim.world.located import did_you_mean, shown
from sim.world.model import CHANNELS, PURPOSES, STATUSES

DEFAULT = "default"
ALL: Literal["all"] = "all"


What = Literal["country", "sector", "port", "place", "status", "channel", "purpose", "treaty"]


def known_codes(world: World, what: What) -> dict[str, str]:
    """The codes of a world of one sort, each with its name."""
    if what == "country":
        return {c.code: c.name for c in world.countries}
    if what == "sector":
        return {s.code: s.name for s in world.sectors}
    if what in ("port", "place"):
        return {p.id: p.name for p in (world.ports if what == "port" else world.places)}
    if what == "treaty":
        return {t.id: t.name for t in world.treaties.all}
    return {word: word for word in {"status": STATUSES, "channel": CHANNELS, "purpose": PURPOSES}[what]}


def world_of(info: core_schema.ValidationInfo) -> World:
    """The world that the validation was told of, else the only one there is."""
    return (info.context or {}).get("world") or load_world("northeast_asia")


@dataclass(frozen=True)
class Code:
    """A string that must be a code of the world."""

    what: What

    def check(self, value: str, info: core_schema.ValidationInfo) -> str:
        """Return `value`, or say which code was perhaps meant (a name counts as a hint)."""
        names = known_codes(world_of(info), self.what)
        if value in names:
            return value
        by_word = {name.casefold(): code for code, name in names.items()} | {code.casefold(): code for code in names}
        hint = did_you_mean(value.casefold(), by_word, by_word.get)
        raise PydanticCustomError("unknown_code", "unknown {what} '{value}'{hint}", self._context(value, hint))

    def _context(self, value: str, hint: str) -> dict[str, Any]:
        return {"what": self.what, "value": value, "hint": hint}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self.check, core_schema.str_schema(strict=True))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        codes = dict.fromkeys(code for name in WORLDS for code in known_codes(load_world(name), self.what))
        return {"type": "string", "enum": list(codes)}


@dataclass(frozen=True)
class Several:
    """Several codes, one bare code, or "all"."""

    item: Any

    def check(self, value: Any, many: core_schema.ValidatorFunctionWrapHandler) -> tuple[str, ...] | Literal["all"]:
        """A tuple of codes, none of them twice; "all" stays as it is."""
        if value == ALL:
            return ALL
        named: tuple[str, ...] = many((value,) if isinstance(value, str) else value)
        twice = sorted({code for code in named if named.count(code) > 1})
        if not named or twice:
            what = f"names {', '.join(twice)} twice" if twice else "names none: write at least one, or all"
            raise PydanticCustomError("list_of_codes", "{what}", {"what": what})
        return named

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        item: Any = self.item
        many = handler.generate_schema(tuple[item, ...])
        as_is = core_schema.plain_serializer_function_ser_schema(_plain)
        return core_schema.no_info_wrap_validator_function(self.check, many, serialization=as_is)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        many = handler(schema)
        return {"anyOf": [{"const": ALL}, many["items"], many]}


def _plain(several: tuple[str, ...] | str) -> list[str] | str:
    return several if isinstance(several, str) else list(several)


def day(value: Any) -> date:
    """A date written 2017-08-05, or a month written 2017-08 (its first day)."""
    if isinstance(value, date):
        return value
    parts = re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", value) if isinstance(value, str) else None
    if parts is None:
        message = "{value} is not a date: write 2017-08-05, or a month as 2017-08"
        raise PydanticCustomError("not_a_date", message, {"value": shown(value)})
    year, month, day_of_month = int(parts[1]), int(parts[2]), int(parts[3] or 1)
    _in_the_calendar(value, year, month, day_of_month)
    proper = f"{year:04}-{month:02}" + (f"-{day_of_month:02}" if parts[3] else "")
    if value != proper:
        raise PydanticCustomError("not_a_date", "write {proper}, not {value}", {"proper": proper, "value": value})
    return date(year, month, day_of_month)


def _in_the_calendar(value: str, year: int, month: int, day_of_month: int) -> None:
    if year < 1 or not 1 <= month <= 12:
        why = "the year 0000" if year < 1 else f"month {month}"
        raise PydanticCustomError("impossible_date", "{value}: there is no {why}", {"value": value, "why": why})
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day_of_month <= last:
        message = "{value}: there is no such day; {month} {year} has {last} days"
        context = {"value": value, "month": calendar.month_name[month], "year": year, "last": last}
        raise PydanticCustomError("impossible_date", message, context)


def text(value: Any) -> str:
    """A text with something in it."""
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError(
            "no_text", "must be a text with something in it, not {value}", {"value": shown(value)}
        )
    return value.strip()


def _by_host(value: Any) -> str:
    return "map" if isinstance(value, Mapping) else "number"


@dataclass(frozen=True)
class ByHost:
    """One share for every host, or a map of hosts to shares with a `default` for the others."""

    def check(self, value: dict[str, float | str]) -> dict[str, float | str]:
        """Refuse a map that leaves hosts without a share."""
        if DEFAULT not in value:
            raise PydanticCustomError("no_default", "give a 'default' for the hosts that are not listed")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        share = handler.generate_schema(Fraction)
        host = core_schema.no_info_wrap_validator_function(_host_or_default, handler.generate_schema(Country))
        by_host = core_schema.no_info_after_validator_function(self.check, core_schema.dict_schema(host, share))
        return core_schema.tagged_union_schema({"number": share, "map": by_host}, _by_host)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        share = SHARE
        hosts = [*known_codes(load_world("northeast_asia"), "country"), DEFAULT]
        by_host = {"type": "object", "propertyNames": {"enum": hosts}, "additionalProperties": share}
        return {"anyOf": [share, by_host | {"required": [DEFAULT]}]}


def _host_or_default(value: Any, host: core_schema.ValidatorFunctionWrapHandler) -> Any:
    return value if value == DEFAULT else host(value)


_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"}
Country = Annotated[str, Code("country")]
Sector = Annotated[str, Code("sector")]
PortId = Annotated[str, Code("port")]
PlaceId = Annotated[str, Code("place")]
Countries = Annotated[tuple[str, ...] | Literal["all"], Several(Country)]
Sectors = Annotated[tuple[str, ...] | Literal["all"], Several(Sector)]
Ports = Annotated[tuple[str, ...] | Literal["all"], Several(PortId)]
Places = Annotated[tuple[str, ...] | Literal["all"], Several(PlaceId)]
LegalStatus = Annotated[str, Code("status")]
Channel = Annotated[str, Code("channel")]
Purpose = Annotated[str, Code("purpose")]
Day = Annotated[date, BeforeValidator(day), WithJsonSchema(_DATE)]
Text = Annotated[str, BeforeValidator(text), WithJsonSchema({"type": "string", "minLength": 1})]
Compliance = Annotated[float | str | dict[str, float | str], ByHost()]


def compliance_of(compliance: Compliance, host: str) -> float | str:
    """The share of refused requests that a host refuses in fact, or the prior that says it."""
    if isinstance(compliance, dict):
        return compliance.get(host, compliance[DEFAULT])
    return compliance


def listed(several: tuple[str, ...] | str) -> tuple[str, ...]:
    """The words that a setting of one code or several holds; "all" is one of them."""
    return (several,) if isinstance(several, str) else several


def codes(several: tuple[str, ...] | Literal["all"], world: World, what: What) -> tuple[str, ...]:
    """The codes meant by a setting of several: itself, or all of the world."""
    return tuple(known_codes(world, what)) if several == ALL else several
