"""Rows: the entries of `targets.yaml`, each with its line, those that stand for several written out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from sim.world import WORLDS
from sim.world.located import Located, Problem, did_you_mean, read_mapping, shown

DEFAULT_WORLD = "northeast_asia"


@dataclass(frozen=True)
class Row:
    """One target as it is written, or one datum that is dropped; `values` are plain."""

    id: str
    pattern: str
    values: dict[str, Any]
    place: Located
    is_dropped: bool = False
    world: str = DEFAULT_WORLD

    def get(self, key: str, default: Any = None) -> Any:
        """Return a setting."""
        return self.values.get(key, default)

    @property
    def references(self) -> tuple[str, ...]:
        """What its value is made of."""
        of = self.get("of", [])
        return tuple(map(str, of if isinstance(of, list) else [of]))

    def problem(self, key: str, message: str) -> Problem:
        """A problem with one of its settings."""
        place = self.place.value.get(key, self.place)
        return Problem(place.file, place.line, f"{self.id}.{key}" if key else self.id, message)


def read_rows(path: Path, problems: list[Problem]) -> list[Row]:
    """Return the rows of the file, targets first; what is not a row at all is added to `problems`."""
    tree = read_mapping(path, "patterns and what is dropped", problems)
    if tree is None:
        return []
    rows: list[Row] = []
    for name, pattern in _entries(tree, "patterns", problems):
        for entry in _items(pattern, "targets", problems):
            rows += _written_out(entry, str(name), problems, _world(pattern, str(name), problems))
    for entry in _items(tree, "dropped", problems):
        rows += _written_out(entry, "", problems)
    return rows


def _world(pattern: Located, name: str, problems: list[Problem]) -> str:
    """The world that a pattern is of."""
    said = pattern.value.get("world")
    if said is None or said.value in WORLDS:
        return DEFAULT_WORLD if said is None else str(said.value)
    problems.append(said.problem((name, "world"), f"unknown world{did_you_mean(str(said.value), WORLDS)}"))
    return DEFAULT_WORLD


def _entries(tree: Located, key: str, problems: list[Problem]) -> Iterator[tuple[Any, Located]]:
    section = tree.value.get(key)
    if section is None or not isinstance(section.value, dict):
        problems.append((section or tree).problem((key,), "must be a mapping of patterns by name"))
        return
    yield from section.value.items()


def _items(tree: Located, key: str, problems: list[Problem]) -> Iterator[Located]:
    """The mappings of a list."""
    section = tree.value.get(key) if isinstance(tree.value, dict) else None
    if section is None or not isinstance(section.value, list):
        problems.append((section or tree).problem((key,), "must be a list"))
        return
    for at, item in section.children():
        if isinstance(item.value, dict):
            yield item
        else:
            problems.append(item.problem((key, at), f"must be a mapping of settings, not {shown(item.value)}"))


def _written_out(entry: Located, pattern: str, problems: list[Problem], world: str = DEFAULT_WORLD) -> Iterator[Row]:
    """The rows that an entry stands for: one, or one for each combination of what `each` lists."""
    settings = entry.plain()
    each, is_zip = settings.pop("each", {}), settings.pop("together", False)
    if not isinstance(each, dict) or not all(isinstance(words, list) for words in each.values()):
        problems.append(entry.problem(("each",), "must be a mapping of lists"))
        return
    if is_zip and len({len(words) for words in each.values()}) != 1:
        problems.append(entry.problem(("each",), "lists that go together must be of one length"))
        return
    for words in zip(*each.values(), strict=True) if is_zip else product(*each.values()):
        values = _filled(settings, dict(zip(each, words, strict=True)))
        yield Row(str(values.get("id", values.get("of"))), pattern, values, entry, not pattern, world)


def _filled(value: Any, words: dict[str, Any]) -> Any:
    """The value with every `{name}` in it replaced."""
    if isinstance(value, dict):
        return {key: _filled(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, words) for item in value]
    if isinstance(value, str):
        for name, word in words.items():
            value = value.replace(f"{{{name}}}", str(word))
    return value
