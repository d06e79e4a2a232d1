"""Intentions: people at home whose moment of reconsidering has come weigh hosts and channels (SPEC §5).

DPRK programme members do not choose; they are selected (`recruitment`). Trips are not weighed either (`trips`).
Known gap: people abroad do not reconsider.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import stream
from sim.core.choice import STAY, bounds, decide, values
from sim.core.constants import raise_constants
from sim.core.departures import set_out
from sim.core.population import factored
from sim.core.state import State
from sim.core.words import Channel, Status

MOMENT, NESTS, WAYS = (stream(f"intentions {x}") for x in ("moment", "nests", "ways"))
ROUNDS = 40


@dataclass
class Alternatives:
    """What each kind may choose from; fee and upfront [kind, host, channel] in USD."""

    usable: NDArray[np.bool_]
    fee: NDArray[np.float64]
    loan: NDArray[np.float64]
    alpha: NDArray[np.float64]  # [group, host]


def step(state: State) -> None:
    """Those who decide for a contract become candidates; the others set out this month."""
    options = _alternatives(state)
    value, upfront = _values(state, options)
    bound = np.empty(len(value))
    scale = state.params["nest_scale"]
    bounds(value, upfront, scale, bound)
    state.memory["choice"] = (value, upfront)
    c = state.people.cols
    home = np.flatnonzero((c.status == Status.HOME) & (c.plan < 0) & state.choosers).astype(np.int32)
    host, channel = decide(
        home, c.id, c.kind, c.savings, value, upfront, state.params["credit_usd"], p_clock(state), bound, scale,
        state.luck(MOMENT), state.luck(NESTS), state.luck(WAYS),
    )  # fmt: skip
    gone = channel != STAY
    set_out(state, home[gone], host[gone], channel[gone])


def p_clock(state: State) -> float:
    """Chance that a person reconsiders in a step."""
    return state.chance_of(state.params["reconsider_rate"])


def _values(state: State, options: Alternatives) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """V and the money needed up front [kind, host, channel]."""
    p, kinds = state.params, state.kinds
    travel = _travel(state)[kinds.group][:, :, None]
    fee = options.fee + travel
    upfront = options.fee * (1 - options.loan) + travel
    out = np.empty(fee.shape)
    usable = options.usable.copy()
    usable[:, state.rules.tables["claim_open"] == 0, Channel.ASYLUM] = False
    wage = state.memory["belief"]
    living = p["living_share"] * state.memory["wage_usd"].mean(1)
    values(
        wage, living, _net_of(p), np.maximum(state.memory["income_usd"], 1.0), upfront, fee, _danger(p),
        state.abroad(), _kappa(p), options.alpha, usable, state.world.nation_of_group[kinds.group],
        kinds.group, kinds.sector, _discounted(p), p["beta"], p["gamma"], p["tau"], p["most_gain"], p["interest"], out,
    )  # fmt: skip
    return out, upfront


def _net_of(p: dict[str, float]) -> NDArray[np.float64]:
    """Share of the believed wage that each channel earns."""
    return np.array([1.0, 0.0, p["informal_wage"], p["informal_wage"], p["asylum_income"]])


def _danger(p: dict[str, float]) -> NDArray[np.float64]:
    return np.array([p[f"danger_{x}"] for x in ("contract", "visit", "overstay", "smuggler", "asylum")])


def _kappa(p: dict[str, float]) -> NDArray[np.float64]:
    return np.array([0.0, 0.0, p["kappa_overstay"], p["kappa_smuggler"], p["kappa_asylum"]])


def _discounted(p: dict[str, float]) -> float:
    """Months of a stay, each weighed by patience."""
    return sum(math.pow(p["patience"], t) for t in range(1, round(p["horizon_months"]) + 1))


def _travel(state: State) -> NDArray[np.float64]:
    """Cost of the cheapest way from each group's home to a region where its host has posts [group, host, USD]."""
    known = state.memory.setdefault("travel", {})
    ways = state.ways()
    if id(ways) not in known:  # the ways of a month are made once and kept
        known[id(ways)] = _least_fare(state, ways.fare)
    fare: NDArray[np.float64] = known[id(ways)]
    return fare


def _least_fare(state: State, cost: NDArray[np.float64]) -> NDArray[np.float64]:
    out = np.full((len(state.world.groups), state.hosts), np.inf)
    for h in range(state.hosts):
        places = np.flatnonzero(state.goals[h])
        if places.size:
            out[:, h] = cost[np.ix_(state.home_of_group, places)].min(1)
    return out


def _alternatives(state: State) -> Alternatives:
    """Made once: channels, brokers' fees, and the constants alpha by one inversion on the initial stocks."""
    known: Alternatives | None = state.memory.get("alternatives")
    if known is not None:
        return known
    options = state.memory["alternatives"] = _open_alternatives(state)
    for _ in range(ROUNDS):
        raise_constants(state, options.alpha, _values(state, options)[0], p_clock(state))
    return options


def _open_alternatives(state: State) -> Alternatives:
    shape = (len(state.kinds.group), state.hosts, len(Channel))
    usable, fee, loan = np.zeros(shape, bool), np.zeros(shape), np.zeros(shape)
    for g, group in enumerate(state.world.groups):
        rows = state.kinds.group == g
        for h in (state.country(code) for code in group.hosts):
            for name in group.channels:
                if name == "visit" or group.is_programme:
                    continue
                way = Channel[name.upper()]
                usable[rows, h, way] = True
                fee[rows, h, way], loan[rows, h, way] = _fee(state, group, h, way)
    return Alternatives(usable, fee, loan, np.zeros((len(state.world.groups), state.hosts)))


def _fee(state: State, group: Any, host: int, way: Channel) -> tuple[float, float]:
    """Fee [USD] and share lent by the broker of this nationality, host and channel; none asks nothing."""
    kind = {Channel.CONTRACT: "licensed", Channel.SMUGGLER: "smuggler"}.get(way)
    for broker in state.world.brokers:
        serves = broker.kind == kind and broker.nationality == group.nationality
        if serves and state.world.countries[host].code in broker.hosts:
            return factored(broker.fee_usd, broker.source, state.params), broker.loan_share
    return 0.0, 0.0
