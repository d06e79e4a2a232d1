"""Mechanisms: what `neamig ablate` can switch off, read from `mechanisms.yaml` and checked against the priors."""

import importlib.resources
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiments.settings import SettingError
from sim.scenario import Parameter, Scenario
from sim.scenario.schema import ID
from sim.world.located import BadInputError, Located, Problem, did_you_mean, read_mapping, shown
from sim.world.priors import Prior, Priors

KEYS = ("says", "off", "where")


class MechanismsError(BadInputError):
    """Mistakes in a file of mechanisms."""


@dataclass(frozen=True)
class Mechanism:
    """One mechanism: what it says, the values of its priors at which it does nothing, its section of docs/odd.md."""

    name: str
    says: str
    off: dict[str, float]
    where: str

    def without(self, scenario: Scenario) -> Scenario:
        """Return the scenario with the mechanism switched off; these values win over drawn ones."""
        source = f"{self.name} switched off"
        off = {prior: Parameter(value=value, source=source) for prior, value in self.off.items()}
        name = f"{scenario.name}, without {self.name}"
        return scenario.model_copy(update={"name": name, "parameters": scenario.parameters | off})


def default_mechanisms_path() -> Path:
    """Path of the mechanisms that come with the package."""
    return Path(str(importlib.resources.files("calibration") / "mechanisms.yaml"))


def load_mechanisms(priors: Priors, path: Path | None = None) -> tuple[Mechanism, ...]:
    """Return the mechanisms in the order of the file.

    Raises
    ------
    MechanismsError : mistakes in the file, all of them at once, each with its line and the nearest right name.
    """
    problems: list[Problem] = []
    tree = read_mapping(path or default_mechanisms_path(), "mechanisms by name", problems)
    entries = tree.value if tree else {}
    for name, entry in entries.items():
        problems += _wrong(name, entry, priors)
    if problems:
        raise MechanismsError(sorted(problems, key=lambda each: each.line))
    return tuple(_mechanism(name, entry.plain()) for name, entry in entries.items())


def chosen(mechanisms: Sequence[Mechanism], names: Sequence[str]) -> tuple[Mechanism, ...]:
    """Return the mechanisms of these names, all if there are none; SettingError names the nearest right one."""
    known = [each.name for each in mechanisms]
    for name in names:
        if name not in known:
            raise SettingError(
                f"--only: unknown mechanism {name!r}{did_you_mean(name, known)} (one of {', '.join(known)})"
            )
    return tuple(each for each in mechanisms if not names or each.name in names)


def _mechanism(name: str, values: dict[str, Any]) -> Mechanism:
    off = {prior: float(value) for prior, value in values["off"].items()}
    return Mechanism(name, values["says"], off, values["where"])


def _wrong(name: str, entry: Located, priors: Priors) -> Iterator[Problem]:
    """What is wrong with one mechanism."""
    if not ID.fullmatch(name):
        yield entry.problem((name,), "a name is made of letters, digits, _ and -, and begins with a letter")
    if not isinstance(entry.value, dict):
        yield entry.problem((name,), f"must be a mapping with {', '.join(KEYS)}")
        return
    for key, item in entry.value.items():
        if key not in KEYS:
            yield item.problem((name, key), f"unknown setting{did_you_mean(key, KEYS)}")
    for key in KEYS:
        if key not in entry.value:
            yield entry.problem((name,), f"'{key}' is missing")
    for key in ("says", "where"):
        if key in entry.value and not _is_text(entry.value[key].value):
            yield entry.value[key].problem(
                (name, key), "must be a text with something in it; a number stands in quotes"
            )
    if "off" in entry.value:
        yield from _wrong_values(name, entry.value["off"], priors)


def _wrong_values(name: str, off: Located, priors: Priors) -> Iterator[Problem]:
    """Priors that there are none of, and values that switch nothing off."""
    if not isinstance(off.value, dict) or not off.value:
        yield off.problem((name, "off"), f"must be a mapping of priors and values, not {shown(off.value)}")
        return
    for prior, item in off.value.items():
        if prior not in priors:
            yield item.problem((name, "off", prior), f"unknown prior {prior!r}{did_you_mean(prior, priors)}")
        elif not _is_number(item.value):
            yield item.problem((name, "off", prior), f"must be a finite number, not {shown(item.value)}")
        elif _is_idle(priors[prior], item.value):
            yield item.problem((name, "off", prior), f"is always {item.value:g}: this switches nothing off")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_idle(prior: Prior, value: float) -> bool:
    """Whether the prior has no other value anyway."""
    return prior.low == prior.high == value
