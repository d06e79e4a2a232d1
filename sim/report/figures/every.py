"""Every: the figures of a comparison, in the order in which a report shows them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import ModuleType
from typing import Any

import pandas as pd

from sim.report.evidence import Evidence
from sim.report.figures import difference, fan, fit, forest, leakage, map, money, multiples, ports, statuses
from sim.report.figures.picture import Picture

OF_A_SCENARIO = {"statuses": statuses, "money": money, "ports": ports}


def pictures(evidence: Evidence, patterns: Iterable[Mapping[str, Any]] = ()) -> Iterator[Picture]:
    """Give the figures of a comparison; those that would show nothing are left out.

    With several scenarios, those of one scenario end in its number: `difference-1`, `difference-2`.

    patterns : documented numbers beside the model's, as rows of `calibration.fit.Pattern`; none: no figure of the fit.
    """
    first = evidence.headline[0]
    yield picture("fan", fan, fan.data(evidence, first))
    for name, scenario in _numbered("difference", evidence):
        yield picture(name, difference, difference.data(evidence, first, scenario))
    if (changes := forest.data(evidence, evidence.headline))["mean"].any():
        yield picture("forest", forest, changes)
        yield picture("multiples", multiples, multiples.data(evidence, evidence.headline))
    for (name, _), summary in zip(_numbered("leakage", evidence), evidence.summary["each"], strict=True):
        if summary["leakage"]["blocked"]:
            yield picture(name, leakage, leakage.data(summary))
    for stem, module in OF_A_SCENARIO.items():
        for name, scenario in _numbered(stem, evidence):
            if len(table := module.data(evidence, scenario)):
                yield picture(name, module, table)
    for at, (name, scenario) in enumerate(_numbered("map_change", evidence) if len(evidence.ports) else ()):
        flows = map.data(evidence, scenario)
        if at == 0:
            yield picture("map", map, flows)
        if flows["change"].any():
            yield Picture(name, map.text_of_change(flows), flows, partial(map.draw_change, flows))
    if len(numbers := fit.data(patterns)):
        yield picture("fit", fit, numbers)


def picture(name: str, module: ModuleType, table: pd.DataFrame) -> Picture:
    """Return a figure of a module with its table and text."""
    return Picture(name, module.text(table), table, partial(module.draw, table))


def _numbered(stem: str, evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Give a name for the figure of each scenario but the reference."""
    others = evidence.scenarios[1:]
    for at, scenario in enumerate(others, start=1):
        yield (stem if len(others) == 1 else f"{stem}-{at}"), scenario
