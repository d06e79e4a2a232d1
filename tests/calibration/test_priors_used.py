"""Every prior is read somewhere, and every name of a prior has its entry."""

import ast
import csv
import importlib.resources
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sim.policies.numbers import PRIOR
from sim.world.model import priors_of
from sim.world.priors import Priors, default_priors_path

ROOT = Path(__file__).resolve().parents[2]
PRIORS = Priors.load(default_priors_path())
MODULES = sorted(path for room in ("sim", "calibration") for path in (ROOT / room).rglob("*.py"))
SCENARIOS = sorted(path for path in (ROOT / "scenarios").glob("*.yaml"))
HOLE = "([a-z0-9_]+)"


def words(tree: ast.Module) -> set[str]:
    """The strings of a module, docstrings among them: no docstring is the bare name of a prior."""
    return {x.value for x in ast.walk(tree) if isinstance(x, ast.Constant) and isinstance(x.value, str)}


def keys(tree: ast.Module) -> Iterator[ast.expr]:
    """What stands in the brackets of `params[...]`, or of its short name `p[...]`."""
    for x in ast.walk(tree):
        if isinstance(x, ast.Subscript):
            of = x.value.attr if isinstance(x.value, ast.Attribute) else getattr(x.value, "id", "")
            if of in ("p", "params"):
                yield x.slice


def pattern(key: ast.JoinedStr) -> str:
    """An f-string as a regular expression, with a hole for each value."""
    return "".join(re.escape(x.value) if isinstance(x, ast.Constant) else HOLE for x in key.values)


def filled(tree: ast.Module, key: ast.JoinedStr) -> set[str]:
    """Priors that an f-string can name if each hole is filled with a word of its own module."""
    known = {word.lower() for word in words(tree)}
    found = {name: re.fullmatch(pattern(key), name) for name in PRIORS}
    return {name for name, match in found.items() if match and known.issuperset(match.groups())}


def read_by(tree: ast.Module) -> set[str]:
    """Priors whose value a module asks for, by name or by a name put together."""
    made = (filled(tree, key) for key in keys(tree) if isinstance(key, ast.JoinedStr))
    return words(tree).intersection(PRIORS).union(*made)


def wrong_keys(tree: ast.Module) -> list[str]:
    """Keys of `params[...]` that no prior has."""
    literal = [x.value for x in keys(tree) if isinstance(x, ast.Constant) and isinstance(x.value, str)]
    made = [x for x in keys(tree) if isinstance(x, ast.JoinedStr)]
    return [x for x in literal if x not in PRIORS] + [pattern(x) for x in made if not filled(tree, x)]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named_by_tables() -> dict[str, str]:
    """Prior and where it is named: `assumed:NAME` in the source column of a world's tables."""
    found = {}
    for table in sorted(Path(str(importlib.resources.files("sim.world"))).glob("*/*.csv")):
        with table.open(encoding="utf-8", newline="") as rows:
            for line, row in enumerate(csv.DictReader(rows), 2):
                found |= dict.fromkeys(priors_of(row.get("source") or ""), f"{table.name}:{line}")
    return found


def texts(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict | list):
        for inner in plain.values() if isinstance(plain, dict) else plain:
            yield from texts(inner)


def named_by_scenarios() -> dict[str, str]:
    """Prior and the scenario with a setting written `prior:NAME`."""
    return {
        text.removeprefix(PRIOR): path.name
        for path in SCENARIOS
        for text in texts(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
        if text.startswith(PRIOR)
    }


def test_every_prior_is_read():
    read = set().union(*(read_by(parsed(path)) for path in MODULES)).union(named_by_tables(), named_by_scenarios())
    assert sorted(set(PRIORS) - read) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_parameter_that_code_asks_for_is_a_prior(path):
    assert wrong_keys(parsed(path)) == []


@pytest.mark.parametrize("named", [named_by_tables, named_by_scenarios])
def test_every_prior_that_data_name_has_its_entry(named):
    found = named()
    assert found, "nothing was found to check"
    assert {name: where for name, where in found.items() if name not in PRIORS} == {}


def test_the_description_of_the_model_names_every_prior():
    named = set(re.findall(r"\w+", (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")))
    assert sorted(set(PRIORS) - named) == []


def test_names_put_together_are_found_and_wrong_ones_told():
    tree = ast.parse('x = [state.params[f"danger_{w}"] for w in ("visit", "asylum")]; p["betta"]; p[f"no_{x}"]')
    assert read_by(tree) == {"danger_visit", "danger_asylum"}
    assert wrong_keys(tree) == ["betta", f"no_{HOLE}"]


def test_a_name_within_prose_does_not_count_as_read():
    assert read_by(ast.parse('"""Told by beta and gamma."""')) == set()
