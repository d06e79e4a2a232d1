"""Attitudes: how the public of each host comes to feel about foreigners (docs/odd.md 5.14).

Once a year the index moves towards tanh(contact · ΔC − competition · T − irregularity · ΔK + what campaigns add):

- C = ln(1 + lawful residents per thousand inhabitants), whom people meet (those whom a state dispatched live apart);
- T = ln(1 + foreigners at work per thousand inhabitants) × the share by which posts fell in the year, for numbers
  threaten where work is short (S165);
- K: people whom inspectors found, per foreign resident and year.

Δ is the difference from the run's first year, so that rates of inspection hold at attitude 0. Unwelcoming treatment and
its remedy, a campaign, are told of (S164), never measured: all weights are priors.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.attitude import attitude
from sim.core.state import State
from sim.core.words import Status

LAWFUL = (Status.WORKER, Status.REFUGEE, Status.SETTLED, Status.STUDENT)
THOUSAND = 1000
Host = NDArray[np.float64]


@dataclass
class Public:
    """What the public saw [host]: this year's sums, posts of the last year [posts × steps], C and K of the first."""

    found: Host
    posts: Host
    last_posts: Host | None = None
    first_contact: Host | None = None
    first_found: Host | None = None


def step(state: State) -> None:
    """Look, and at the end of a year of the run feel."""
    seen: Public = state.memory.setdefault("public", Public(np.zeros(state.hosts), np.zeros(state.hosts)))
    e = state.employers
    seen.found += state.ledger.tally("found").sum(1)
    seen.posts += np.bincount(e.host, e.posts + e.informal, state.hosts)
    if (state.t + 1) % state.calendar.per_year == 0:
        _end_of_year(state, seen)


def _end_of_year(state: State, seen: Public) -> None:
    """The first year is what later ones are compared with."""
    citizens = state.people.by_host()[Status.CITIZEN].sum((1, 2))
    foreign, people = state.abroad().sum(0) - citizens, _inhabitants(state)
    contact, found = noticed(_lawful(state) / people), seen.found / np.maximum(foreign, 1)
    if seen.last_posts is None or seen.first_contact is None or seen.first_found is None:
        seen.first_contact, seen.first_found = contact, found
    else:
        shrunk = np.maximum(0, 1 - seen.posts / np.maximum(seen.last_posts, 1))
        threat = noticed(_at_work(state) / people) * shrunk
        drive = _drive(state, contact - seen.first_contact, threat, found - seen.first_found)
        state.memory["attitude"] = moved(attitude(state), drive, state.params["attitude_rate"])
    seen.last_posts = seen.posts
    seen.found, seen.posts = np.zeros(state.hosts), np.zeros(state.hosts)


def _drive(state: State, contact: Host, threat: Host, found: Host) -> Host:
    p = state.params
    felt = p["attitude_contact"] * contact - p["attitude_competition"] * threat - p["attitude_irregularity"] * found
    return np.asarray(felt + state.rules.tables["welcome"])


def noticed(share: Host) -> Host:
    """How far a share of the inhabitants is noticed, ln(1 + per thousand): few hardly, many less than their number."""
    return np.array([math.log(1 + THOUSAND * x) for x in share])


def moved(index: Host, drive: Host, rate: float) -> Host:
    """A year on: a += (1 − exp(−rate)) (tanh(drive) − a)."""
    share = 1 - math.exp(-rate)
    return np.array([a + share * (math.tanh(x) - a) for a, x in zip(index, drive, strict=True)])


def _inhabitants(state: State) -> Host:
    """The last official population [host]; where there is none, one, and nobody lives there."""
    return np.maximum(state.outlook.official_population(state.calendar.year(state.t)), 1)


def _lawful(state: State) -> Host:
    """Residents with papers who go about freely [host, persons]."""
    people, c = state.people, state.people.cols
    who = people.who(*LAWFUL)
    who = who[~(state.programme[c.group[who]] & (c.employer[who] >= 0))]
    return np.asarray(np.bincount(people.host_of[c.place[who]], c.weight[who], state.hosts), np.float64)


def _at_work(state: State) -> Host:
    """Foreigners who work, with papers or without [host, persons]."""
    return np.asarray(np.bincount(state.employers.host, state.people.staff.sum(0), state.hosts), np.float64)
