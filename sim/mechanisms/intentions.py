"""Intentions: people at home whose moment of reconsidering has come weigh hosts and channels (SPEC §5).

DPRK programme members do not choose; they are selected (`recruitment`). Trips are not weighed either: visitors travel at
the rate that Table 3 documents, in their season. Known gap: people abroad do not reconsider.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import present, stream, uniforms
from sim.core.choice import CLOSED, STAY, bounds, decide, values
from sim.core.departures import Departure, set_out, towards
from sim.core.kernel import kernel
from sim.core.people import Rows
from sim.core.population import factored
from sim.core.state import State
from sim.core.words import NOWHERE, Channel, Purpose, Status

MOMENT, NESTS, WAYS = (stream(f"intentions {x}") for x in ("moment", "nests", "ways"))
TRIP = stream("intentions trip")
ROUNDS = 40


@dataclass
class Alternatives:
    """What each kind may choose from; fee and upfront [kind, host, channel] in USD."""

    usable: NDArray[np.bool_]
    fee: NDArray[np.float64]
    loan: NDArray[np.float64]
    alpha: NDArray[np.float64]  # [group, host]
    home: NDArray[np.int64]  # place of each group


def step(state: State) -> None:
    """Those who decide for a contract become candidates; the others set out this month."""
    options = _alternatives(state)
    value, upfront = _values(state, options)
    bound = np.empty(len(value))
    scale = state.params["nest_scale"]
    bounds(value, upfront, scale, bound)
    state.memory["choice"] = (value, upfront)
    c = state.people.cols
    home = state.people.who(Status.HOME)
    home = home[(c.plan[home] < 0) & ~state.programme[c.group[home]]]
    host, channel = decide(
        home, c.id, c.kind, c.savings, value, upfront, state.params["credit_usd"], p_clock(state), bound, scale,
        state.luck(MOMENT), state.luck(NESTS), state.luck(WAYS),
    )  # fmt: skip
    gone = channel != STAY
    set_out(state, home[gone], host[gone], channel[gone])
    _trips(state)


def p_clock(state: State) -> float:
    """Chance that a person reconsiders in a step."""
    return 1 - math.exp(-state.params["reconsider_rate"] * state.calendar.years_per_step)


def _trips(state: State) -> None:
    """Visitors and traders leave for the month at their yearly rate, more in summer (S155)."""
    groups, c = state.world.groups, state.people.cols
    rate = np.array([trips_a_month(state, g) for g in range(len(groups))])
    state.memory["trips"] = rate
    home = state.people.who(Status.HOME)
    home = home[(rate[c.group[home]] > 0) & (c.plan[home] < 0)]
    with np.errstate(over="ignore"):
        going = home[uniforms(state.luck(TRIP), c.id[home]) < rate[c.group[home]]]
    place = np.full(going.size, NOWHERE, np.int16)
    for g in present(c.group[going]):
        mine = np.flatnonzero(c.group[going] == g)
        place[mine] = _destinations(state, going[mine], int(g))
    going, place = going[place >= 0], place[place >= 0]
    state.departures.append(Departure(going, place, Channel.VISIT, np.full(going.size, -1, np.int16), Purpose.PRIVATE))


def _destinations(state: State, rows: Rows, g: int) -> NDArray[np.int16]:
    """Regions that members of group g visit: the host by the group's shares, the region by gravity; NOWHERE if none."""
    shares = np.zeros(len(state.world.places))
    for code, share in state.world.groups[g].trip_hosts:
        pull = _gravity(state, int(_alternatives(state).home[g]), state.country(code))
        shares += share * pull / max(pull.sum(), 1e-300)
    return towards(state, rows, shares) if shares.any() else np.full(rows.size, NOWHERE, np.int16)


def trips_a_month(state: State, g: int) -> float:
    """Trips of a member of group g in this step: the documented yearly rate × growth × season."""
    group, p = state.world.groups[g], state.params
    years = min(state.t / state.calendar.per_year, p["trip_growth_years"])
    growth = math.pow(1 + p["trip_growth"], years)
    summer = 1 - p["trip_summer"] * math.cos(2 * math.pi * (state.calendar.month(state.t) - 0.5) / 12)
    return float(group.trips_per_year * p["trip_rate"] * state.calendar.years_per_step * growth * summer)


def _gravity(state: State, home: int, host: int) -> NDArray[np.float64]:
    """Pull of each region of a host: population × exp(−cost / scale); none where no way is open."""
    cost = state.ways().cost[home]
    out = np.zeros(len(state.world.places))
    for p in np.flatnonzero(state.people.host_of == host):
        if math.isfinite(cost[p]):
            out[p] = state.world.places[p].population * math.exp(-cost[p] / state.params["gravity_usd"])
    return out


