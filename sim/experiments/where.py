"""Where: a small language that picks people, such as `nationality == "PRK" and returned and "RUS" in hosts`.

    condition := condition and|or condition | not condition | (condition)
               | YES_OR_NO | WORD op "text" | WORD [not] in ["text", ...] | NUMBER op 1970 | "text" [not] in SEVERAL

It is read as Python reads an expression, and only what stands here is let through: nothing is ever executed.
"""

import ast
import operator
import warnings
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sim.experiments.settings import SettingError
from sim.world.located import did_you_mean

LONGEST = 1000  # characters; deeper nesting than these allow would exhaust the stack
Sort = Literal["word", "number", "yes or no", "several"]
Values = Mapping[str, NDArray[Any]]
Test = Callable[[Values], NDArray[np.bool_]]
SAME = {ast.Eq: operator.eq, ast.NotEq: operator.ne}
ORDER = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}
TURNED = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}


class WhereError(SettingError):
    """What was asked cannot be understood."""

    def __init__(self, message: str) -> None:
        super().__init__(f"--where: {message}")


@dataclass(frozen=True)
class Name:
    """A word of the language: its sort, what it means, and the texts with which it may be compared."""

    sort: Sort
    says: str
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Where:
    """A condition that was understood: its test, and the names that occur in it."""

    test: Test
    names: frozenset[str]


def understood(text: str, names: Mapping[str, Name]) -> Where:
    """The condition that a text says; WhereError if it says none."""
    reader = _Reader(names)
    return Where(reader.condition(_tree(text)), frozenset(reader.used))


def _tree(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise WhereError(f"a condition has at most {LONGEST} characters, this one {len(text)}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        at = f" at character {error.offset}" if error.offset else ""
        raise WhereError(f"{text!r} is no condition{at}: write such as 'nationality == \"PRK\" and returned'") from None
    except (ValueError, MemoryError, RecursionError):
        raise WhereError(f"{text!r} cannot be read") from None


class _Reader:
    """Turns the tree of an expression into a test, piece by piece."""

    def __init__(self, names: Mapping[str, Name]) -> None:
        self.names, self.used = names, set[str]()

    def condition(self, node: ast.expr) -> Test:
        """The test that a node stands for."""
        if isinstance(node, ast.BoolOp):
            parts, both = [self.condition(x) for x in node.values], isinstance(node.op, ast.And)
            join = np.logical_and if both else np.logical_or
            return lambda values: join.reduce([part(values) for part in parts])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self.condition(node.operand)
            return lambda values: ~inner(values)
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            parts = [self._compared(*x) for x in zip(sides, node.ops, sides[1:], strict=False)]
            return lambda values: np.logical_and.reduce([part(values) for part in parts])
        if isinstance(node, ast.Name):
            name = self._name(node, "yes or no")
            return lambda values: values[name]
        raise WhereError(f"{ast.unparse(node)!r} is no condition: there are names, comparisons, and, or, not, in")

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Test:
        """A comparison of a name with a text or a number, in either order."""
        if isinstance(op, ast.In | ast.NotIn):
            found = self._within(left, right)
            return found if isinstance(op, ast.In) else lambda values: ~found(values)
        if isinstance(right, ast.Name) and not isinstance(left, ast.Name):
            left, right = right, left
            op = TURNED.get(type(op), type(op))()
        if not isinstance(left, ast.Name) or type(op) not in SAME | ORDER:
            raise WhereError(
                f"{ast.unparse(ast.Compare(left, [op], [right]))!r}: compare a name with a text or a number"
            )
        sort = self._sort(left)
        if sort in ("yes or no", "several") or (sort == "word" and type(op) in ORDER):
            raise WhereError(self._wrong_use(left.id))
        name, value, act = self._name(left, sort), self._value(left, right), (SAME | ORDER)[type(op)]
        return lambda values: np.asarray(act(values[name], value))

    def _within(self, left: ast.expr, right: ast.expr) -> Test:
        """`name in [values]`, or `text in several`."""
        if isinstance(right, ast.Name) and self._sort(right) == "several":
            name, text = self._name(right, "several"), self._value(right, left)
            column = self.names[name].known.index(text)
            return lambda values: values[name][:, column]
        if isinstance(left, ast.Name) and isinstance(right, ast.List | ast.Tuple | ast.Set):
            if self._sort(left) not in ("word", "number"):
                raise WhereError(self._wrong_use(left.id))
            name, among = left.id, [self._value(left, x) for x in right.elts]
            self.used.add(name)
            return lambda values: np.isin(values[name], among)
        raise WhereError(f'{ast.unparse(left)!r} in {ast.unparse(right)!r}: write name in ["a", "b"], or "a" in hosts')

    def _sort(self, node: ast.Name) -> Sort:
        if node.id not in self.names:
            raise WhereError(f"there is no {node.id!r}{did_you_mean(node.id, self.names) or self._all()}")
        return self.names[node.id].sort

    def _name(self, node: ast.Name, sort: Sort) -> str:
        if self._sort(node) != sort:
            raise WhereError(self._wrong_use(node.id))
        self.used.add(node.id)
        return node.id

    def _value(self, name: ast.Name, node: ast.expr) -> Any:
        """The text or number with which a name is compared."""
        wanted = self.names[name.id]
        sign = -1 if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else 1
        value = getattr(node.operand if isinstance(node, ast.UnaryOp) and sign < 0 else node, "value", None)
        if wanted.sort == "number" and isinstance(value, int | float) and not isinstance(value, bool):
            return sign * value
        if wanted.sort == "number" or not isinstance(value, str) or sign < 0:
            raise WhereError(self._wrong_use(name.id))
        if value not in wanted.known:
            near = did_you_mean(value, wanted.known) or f"; there are {_some(wanted.known)}"
            raise WhereError(f"{name.id} is never {value!r}{near}")
        return value

    def _wrong_use(self, name: str) -> str:
        known = self.names[name].known or ("",)
        how = {
            "word": f'{name} == "{known[0]}" or {name} in ["{known[0]}"]',
            "number": f"{name} == 1 or {name} < 1",
            "yes or no": f"{name} or not {name}",
            "several": f'"{known[0]}" in {name}',
        }
        return f"{name} ({self.names[name].says}) is used as in: {how[self.names[name].sort]}"

    def _all(self) -> str:
        return f"; there are {', '.join(sorted(self.names))}"


def _some(words: Collection[str]) -> str:
    return ", ".join(words)
