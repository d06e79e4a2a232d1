"""Priors: every assumed number with its range, unit and reason, and draws that depend on (seed, name) alone."""

import hashlib
import importlib.resources
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.world.located import BadInputError, Located, Problem, did_you_mean, read_mapping, shown

DISTRIBUTIONS = ("uniform", "loguniform", "triangular")
NUMBERS = ("value", "low", "high")
BITS = 53


class PriorsError(BadInputError):
    """Mistakes in a priors file."""


@dataclass(frozen=True)
class Prior:
    """An assumed number: its point value, the range it may have, and why."""

    name: str
    value: float
    low: float
    high: float
    dist: str
    unit: str
    reason: str
    source: str = ""

    def at(self, u: float) -> float:
        """The quantile `u` in [0, 1); a triangular prior has its mode at the point value."""
        low, high = self.low, self.high
        if low == high:
            return low
        if self.dist == "uniform":
            x = low + u * (high - low)
        elif self.dist == "loguniform":
            x = low * (high / low) ** u
        else:
            x = self._triangular(u)
        return min(max(x, low), high)

    def _triangular(self, u: float) -> float:
        low, mode, high = self.low, self.value, self.high
        if u * (high - low) < mode - low:
            return low + math.sqrt(u * (high - low) * (mode - low))
        return high - math.sqrt((1 - u) * (high - low) * (high - mode))


KEYS = tuple(f.name for f in fields(Prior) if f.name != "name")


class Priors(Mapping[str, Prior]):
    """All priors of a file, by name."""

    def __init__(self, priors: Mapping[str, Prior], file: str = "") -> None:
        self._priors, self.file = dict(sorted(priors.items())), file

    @classmethod
    def load(cls, path: str | Path) -> "Priors":
        """Read a priors file, unless it is known already; PriorsError names every mistake in it."""
        try:
            content = Path(path).read_bytes()
        except OSError:
            content = b""
        return _read(Path(path), content)

    def for_world(self, world: str) -> "Priors":
        """These, with the world's own in place of the package's; where this file says otherwise than the package, it
        holds."""
        path = Path(str(importlib.resources.files("sim.world") / world / "priors.yaml"))
        if not path.exists():
            return self
        package = Priors.load(default_priors_path())
        own = {name: x for name, x in Priors.load(path).items() if self.get(name) == package.get(name)}
        return Priors({**self, **own}, self.file)

    def point(self) -> dict[str, float]:
        """The point value of each."""
        return {name: prior.value for name, prior in self._priors.items()}

    def draw(self, seed: int) -> dict[str, float]:
        """One value of each, a pure function of (seed, name): another prior more changes none of them."""
        return {name: prior.at(uniform(seed, name)) for name, prior in self._priors.items()}

    def __getitem__(self, name: str) -> Prior:
        return self._priors[name]

    def __iter__(self) -> Any:
        return iter(self._priors)

    def __len__(self) -> int:
        return len(self._priors)


def uniform(seed: int, name: str) -> float:
    """A number in [0, 1) that depends on the seed and the name alone."""
    digest = hashlib.blake2b(f"{seed}:{name}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "little") >> (64 - BITS)) / 2**BITS


@lru_cache(maxsize=16)
def _read(path: Path, content: bytes) -> Priors:
    """The priors of a file, once for each `content` of it."""
    problems: list[Problem] = []
    tree = read_mapping(path, "a map of priors by name", problems)
    read = {name: _prior(name, entry, problems) for name, entry in (tree.value if tree else {}).items()}
    if problems:
        raise PriorsError(sorted(problems, key=lambda p: p.line))
    return Priors({name: prior for name, prior in read.items() if prior}, str(path))


def default_priors_path() -> Path:
    """The priors that come with the package."""
    return Path(str(importlib.resources.files("calibration") / "priors.yaml"))


def _prior(name: str, entry: Located, problems: list[Problem]) -> Prior | None:
    """One prior, or None with its mistakes added to `problems`."""
    if not isinstance(entry.value, dict):
        problems.append(entry.problem((name,), f"must be a mapping with {', '.join(KEYS)}"))
        return None
    values = entry.plain()
    wrong = [*_keys(name, entry), *_values(name, entry, values)]
    if not wrong:
        wrong = [entry.problem((name,), message) for message in _range(values)]
    problems += wrong
    if wrong:
        return None
    value, low, high = (float(values[key]) for key in NUMBERS)
    return Prior(name, value, low, high, values["dist"], values["unit"], values["reason"], values.get("source", ""))


def _keys(name: str, entry: Located) -> list[Problem]:
    """Settings that a prior does not have, and those that are missing."""
    unknown = {key: item for key, item in entry.value.items() if key not in KEYS}
    found = [item.problem((name, key), f"unknown setting{did_you_mean(key, KEYS)}") for key, item in unknown.items()]
    missing = [key for key in KEYS if key not in entry.value and key != "source"]
    return found + [entry.problem((name,), f"'{key}' is missing") for key in missing]


def _values(name: str, entry: Located, values: dict[str, Any]) -> list[Problem]:
    """Settings whose value is not of the right type."""
    found = []
    for key, value in values.items():
        message = _wrong(key, value) if key in KEYS else ""
        if message:
            found.append(entry.value[key].problem((name, key), message))
    return found


def _wrong(key: str, value: Any) -> str:
    if key in NUMBERS:
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return "" if is_number else f"must be a finite number, not {shown(value)}"
    if not isinstance(value, str) or not value.strip():
        return f"must be a text with something in it, not {shown(value)}"
    if key == "dist" and value not in DISTRIBUTIONS:
        return f"unknown distribution '{value}'{did_you_mean(value, DISTRIBUTIONS)} (one of {', '.join(DISTRIBUTIONS)})"
    return ""


def _range(values: dict[str, Any]) -> list[str]:
    """What is wrong between the numbers of one prior."""
    low, value, high = values["low"], values["value"], values["high"]
    found = []
    if not low <= value <= high:
        found.append(f"the value {value} must lie between low {low} and high {high}")
    if values["dist"] == "loguniform" and low <= 0:
        found.append(f"a loguniform prior needs low above 0, not {low}")
    if values["unit"] == "factor" and value != 1:
        found.append(f"a factor has the point value 1, not {value}: put the base number in the table")
    return found