def _values(state: State, options: Alternatives) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """V and the money needed up front [kind, host, channel]."""
    p, kinds = state.params, state.kinds
    travel = _travel(state, options)[kinds.group][:, :, None]
    fee = options.fee + travel
    upfront = options.fee * (1 - options.loan) + travel
    out = np.empty(fee.shape)
    wage = state.memory["belief"]
    living = p["living_share"] * np.array(
        [state.memory["wage_usd"][h].mean() for h in range(state.hosts)]
    )  # fmt: skip
    values(
        wage, living, _net_of(p), np.maximum(state.memory["income_usd"], 1.0), upfront, fee, _danger(p),
        state.abroad(), _kappa(p), options.alpha, options.usable, state.world.nation_of_group[kinds.group],
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


def _travel(state: State, options: Alternatives) -> NDArray[np.float64]:
    """Cost of the cheapest way from each group's home to a region where its host has posts [group, host, USD]."""
    cost = state.ways().cost
    out = np.full((len(state.world.groups), state.hosts), np.inf)
    for h in range(state.hosts):
        places = np.flatnonzero(state.goals[h])
        if places.size:
            out[:, h] = cost[np.ix_(options.home, places)].min(1)
    return out


def _alternatives(state: State) -> Alternatives:
    """Made once: channels, brokers' fees, and the constants alpha by one inversion on the initial stocks."""
    if "alternatives" not in state.memory:
        options = _open_alternatives(state)
        state.memory["alternatives"] = options
        options.alpha = invert(state, options)
    options = state.memory["alternatives"]
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
    home = np.array([state.world.place_index(max(g.home, key=lambda x: x[1])[0]) for g in state.world.groups])
    return Alternatives(usable, fee, loan, np.zeros((len(state.world.groups), state.hosts)), home)


def _fee(state: State, group: Any, host: int, way: Channel) -> tuple[float, float]:
    """Fee [USD] and share lent by the broker of this nationality, host and channel; none asks nothing."""
    kind = {Channel.CONTRACT: "licensed", Channel.SMUGGLER: "smuggler"}.get(way)
    for broker in state.world.brokers:
        if broker.kind == kind and broker.nationality == group.nationality:
            if state.world.countries[host].code in broker.hosts:
                return factored(broker.fee_usd, broker.source, state.params), broker.loan_share
    return 0.0, 0.0


def invert(state: State, options: Alternatives) -> NDArray[np.float64]:
    """alpha [group, host] such that at the start at least as many leave for each host as leave it (SPEC §5).

    The initial stocks are spent on this, by channel: alpha is the least that replaces each channel's outflow, since
    contracts are rationed by posts besides. Groups of one nationality with the same hosts and channels are one
    community and share alpha. Hosts where a community had nobody count as half a head.
    """
    community = _communities(state)
    goal, home = _wanted_flow(state, community), _at_home(state)
    for _ in range(ROUNDS):
        value, _ = _values(state, options)
        flow = np.zeros(value.shape)
        expected(value, state.params["nest_scale"], flow)
        leaving = np.zeros(goal.shape)
        np.add.at(leaving, community[state.kinds.group], flow * home[:, None, None] * p_clock(state))
        raise_alpha(options.alpha, community, goal, leaving)
    return options.alpha


@kernel
def raise_alpha(alpha, community, goal, leaving):
    """Move alpha [group, host] by the largest ln(goal / leaving) of a host's channels [community, host, channel]."""
    for g in range(alpha.shape[0]):
        for h in range(alpha.shape[1]):
            most = -3.0
            for c in range(goal.shape[2]):
                if goal[community[g], h, c] > 0.0 and leaving[community[g], h, c] > 0.0:
                    most = max(most, math.log(goal[community[g], h, c] / leaving[community[g], h, c]))
            if leaving[community[g], h].any():
                alpha[g, h] += min(most, 3.0)


def _communities(state: State) -> NDArray[np.intp]:
    """For each group the first group that shares its nationality, hosts and channels."""
    signs = [(g.nationality, g.hosts, g.channels, g.is_programme) for g in state.world.groups]
    return np.array([signs.index(sign) for sign in signs])


def _at_home(state: State) -> NDArray[np.int64]:
    """Persons at home by kind."""
    c = state.people.cols
    home = state.people.who(Status.HOME)
    return np.bincount(c.kind[home], weights=c.weight[home], minlength=len(state.kinds.group))


def _wanted_flow(state: State, community: NDArray[np.intp]) -> NDArray[np.float64]:
    """Departures a step that would keep the initial stocks [community, host, channel, persons]; for contracts a queue."""
    c, groups = state.people.cols, len(state.world.groups)
    weight = np.zeros(groups)
    weight[c.group] = c.weight
    stock = np.zeros((groups, state.hosts, len(Channel)))
    away = np.flatnonzero(np.isin(c.status, (Status.WORKER, Status.OVERSTAYER, Status.IRREGULAR)))
    at = community[c.group[away]], state.people.host_of[c.place[away]], c.channel[away]
    np.add.at(stock, at, c.weight[away])
    nobody = stock.sum(2) == 0
    stock[nobody] = weight[np.nonzero(nobody)[0], None] / 2 / len(Channel)
    stock[:, :, Channel.CONTRACT] *= state.params["contract_queue"]
    return stock * state.params["exit_rate"] * state.calendar.years_per_step


@kernel
def expected(value, scale, out):
    """Chance of each alternative [kind, host, channel] at a moment of reconsidering, if everything is affordable."""
    for k in range(value.shape[0]):
        total = 0.0
        for h in range(value.shape[1]):
            top = CLOSED
            for c in range(value.shape[2]):
                top = max(top, value[k, h, c])
            if top == CLOSED:
                continue
            inside = 0.0
            for c in range(value.shape[2]):
                if value[k, h, c] > CLOSED:
                    out[k, h, c] = math.exp((value[k, h, c] - top) / scale)
                    inside += out[k, h, c]
            of_host = math.exp(top + scale * math.log(inside))
            total += of_host
            for c in range(value.shape[2]):
                out[k, h, c] *= of_host / inside
        for h in range(value.shape[1]):
            for c in range(value.shape[2]):
                out[k, h, c] /= 1.0 + total
