"""Compare: scenarios with a reference, replicate by replicate, with the same people, luck and parameters in all."""

from os import PathLike
from typing import Any

from sim.experiments.design import make_design
from sim.experiments.experiment import Outcome, accomplish, as_scenario
from sim.experiments.settings import SettingError, Settings
from sim.experiments.summary import of_comparisons
from sim.scenario import Scenario

REPLICATES = 8
TWINS = 8  # replicates that get a second run: enough to tell chance from parameters


def compare(
    reference: Scenario | str | PathLike[str],
    scenario: Scenario | str | PathLike[str],
    *more: Scenario | str | PathLike[str],
    point: bool = False,
    replicates: int = REPLICATES,
    **options: Any,
) -> Outcome:
    """Compare a scenario, or several, with a reference and keep everything in a directory.

    Parameters
    ----------
    more : further scenarios, each compared with the reference. The summary then holds one summary for each, under
        `comparisons`.
    point : use the parameters' point values. Otherwise they are drawn anew for each replicate, the same in all
        scenarios, and the first eight replicates get a twin.
    options : the other fields of `Settings`.

    Raises
    ------
    ScenarioError, SettingError, StoreError : bad input; nothing has been computed then.
    InterruptedRunError : on Ctrl-C, once every finished run is kept.
    """
    settings = Settings(replicates=replicates, draw=not point, twins=0 if point else TWINS, **options)
    scenarios = [as_scenario(each, settings.priors) for each in (reference, scenario, *more)]
    for each in scenarios[1:]:
        check_comparable(scenarios[0], each)
    design = make_design("compare", scenarios, settings)
    return accomplish(design, settings, lambda store: of_comparisons(design, store, scenarios, settings))


def check_comparable(reference: Scenario, scenario: Scenario) -> None:
    """Raise SettingError unless both run in the same world, in the same steps and over the same months."""
    if (reference.world, reference.step) != (scenario.world, scenario.step):
        worlds = " and ".join(f"{each.name}: {each.world}, by the {each.step}" for each in (reference, scenario))
        raise SettingError(
            f"the two scenarios run in different worlds ({worlds}), so their difference says nothing of the rules; "
            "compare scenarios of one world"
        )
    if (reference.start, reference.end) != (scenario.start, scenario.end):
        spans = " and ".join(f"{each.name}: {each.start:%Y-%m} to {each.end:%Y-%m}" for each in (reference, scenario))
        raise SettingError(f"the two scenarios run over different months ({spans}); give both the same start and end")
