"""Single: one scenario by itself, in one replicate or more."""

from os import PathLike
from typing import Any

from sim.experiments.design import make_design
from sim.experiments.experiment import Outcome, accomplish, as_scenario
from sim.experiments.settings import Settings
from sim.experiments.summary import of_run
from sim.scenario import Scenario


def run(scenario: Scenario | str | PathLike[str], **options: Any) -> Outcome:
    """Run a scenario and keep its series in a directory; the summary speaks of the last twelve months.

    Parameters
    ----------
    options : the fields of `Settings`. The parameters have their point values unless `draw` is set.

    Raises
    ------
    ScenarioError, SettingError, StoreError : bad input; nothing has been computed then.
    InterruptedRunError : on Ctrl-C, once every finished run is kept.
    """
    settings = Settings(**options)
    chosen = as_scenario(scenario, settings.priors)
    design = make_design("run", (chosen,), settings)
    return accomplish(design, settings, lambda store: of_run(design, store, chosen, settings))
