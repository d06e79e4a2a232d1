"""Draft: a commented scenario to start from, with one policy of a kind and what each of its settings means."""

import json
import re
from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import Any

from pydantic.fields import FieldInfo

from sim.policies import POLICY_KINDS, Policy
from sim.policies.numbers import PRIOR

WIDTH = 100
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_:./-]*|\d{4}-\d{2}-\d{2}")
WORDS_OF_YAML = ("yes", "no", "on", "off", "true", "false", "null", "y", "n")
TO_FILL_IN = {"from": "2018-01-01", "source": "Document, article, date"}


def draft(name: str, kind: str, parent: str, schema: str | None = None) -> str:
    """The text of a scenario file that is right as it stands.

    parent : the file that it extends, relative to its own directory; likewise schema, which an editor reads.
    """
    head = [f"# yaml-language-server: $schema={schema}"] if schema else []
    head += [
        f"name: {_written(name)}",
        *_comment("The question that it is to answer, in one sentence.", ""),
        f"question: What does {name} change, and for whom?",
        *_comment("All that is not said here is as there. Policies merge by their id; `ID: null` removes one.", ""),
        f"extends: {_written(parent)}",
        "",
        "policies:",
        f"  {_written(name)}:",
    ]
    tail = ["", *_comment(f"A setting may name a prior, {PRIOR}NAME; other values of priors stand under:", "")]
    tail += ["# parameters:", "#   PRIOR: {value: 1.0, source: to be named}"]
    return "\n".join([*head, *_policy(kind), *tail]) + "\n"


def _policy(name_of_kind: str) -> Iterator[str]:
    """The settings of a policy: those of its kind's example, the others as comments with what they are left out."""
    kind = POLICY_KINDS[name_of_kind]
    yield from _comment(kind.__doc__ or "")
    given = kind.example | TO_FILL_IN
    for name, field in _in_order(kind):
        if name == "kind":
            yield f"    kind: {name_of_kind}"
            continue
        yield ""
        yield from _comment(field.description or "")
        setting = f"{name}: {_written(given[name] if name in given else _plain(field.default))}"
        yield f"    {setting}" if name in given else f"    # {setting}"


def _in_order(kind: type[Policy]) -> list[tuple[str, FieldInfo]]:
    """The settings of a kind as files spell them: first its own, then those that every policy has."""
    fields = [(field.alias or name, field) for name, field in kind.model_fields.items()]
    common = {field.alias or name for name, field in Policy.model_fields.items()} - {"kind"}
    return sorted(fields, key=lambda item: item[0] in common)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _written(value: Any) -> str:
    """A value as YAML writes it on one line."""
    if isinstance(value, str):
        is_plain = PLAIN.fullmatch(value) and value.lower() not in WORDS_OF_YAML
        return value if is_plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(item)}" for key, item in value.items()) + "}"
    return json.dumps(value)


def _comment(text: str, indent: str = "    ") -> list[str]:
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return [f"{indent}# {line}" for paragraph in paragraphs for line in wrap(" ".join(paragraph.split()), WIDTH)]
