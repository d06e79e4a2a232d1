"""Mistakes in a scenario, told in plain words: what is wrong, where, and what was perhaps meant."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.world.located import BadInputError, Located, Problem, Steps, did_you_mean, shown

INHERITED = ("missing", "no_kind")
WITHIN = {"unknown_kind": "kind", "ends_early": "end"}  # errors of a whole that one of its settings causes
MISSING = {
    "source": "is missing: say where the rule is written (document, article, date)",
    "question": "is missing: ask in one sentence what the scenario is to answer",
}
EXPECTED = {
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "string": "a text",
    "tuple": "a list",
    "list": "a list",
    "dict": "a mapping",
    "model": "a mapping of settings",
}
BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "above"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "below"),
}


class ScenarioError(BadInputError):
    """Mistakes in a scenario file, in the order in which they stand."""


def told(
    error: ValidationError, model: type[BaseModel], tree: Located, base: Steps = (), is_whole: bool = True
) -> Iterator[Problem]:
    """The problems of a failed validation of what stands at `base` in `tree`, one for each place.

    model : of the setting that failed. is_whole : if False, a parent could not be read and nothing counts as missing.
    """
    at: dict[Steps, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        if is_whole or detail["type"] not in INHERITED:
            at.setdefault(_path(detail, tree, base), []).append(detail)
    for path, details in at.items():
        yield tree.find(path)[1].problem(path, _one_message(details, model))


def _path(detail: ErrorDetails, tree: Located, base: Steps) -> Steps:
    """Where the setting stands, or ought to stand, in the file: pydantic's own steps are passed over."""
    path, _ = tree.find((*base, *detail["loc"]))
    if detail["type"] == "missing":
        return (*path, detail["loc"][-1])
    return (*path, WITHIN[detail["type"]]) if detail["type"] in WITHIN else path


def in_order(problems: Iterable[Problem], files: Iterable[str]) -> list[Problem]:
    """By file, the one asked for first, then by line."""
    rank = {file: n for n, file in enumerate(files)}
    return sorted(problems, key=lambda p: (rank.get(p.file, len(rank)), p.file, p.line, p.path))


def _one_message(details: list[ErrorDetails], model: type[BaseModel]) -> str:
    """Of several failed alternatives the one that was nearly right, else all of them."""
    ranked = sorted((_rank(detail), n, _message(detail, model)) for n, detail in enumerate(details))
    best = dict.fromkeys(message for rank, _, message in ranked if rank == ranked[0][0])
    return (", or " if ranked[0][0] else "; ").join(best)


def _rank(detail: ErrorDetails) -> int:
    """0: the right type with a wrong value; 1: a misspelt word; 2: something else was meant."""
    if detail["type"] == "literal_error":
        return 1 if did_you_mean(str(detail["input"]), _choices(detail)) else 2
    return 2 if detail["type"] == "number_type" or _expected(detail) else 0


def _message(detail: ErrorDetails, model: type[BaseModel]) -> str:
    """One error of pydantic in plain words."""
    kind, name = detail["type"], str(detail["loc"][-1] if detail["loc"] else "")
    if kind == "missing":
        return MISSING.get(name, "is missing")
    if kind == "extra_forbidden":
        known = settings_of(model, detail["loc"][:-1])
        return "unknown setting" + (did_you_mean(name, known) or f"; there are {', '.join(known)}")
    if kind == "literal_error":
        known = _choices(detail)
        return f"must be {' or '.join(known)}, not {shown(detail['input'])}{did_you_mean(str(detail['input']), known)}"
    if kind in BOUNDS:
        bound, words = BOUNDS[kind]
        return f"must be {words} {detail['ctx'][bound]}, not {shown(detail['input'])}"
    expected = _expected(detail)
    if expected:
        return f"must be {expected}, not {shown(detail['input'])}"
    return detail["msg"].removeprefix("Value error, ")


def _expected(detail: ErrorDetails) -> str:
    """What type of value pydantic wanted, in plain words; empty for errors that are not of type."""
    family, _, rest = detail["type"].partition("_")
    return EXPECTED.get(family, "") if rest in ("type", "parsing", "from_float") else ""


def _choices(detail: ErrorDetails) -> list[str]:
    return re.findall(r"'([^']*)'", detail["ctx"]["expected"])


def settings_of(model: type[BaseModel], path: Iterable[Any]) -> list[str]:
    """The settings there are at a path below a model, as they are written in a file."""
    for step in path:
        field = next((f for name, f in model.model_fields.items() if (f.alias or name) == step), None)
        model = _model_in(field.annotation) or model if field else model
    names = [field.alias or name for name, field in model.model_fields.items()]
    return names + ["extends"] * (model.__name__ == "Scenario")


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model that an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
