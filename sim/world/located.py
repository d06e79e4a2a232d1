"""YAML read so that every value knows its file and line, and mistakes told all at once."""

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode
from ruamel.yaml.reader import ReaderError

Step = str | int
Steps = tuple[Step, ...]
CONSTRUCTED = {f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float")}


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where; line 0 stands for a source without lines, such as an option of the command line."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.path, self.message) if part)


class BadInputError(ValueError):
    """Mistakes in a file of the user: `problems` holds them all, and `str()` prints one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


@dataclass(frozen=True)
class Located:
    """A value of a YAML file with its place; under a mapping or a list the values are located as well."""

    value: Any
    file: str
    line: int

    def problem(self, path: Steps, message: str) -> Problem:
        """A problem at this place."""
        return Problem(self.file, self.line, dotted(path), message)

    def plain(self) -> Any:
        """The bare values."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value

    def children(self) -> Iterator[tuple[Step, "Located"]]:
        """Keys or positions, and what stands there."""
        if isinstance(self.value, dict):
            yield from self.value.items()
        elif isinstance(self.value, list):
            yield from enumerate(self.value)

    def moved(self, file: str, line: int) -> "Located":
        """The same values, all of them said to stand at one place."""
        value = self.value
        if isinstance(value, dict):
            value = {key: item.moved(file, line) for key, item in value.items()}
        elif isinstance(value, list):
            value = [item.moved(file, line) for item in value]
        return Located(value, file, line)

    def find(self, path: Iterable[Step]) -> tuple[Steps, "Located"]:
        """The deepest place on `path` that exists; steps that lead nowhere are passed over."""
        here: Located = self
        found: Steps = ()
        for step in path:
            below = dict(here.children())
            if step in below:
                here, found = below[step], (*found, step)
        return found, here


def shown(value: Any) -> str:
    """A value as the user wrote it, near enough; collections are only named."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else repr(value)


def dotted(path: Iterable[Step]) -> str:
    """A path as it is written on the command line, positions in brackets."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def did_you_mean(word: str, known: Iterable[str], name: Callable[[str], str | None] = str) -> str:
    """`; did you mean 'X'?` with the nearest of the known words (by its name), or nothing; swapped letters first."""
    words = list(known)
    near = [w for w in words if sorted(w) == sorted(word)] or difflib.get_close_matches(word, words, n=1)
    return f"; did you mean '{name(near[0])}'?" if near else ""


def read_yaml(path: Path, problems: list[Problem]) -> Located | None:
    """The content of a YAML file; None where there is none to speak of, with the reason added to `problems`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(Problem(str(path), 1, "", f"not a text file: byte {error.start + 1} is not UTF-8"))
    except OSError as error:
        problems.append(Problem(str(path), 0, "", _why_unreadable(path, error)))
    else:
        return read_text(text, str(path), problems)
    return None


def read_text(text: str, file: str, problems: list[Problem]) -> Located | None:
    """The content of a YAML text that is called `file`."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.append(Problem(file, mark.line + 1 if mark else 1, "", f"not YAML: {error.problem or error.context}"))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problems.append(Problem(file, line, "", "not a text file: a control character stands in it"))
    except (YAMLError, RecursionError) as error:
        problems.append(Problem(file, 1, "", f"not YAML: {error}"))
    else:
        return _Reader(file, problems).root(root)
    return None


def read_mapping(path: Path, what: str, problems: list[Problem]) -> Located | None:
    """The content of a YAML file that must be a mapping; `what` says what of."""
    before = len(problems)
    tree = read_yaml(path, problems)
    if tree is not None and isinstance(tree.value, dict):
        return tree
    if tree is None and len(problems) == before:
        problems.append(Problem(str(path), 1, "", f"the file is empty: {what} was expected"))
    elif tree is not None:
        problems.append(tree.problem((), f"not a mapping: {what} was expected"))
    return None


def _why_unreadable(path: Path, error: OSError) -> str:
    if not isinstance(error, FileNotFoundError):
        return f"cannot be read: {error.strerror}"
    return f"no such file{nearest_file(path)}"


def nearest_file(path: Path) -> str:
    """`; did you mean 'X'?` with the nearest YAML file beside `path` or else in a folder there, or nothing."""
    for pattern in ("*.y*ml", "*/*.y*ml") if path.parent.is_dir() else ():
        there = {p.stem: str(p.relative_to(path.parent)) for p in sorted(path.parent.glob(pattern))}
        if hint := did_you_mean(path.stem, there, there.get):
            return hint
    return ""


class _Reader:
    """Turns the nodes of the YAML parser into located values; dates stay text."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems
        self.constructor = YAML(typ="safe", pure=True).constructor
        self.open: list[int] = []

    def root(self, node: YamlNode | None) -> Located | None:
        """The whole text; None where it holds nothing but comments."""
        return None if node is None else self.read(node, (), node.start_mark.line + 1)

    def read(self, node: YamlNode, path: Steps, line: int) -> Located:
        """One node and all below it."""
        if id(node) in self.open:
            self.problems.append(Problem(self.file, line, dotted(path), "an alias stands inside what it stands for"))
            return Located(None, self.file, line)
        self.open.append(id(node))
        value = self._value(node, path)
        self.open.pop()
        return Located(value, self.file, line)

    def _value(self, node: YamlNode, path: Steps) -> Any:
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            items = enumerate(node.value)
            return [self.read(item, (*path, n), item.start_mark.line + 1) for n, item in items]
        return self._scalar(node, path)

    def _scalar(self, node: YamlNode, path: Steps) -> Any:
        if str(node.tag) not in CONSTRUCTED:
            return node.value
        try:
            return self.constructor.construct_object(node)
        except ValueError:
            text = f"{node.value!r} is not what its tag {node.tag} says"
            self.problems.append(Problem(self.file, node.start_mark.line + 1, dotted(path), text))
            return None

    def _mapping(self, node: MappingNode, path: Steps) -> dict[str, Located]:
        found: dict[str, Located] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self.problems.append(Problem(self.file, line, dotted(path), "a key must be one word"))
                continue
            key = str(key_node.value)
            if key in found:
                text = f"stands twice in this mapping, first on line {found[key].line}: leave one out"
                self.problems.append(Problem(self.file, line, dotted((*path, key)), text))
            found[key] = self.read(value_node, (*path, key), line)
        return found
