"""Settings of the command line: `--set PATH=VALUE` reaches the same paths as a file, and is noted as a source."""

from collections.abc import Sequence
from typing import Any

from sim.scenario.merge import REMOVABLE
from sim.world.located import Located, Problem, did_you_mean, read_text

OPTION = "--set"
COMMAND_LINE = "command line"


def apply(tree: Located, settings: Sequence[str], problems: list[Problem]) -> tuple[Located, dict[str, Any]]:
    """The scenario with each setting put in its place, and the values by path as given."""
    given: dict[str, Any] = {}
    for setting in settings:
        path, value = _parsed(setting, problems)
        if value is None:
            continue
        wrong = _wrong(tree, path, value)
        if wrong:
            problems.append(wrong)
            continue
        given[".".join(path)] = value.plain()
        tree = put(_noted(tree, path), path, None if _removes(path, value) else _with_source(path, value))
    return tree, given


def put(tree: Located, path: Sequence[str], value: Located | None) -> Located:
    """The tree with `value` at `path`, or without what stands there."""
    inner = dict(tree.value)
    if len(path) > 1:
        inner[path[0]] = put(inner.get(path[0], Located({}, OPTION, 0)), path[1:], value)
    elif value is None:
        del inner[path[0]]
    else:
        inner[path[0]] = value
    return Located(inner, tree.file, tree.line)


def _removes(path: list[str], value: Located) -> bool:
    """Whether it removes a policy or a parameter, as null does in a file."""
    return (path[0],) in REMOVABLE and len(path) == 2 and value.value is None


def _parsed(setting: str, problems: list[Problem]) -> tuple[list[str], Located | None]:
    """Path and value of one setting; the value is YAML, and empty stands for null."""
    name, equals, text = setting.partition("=")
    path = name.strip().split(".")
    if not equals or not all(path):
        example = "policies.unscr_2371.level=10000"
        problems.append(Problem(OPTION, 0, setting, f"must be written PATH=VALUE, such as {example}"))
        return path, None
    found: list[Problem] = []
    value = read_text(text, OPTION, found) or Located(None, OPTION, 0)
    problems += [Problem(OPTION, 0, name.strip(), problem.message) for problem in found]
    return path, None if found else value.moved(OPTION, 0)


def _wrong(tree: Located, path: list[str], value: Located) -> Problem | None:
    """A path that cannot be set: to a policy that is not there, or below a single value."""
    if path[0] == "extends":
        return Problem(OPTION, 0, "extends", "can only be written in a file")
    found, here = tree.find(path if _removes(path, value) else path[:-1])
    wanted = len(path) - (not _removes(path, value))
    if len(found) == 1 < wanted and (path[0],) in REMOVABLE and isinstance(here.value, dict):
        hint = did_you_mean(path[1], here.value) or f"; there are {', '.join(here.value) or 'none'}"
        return Problem(OPTION, 0, ".".join(path[:2]), f"the scenario has none of this name{hint}")
    if len(found) < len(path) and not isinstance(here.value, dict):
        return Problem(OPTION, 0, ".".join(path), f"'{found[-1]}' holds one value: set it whole")
    return None


def _with_source(path: list[str], value: Located) -> Located:
    """A bare number for a parameter gets its source."""
    if len(path) != 2 or path[0] != "parameters" or isinstance(value.value, dict):
        return value
    return Located({"value": value, "source": Located(COMMAND_LINE, OPTION, 0)}, OPTION, 0)


def _noted(tree: Located, path: list[str]) -> Located:
    """The source of a policy, or of a parameter, says which of its settings the command line gave."""
    if len(path) < 3 or path[2] == "source":
        return tree
    found, source = tree.find([*path[:2], "source"])
    if len(found) < 3 or not isinstance(source.value, str):
        return tree
    note = f"{source.value}; {path[2]}: {COMMAND_LINE}"
    return put(tree, [*path[:2], "source"], Located(note, source.file, source.line))
