"""The model: the month, and Mesa's agents and collector around the state."""

from collections.abc import Callable, Mapping
from typing import Any

import mesa
import numpy as np

from sim.agents import Broker, Employer, State
from sim.core.kernel import announce
from sim.core.state import State as World
from sim.core.words import Status
from sim.mechanisms import (
    arrears,
    asylum,
    attitudes,
    beliefs,
    brokers,
    cohorts,
    crossings,
    economy,
    enforcement,
    flight,
    intentions,
    journeys,
    offers,
    onward,
    orders,
    outflow,
    permits,
    reception,
    recruitment,
    repatriation,
    residents,
    responses,
    revenue,
    settlement,
    statistics,
    stays,
    trafficking,
    treatment,
    trips,
    work,
)
from sim.scenario import Scenario
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path


class MigrationModel(mesa.Model):
    """One run of a scenario.

    Parameters
    ----------
    scenario : what `load_scenario` returns. world_seed, run_seed : who people are, and what happens to them. params :
    values of the priors; their points if not given. scale : how many times coarser each group is than its own weight,
    or `1:1` for one head a person.
    """

    MONTH: tuple[Callable[[World], None], ...] = (
        offers.step,
        economy.step,
        cohorts.step,
        beliefs.step,
        orders.step,
        settlement.step,
        revenue.step,
        permits.step,
        intentions.step,
        trips.step,
        recruitment.step,
        responses.step,
        trafficking.step,
        journeys.step,
        outflow.step,
        reception.step,
        work.step,
        arrears.step,
        repatriation.step,
        residents.step,
        treatment.step,
        stays.step,
        flight.step,
        enforcement.step,
        asylum.step,
        onward.step,
        brokers.step,
        attitudes.step,
        crossings.step,
        statistics.step,
    )

    def __init__(self, scenario: Scenario, *, world_seed: int = 1, run_seed: int = 1,
                 params: Mapping[str, float] | None = None, scale: float | str = 1):  # fmt: skip
        super().__init__(rng=run_seed)
        announce()
        self.case = scenario  # Mesa has taken the name `scenario`
        known = Priors.load(default_priors_path()).for_world(scenario.world)
        values = dict(params) if params is not None else known.point()
        values |= {name: x.value for name, x in scenario.parameters.items()}
        self.calendar = scenario.calendar
        self.months = self.calendar.steps
        self.state = World(load_world(scenario.world), self.calendar, values, world_seed, run_seed, scale)
        self.series = self.state.series
        idle = {f"sim.mechanisms.{x.mechanism}" for x in self.state.world.left_out}
        self.MONTH = tuple(step for step in self.MONTH if step.__module__ not in idle)
        self._make_agents()
        self.datacollector = mesa.DataCollector(
            model_reporters={"abroad": "abroad", "workers": "workers", "hidden": "hidden"}
        )

    def _make_agents(self) -> None:
        """States, employers and brokers as Mesa agents: views of the columns that the mechanisms work on."""
        self.states = [State(self, code) for code in range(len(self.state.world.countries))]
        self.employers = [Employer(self, row) for row in range(len(self.state.employers))]
        self.brokers = [Broker(self, row) for row in range(len(self.state.world.brokers))]
        # Mesa counts ids in a table of the class, which would keep every model for ever (mesa issue 3179)
        getattr(mesa.Agent, "_ids", {}).pop(self, None)

    def step(self) -> None:
        """One month: the rules of the date, then the mechanisms in their order."""
        state = self.state
        if state.t >= self.months:
            raise RuntimeError(f"the run of {self.case.name!r} is over: it has {self.months} steps")
        state.people.begin(state.t)
        state.ledger.begin()
        with np.errstate(over="ignore"):
            self._write_rules()
            for mechanism in self.MONTH:
                mechanism(state)
        state.t += 1
        self.datacollector.collect(self)

    def run(self) -> None:
        """All steps that are left."""
        while self.state.t < self.months:
            self.step()

    def _write_rules(self) -> None:
        """Every policy in force on the first day of the step writes the rule book anew."""
        rules, today = self.state.rules, self.state.today()
        rules.begin(self.calendar.month(self.state.t))
        rules.write({id_: x for id_, x in self.case.policies.items() if x.active(today.month)}, today)
        rules.end(self.state.t)

    @property
    def abroad(self) -> int:
        """People who live outside their country; visitors, whom the headline `stock` counts too, are left out."""
        return int(self.state.people.here[Status.WORKER :].sum())

    @property
    def workers(self) -> int:
        """People with a work permit in force."""
        return int(self.state.people.here[Status.WORKER].sum())

    @property
    def hidden(self) -> int:
        """People without papers."""
        here = self.state.people.here
        return int(here[Status.OVERSTAYER].sum() + here[Status.IRREGULAR].sum())

    def __repr__(self) -> str:
        day: Any = self.calendar.day(self.state.t)
        return f"MigrationModel({self.case.name!r}, {len(self.state.people):,} heads, {day:%Y-%m})"
