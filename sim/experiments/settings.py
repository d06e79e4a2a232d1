"""Settings: how an experiment is carried out, whatever it compares."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from sim.experiments.profile import Profile
from sim.experiments.replicate import Scale
from sim.world.priors import default_priors_path

ONE_TO_ONE = "1:1"


class SettingError(ValueError):
    """A setting of an experiment that makes no sense."""


@dataclass(frozen=True)
class Settings:
    """How an experiment is carried out.

    scale : how many times coarser every group is than its default weight, or "1:1" for one agent a person.
    draw : the parameters are drawn anew for each replicate; otherwise they have their point values.
    twins : how many replicates get a second run with the same parameters, to tell chance from parameters.
    progress : is told how many runs are over, parts of runs included, and how many there are.
    profile : watches the mechanisms of the runs, which all take place in this process then.
    """

    replicates: int = 1
    seed: int = 1
    scale: Scale = 1
    draw: bool = False
    twins: int = 0
    workers: int = 1
    priors: Path = field(default_factory=default_priors_path)
    out: Path | None = None
    command: str = "Python"
    progress: Callable[[float, int], None] | None = None
    profile: Profile | None = None

    def __post_init__(self) -> None:
        for name in ("replicates", "workers"):
            if getattr(self, name) < 1:
                raise SettingError(f"--{name}: {getattr(self, name)} is too few; give 1 or more")
        if self.profile and self.workers > 1:
            raise SettingError(f"--profile: sees this process only; leave out --workers {self.workers}")
        object.__setattr__(self, "scale", _checked(self.scale))


def parse_scale(text: str) -> Scale:
    """Return the scale that a user wrote: a number, or "1:1" for one agent a person."""
    try:
        return _checked(float(text))
    except ValueError:
        return _checked(text.strip())


def _checked(scale: Scale) -> Scale:
    """Return a scale in its one form, for 1 and 1.0 are the same run."""
    if scale == ONE_TO_ONE:
        return ONE_TO_ONE
    if isinstance(scale, int | float) and scale > 0 and isfinite(scale):
        return float(scale)
    raise SettingError(f"--scale: {scale!r} is neither a number above 0 nor {ONE_TO_ONE}")
