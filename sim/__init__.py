"""neamig: an agent-based simulator of migration in Northeast Asia. The public names are imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiments.compare import compare
    from sim.experiments.single import run
    from sim.model import MigrationModel
    from sim.scenario import load_scenario

__version__ = "0.1.0"
__all__ = ["MigrationModel", "__version__", "compare", "load_scenario", "run"]

_HOMES = {
    "MigrationModel": "sim.model",
    "compare": "sim.experiments.compare",
    "load_scenario": "sim.scenario",
    "run": "sim.experiments.single",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
