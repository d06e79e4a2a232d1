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
    each = [evidence.of(scenario) for scenario in evidence.scenarios[1:]]
    for name, own in _numbered("difference", each):
        yield picture(name, difference, difference.data(own, own.headline[0], own.scenarios[-1]))
    if (changes := forest.data(evidence, evidence.headline))["mean"].any():
        yield picture("forest", forest, changes)
        yield picture("multiples", multiples, multiples.data(evidence, evidence.headline))
    for name, own in _numbered("leakage", each):
        if own.summary["leakage"]["blocked"]:
            yield picture(name, leakage, leakage.data(own.summary))
    for stem, module in OF_A_SCENARIO.items():
        for name, own in _numbered(stem, each):
            if len(table := module.data(own, own.scenarios[-1])):
                yield picture(name, module, table)
    if len(evidence.ports):
        yield picture("map", map, map.data(evidence, evidence.scenarios[-1]))
    for name, own in _numbered("map_change", each) if len(evidence.ports) else ():
        flows = map.data(own, own.scenarios[-1])
        if flows["change"].any():
            yield Picture(name, map.text_of_change(flows), flows, partial(map.draw_change, flows))
    if len(numbers := fit.data(patterns)):
        yield picture("fit", fit, numbers)


def picture(name: str, module: ModuleType, table: pd.DataFrame) -> Picture:
    """Return a figure of a module with its table and text."""
    return Picture(name, module.text(table), table, partial(module.draw, table))


def _numbered(stem: str, each: list[Evidence]) -> Iterator[tuple[str, Evidence]]:
    """Give a name for the figure of each scenario."""
    for at, own in enumerate(each, start=1):
        yield (stem if len(each) == 1 else f"{stem}-{at}"), own
