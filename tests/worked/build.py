"""Builds the model of a case: the documented world, with the case's people in it and nobody else."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from sim.core.chance import key
from sim.core.ledger import Account
from sim.core.people import GIVEN
from sim.core.people import People as Columns
from sim.core.state import State
from sim.core.words import NEVER, Channel, Status
from sim.model import MigrationModel
from sim.scenario import Scenario, load_scenario
from sim.world import WORLDS
from sim.world.priors import Priors, default_priors_path
from tests.ways import share_ways
from tests.worked.case import Case, People, Request

COARSE = 1_000_000  # one head a group: they are replaced
PLENTY = 100_000
CAME_BY = {"worker": "contract", "overstayer": "overstay", "irregular": "smuggler", "visitor": "visit"}


@cache
def priors() -> Priors:
    """The package's priors, read once."""
    return Priors.load(default_priors_path())


def scenario(case: Case, folder: Path, without: tuple[str, ...] = ()) -> Scenario:
    """The case's policies as a scenario file, read as any other; `without` names policies that are left out."""
    policies = {name: policy for name, policy in case.policies.items() if name not in without}
    about = {"name": "worked example", "question": case.title, "start": case.start, "end": case.end,
             "world": case.world, "step": WORLDS[case.world].step}  # fmt: skip
    with (folder / "case.yaml").open("w", encoding="utf-8") as file:
        YAML().dump(about | {"policies": policies}, file)
    return load_scenario(folder / "case.yaml", priors=priors())


def build(case: Case, rules: Scenario) -> tuple[MigrationModel, dict[str, range]]:
    """The model, and the rows of the people by the case's names."""
    params = priors().for_world(case.world).point()
    settings = case.settings()
    unknown = settings.keys() - params.keys()
    assert not unknown, f"no such setting: {sorted(unknown)}"
    model = share_ways(MigrationModel(rules, params=params | settings, scale=COARSE))
    _set_world(model.state, case)
    return model, _set_people(model.state, case)


def _set_world(state: State, case: Case) -> None:
    """Posts, brokers, wages, channels and populations of the case."""
    e, places, sectors = state.employers, state.world.place_index, state.world.sector_index
    e.base_posts[:] = PLENTY if case.posts is None else 0
    e.base_informal[:] = 0
    for posts, given in ((e.base_posts, case.posts or {}), (e.base_informal, case.posts_without_papers)):
        for name, number in given.items():
            posts[employer(state, name)] = number
    if case.brokers:
        brokers = (replace(b, **_given(case, b.id)) for b in state.world.brokers)
        state.world = replace(state.world, brokers=tuple(brokers))
    for name, wage in case.wage_usd.items():
        place, sector = name.split()
        state.outlook.wage[:, places(place), sectors(sector)] = wage
    people = state.outlook.population.copy()
    for code, years in case.population.items():
        for year, number in years.items():
            people[year - state.outlook.first, state.country(code)] = number
    state.outlook = replace(state.outlook, population=people)
    for code, persons in case.housing.items():
        state.rules.base["housing"][places(code)] = persons
    state.rules.base["open_work"][:] = 0
    for host, nations in case.channels.items():
        state.rules.base["open_work"][state.country(host), [state.country(n) for n in nations]] = 1
    state.memory["units"] = np.ones((state.hosts, state.nations), np.int64)


def _given(case: Case, broker: str) -> dict[str, Any]:
    return case.brokers[broker].model_dump(exclude_none=True) if broker in case.brokers else {}


def employer(state: State, name: str) -> int:
    """The employer of a place and sector, such as `RUS-Primorye F`."""
    e = state.employers
    place, sector = name.split()
    here = (e.place == state.world.place_index(place)) & (e.sector == state.world.sector_index(sector))
    assert here.any(), f"nobody employs foreigners in {name}"
    return int(here.argmax())


def _set_people(state: State, case: Case) -> dict[str, range]:
    """Replace everybody by the people of the case."""
    heads = [_head(state, case, name, k) for name, some in case.people.items() for k in range(some.number)]
    columns = {column: np.array([head[column] for head in heads], kind) for column, kind in GIVEN.items()}
    state.ledger.pay(Account.WORKERS, Account.ENDOWMENT, state.fortune())
    state.inhabit(
        Columns(columns, state.people.host_of, state.nations, len(state.world.sectors), len(state.employers))
    )  # fmt: skip
    state.ledger.pay(Account.ENDOWMENT, Account.WORKERS, state.fortune())
    ends = np.cumsum([0, *(some.number for some in case.people.values())])
    return {name: range(ends[n], ends[n + 1]) for n, name in enumerate(case.people)}


def _head(state: State, case: Case, name: str, k: int) -> dict[str, Any]:
    """The columns of the k-th of some alike people."""
    some, world = case.people[name], state.world
    g = next(g for g, group in enumerate(world.groups) if group.id == some.group)
    group = world.groups[g]
    sectors = group.sectors or ((world.sectors[-1].code, 1.0),)
    sector, home = some.sector or sectors[0][0], world.place_index(some.home or group.home[0][0])
    works = some.employed if some.employed is not None else some.status == "worker"
    head = dict.fromkeys(GIVEN, 0) | dict.fromkeys(("employer", "channel", "plan", "plan_host"), -1)
    return head | _plan(state, some) | {
        "id": key("person", name, k), "weight": some.persons_each, "group": g,
        "nation": world.nation_of_group[g], "sex": some.woman, "skilled": some.skilled,
        "born": -some.age * state.calendar.per_year, "sector": world.sector_index(sector), "home": home,
        "place": world.place_index(some.at) if some.at else home, "status": Status[some.status.upper()],
        "end": case.month(some.ends) if some.ends else NEVER, "since": -1,
        "employer": employer(state, f"{some.at} {sector}") if works else -1,
        "registered": some.registered, "savings": round(some.savings_usd * 100), "debt": round(some.debt_usd * 100),
        "owed": round(some.owed_usd * 100), "held": 1 + state.country(some.held_in) if some.held_in else 0,
    }  # fmt: skip


def _plan(state: State, some: People) -> dict[str, int]:
    way = some.channel or CAME_BY.get(some.status)
    out = {"channel": int(Channel[way.upper()])} if way else {}
    if some.candidate_for:
        out |= {"plan": int(Channel.CONTRACT), "plan_host": state.country(some.candidate_for)}
    return out


def ask(state: State, name: str, request: Request) -> None:
    """Open the requests of a name at the beginning of the month."""
    ids = np.array([key("request", name, k) for k in range(request.number)], np.uint64)
    nation = state.country(request.nationality)
    state.requests.open(state.t, ids, employer(state, request.employer), nation, request.persons_each)
