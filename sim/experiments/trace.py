"""Trace: the life of one simulated head, or of a few, told with dates and reasons."""

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.words import Event
from sim.experiments.design import make_design
from sim.experiments.ever import SEXES, Ever, lasting, names
from sim.experiments.life import Entry, Recorder
from sim.experiments.replicate import Task, build_model
from sim.experiments.settings import SettingError, Settings
from sim.experiments.tales import EVENTS, OWN
from sim.experiments.where import Where, understood
from sim.scenario import Scenario
from sim.world import load_world
from sim.world.located import did_you_mean

HOW_TO_FIND = "find one with --where, such as --where 'nationality == \"PRK\" and returned'"
VISIT_AND_RETURN = [EVENTS[Event.VISIT].word, EVENTS[Event.RETURN].word]
FEW_TRIPS = 3  # so many in a row are told in one line
Row = dict[str, Any]


def trace(
    scenario: Scenario, replicate: int, *, person: str = "", where: str = "", count: int = 1, **options: Any
) -> Row:
    """Lives of a replicate: of one head, GROUP/NUMBER, or of the first `count` for whom a condition holds.

    A condition on what befalls people needs a run of its own, before that in which they are recorded.
    options : the fields of `Settings`; the run is that of `neamig run` with the same ones.

    Raises
    ------
    SettingError : nobody, or something else, was asked for.
    """
    if bool(person) == bool(where):
        raise SettingError(f"give either --person or --where; {HOW_TO_FIND}")
    settings = Settings(replicates=replicate, **options)
    condition = understood(where, names(load_world(scenario.world))) if where else None
    task = make_design("run", (scenario,), settings).replicates()[replicate][0]
    model = build_model(task)
    fits = _fitting(task, model, condition, settings) if condition else _row(model, person)
    if not fits.size:
        raise SettingError(f"--where: nobody of {len(model.state.people):,} heads in replicate {replicate}: {where}")
    if model.state.t:
        model = build_model(task)
    people = [_person(model, int(row)) for row in fits[:count]]
    recorder = Recorder(model, fits[:count].astype(np.int32))
    _run(model, settings, 1, 2)
    lives = [_told(model, entries) for entries in recorder.finished().values()]
    return {
        "scenario": scenario.name,
        "replicate": replicate,
        "seed": settings.seed,
        "scale": settings.scale,
        "where": where or None,
        "found": fits.size,
        "people": [each | {"life": life} for each, life in zip(people, lives, strict=True)],
    }


def _fitting(task: Task, model: Any, condition: Where, settings: Settings) -> NDArray[np.intp]:
    """Rows of the heads for whom a condition holds in the end; the model is run if it asks what befalls people."""
    known = lasting(model.state.world, model.state.people, model.calendar)
    if condition.names - known.keys():
        ever = model.state.people.witness = Ever(model.state.people)
        _run(model, settings, 0, 2)
        known |= ever.values()
    return np.flatnonzero(condition.test(known))


def _run(model: Any, settings: Settings, over: int, runs: int) -> None:
    """Run a model to its end, and say how far it is."""
    for month in range(model.months):
        model.step()
        if settings.progress:
            settings.progress(over + (month + 1) / model.months, runs)


def _row(model: Any, person: str) -> NDArray[np.intp]:
    """The row of a head that is called GROUP/NUMBER."""
    groups = {group.id: g for g, group in enumerate(model.state.world.groups)}
    name, slash, number = person.partition("/")
    if name not in groups:
        hint = did_you_mean(name, groups) or f"; there are {', '.join(groups)}"
        raise SettingError(f"--person: there is no group {name!r}{hint}; {HOW_TO_FIND}")
    rows = np.flatnonzero(model.state.people.cols.group == groups[name])
    if not slash or not number.isdecimal() or int(number) >= rows.size:
        raise SettingError(f"--person: the heads of {name} are {name}/0 to {name}/{rows.size - 1}; {HOW_TO_FIND}")
    return rows[int(number) : int(number) + 1]


def _person(model: Any, row: int) -> Row:
    """Who a head is, as the run begins."""
    world, c, kinds = model.state.world, model.state.people.cols, model.state.kinds
    number = row - int(np.flatnonzero(c.group == c.group[row])[0])
    return {
        "person": f"{world.groups[c.group[row]].id}/{number}",
        "group": world.groups[c.group[row]].name,
        "nationality": world.countries[c.nation[row]].code,
        "sex": SEXES[kinds.sex[c.kind[row]]],
        "born": model.calendar.year(int(c.born[row])),
        "home": world.places[c.home[row]].name,
        "sector": world.sectors[c.sector[row]].name,
        "skilled": bool(kinds.skilled[c.kind[row]]),
        "persons": int(c.weight[row]),
    }


def _told(model: Any, entries: list[Entry]) -> list[Row]:
    """Entries with dates, codes and fewer lines: visits in a row are told in one."""
    countries, out = model.state.world.countries, []
    entries = sorted(entries, key=lambda x: x.t)
    while entries:
        trips = _trips(entries)
        first, entries = entries[0], entries[max(1, len(trips)) :]
        row = asdict(first) | {"date": model.calendar.day(first.t), "host": countries[first.host].code}
        if trips:
            visits = [x for x in trips if x.word == VISIT_AND_RETURN[0]]
            hosts = ", ".join(dict.fromkeys(countries[x.host].name for x in visits))
            until = f"{model.calendar.day(trips[-1].t):%Y-%m}"
            row |= {
                "word": OWN["trips"].word,
                "says": OWN["trips"].says.format(hosts=hosts, times=len(visits), until=until),
            }
        del row["t"]
        out.append(row)
    return out


def _trips(entries: list[Entry]) -> list[Entry]:
    """The visits and returns at the front of a list, if there are more than a few."""
    n = 0
    while n + 1 < len(entries) and [x.word for x in entries[n : n + 2]] == VISIT_AND_RETURN:
        n += 2
    return entries[:n] if n // 2 >= FEW_TRIPS else []
