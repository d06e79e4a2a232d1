"""Inheritance: a scenario `extends` another; mappings merge by key, policies by id, and null removes."""

from functools import reduce
from pathlib import Path

from sim.world.located import Located, Problem, Steps, did_you_mean, nearest_file, read_mapping

REMOVABLE = (("policies",), ("parameters",))


def read_layers(path: Path, problems: list[Problem]) -> tuple[list[Located], bool]:
    """The file and those that it extends, the eldest first, and whether none of them is missing."""
    layers: list[Located] = []
    files: list[Path] = []
    while True:
        tree = read_mapping(path, "a scenario", problems)
        if tree is None:
            return layers, False
        layers.insert(0, tree)
        files.append(path)
        if "extends" not in tree.value:
            return layers, True
        parent = _parent(tree.value["extends"], files, problems)
        if parent is None:
            return layers, False
        path = parent


def merged(layers: list[Located], problems: list[Problem]) -> Located:
    """One scenario from all layers; each file's own name stays its own, and `extends` is spent."""
    file = layers[0].file
    eldest = Located({path[0]: Located({}, file, 1) for path in REMOVABLE}, file, 1)
    return reduce(lambda parent, child: merge(parent, child, problems), map(_without_extends, layers), eldest)


def merge(parent: Located, child: Located, problems: list[Problem], path: Steps = ()) -> Located:
    """The child's settings over the parent's; a policy of another kind replaces the whole."""
    if not (isinstance(parent.value, dict) and isinstance(child.value, dict)) or _is_other_kind(parent, child, path):
        return child
    value = dict(parent.value)
    for key, item in child.value.items():
        if item.value is None and path in REMOVABLE:
            if value.pop(key, None) is None:
                hint = did_you_mean(key, parent.value)
                problems.append(item.problem((*path, key), f"null removes what no parent has{hint}"))
        else:
            value[key] = merge(value[key], item, problems, (*path, key)) if key in value else item
    return Located(value, child.file, child.line)


def _is_other_kind(parent: Located, child: Located, path: Steps) -> bool:
    if len(path) != 2 or path[0] != "policies" or "kind" not in child.value:
        return False
    return "kind" not in parent.value or parent.value["kind"].value != child.value["kind"].value


def _without_extends(layer: Located) -> Located:
    own = {key: item for key, item in layer.value.items() if key != "extends"}
    own.setdefault("name", Located(Path(layer.file).stem, layer.file, 1))
    return Located(own, layer.file, layer.line)


def _parent(extends: Located, files: list[Path], problems: list[Problem]) -> Path | None:
    """The file that the last of `files` extends, or None with the reason added to `problems`."""
    if not isinstance(extends.value, str):
        problems.append(extends.problem(("extends",), "must be the name of a file"))
        return None
    parent = files[-1].parent / extends.value
    if parent.resolve() in [file.resolve() for file in files]:
        circle = " -> ".join(file.name for file in [*files, parent])
        problems.append(extends.problem(("extends",), f"the files extend each other in a circle: {circle}"))
        return None
    if not parent.is_file():
        text = f"no such file '{extends.value}' beside {files[-1].name}{nearest_file(parent)}"
        problems.append(extends.problem(("extends",), text))
        return None
    return parent
