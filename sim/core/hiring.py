"""Hiring: who gets which post, where people are served one after the other and room and brokers' capacity run out."""

import math

import numpy as np

from sim.core.chance import pair, uniform
from sim.core.kernel import kernel
from sim.core.people import AT_HOME
from sim.core.words import Channel

CONTRACT = int(Channel.CONTRACT)  # for kernels


@kernel
def quickest(who, weight, nation, start, end, employer, size, ids_of, room, luck):
    """Of the employers from start to end with room [employer, nation] for the whole weight, the first in a race and its
    time: each is drawn in proportion to its size (exponential times). -1 where none has room."""
    best, first = -1, np.inf
    for j in range(start, end):
        e = employer[j]
        if room[e, nation] < weight or size[e] <= 0.0:
            continue
        wait = -math.log(1.0 - uniform(luck, pair(who, ids_of[e]))) / size[e]
        if wait < first:
            best, first = e, wait
    return best, first


@kernel
def place(rows, cols, now, serves, table, usual, start, employer, size, ids_of, room, capacity, cost, sectors, site,
          which):  # fmt: skip
    """Employer and broker for each of `rows`, served in this order, or -1; room [employer, nation] and capacity
    [broker] fall in place.

    Each goes to the host of the plan, or to those which the programme serves [group, host]; not to one that bars them.
    Brokers bring them, table [group, host, which], of two one drawn in proportion to its `usual` capacity; -1 is none.
    cost [host, nation]: capacity that bringing one person takes. start [host × sector + 1], employer, size: see
    `recruitment.Sites`; site, which: luck of the race of employers, and of the draw of a broker.
    """
    out, by = np.full(rows.size, -1, np.int16), np.full(rows.size, -1, np.int16)
    for n in range(rows.size):
        i = rows[n]
        g, k, weight = cols.group[i], cols.nation[i], cols.weight[i]
        best, first, effort = -1, np.inf, 0.0
        for h in range(serves.shape[1]):
            goes = cols.plan_host[i] == h if cols.plan[i] == CONTRACT else serves[g, h]
            if not goes or (cols.banned_until[i] > now and cols.banned_host[i] == h):
                continue
            broker, other = table[g, h, 0], table[g, h, 1]
            if other >= 0 and uniform(which, cols.id[i]) < usual[other] / max(usual[broker] + usual[other], 1e-9):
                broker = other
            if broker < 0 or capacity[broker] < weight * cost[h, k]:
                continue
            cell = h * sectors + int(cols.sector[i])  # wider than a code of sectors, compiled or not
            e, wait = quickest(
                cols.id[i], weight, k, start[cell], start[cell + 1], employer, size, ids_of, room, site
            )  # fmt: skip
            if wait < first:
                best, first, by[n], effort = e, wait, broker, cost[h, k]
        if best >= 0:
            out[n] = best
            room[best, k] -= weight
            capacity[by[n]] -= weight * effort
    return out, by


@kernel
def find_work(rows, cols, host_of, start, employer, size, ids_of, left, sectors, luck):
    """The employer without papers in the same host and sector for each of `rows`, in this order, or -1; left [employer,
    1] falls in place."""
    out = np.full(rows.size, -1, np.int16)
    for n in range(rows.size):
        i = rows[n]
        cell = int(host_of[cols.place[i]]) * sectors + int(cols.sector[i])
        e, _ = quickest(
            cols.id[i], cols.weight[i], 0, start[cell], start[cell + 1], employer, size, ids_of, left, luck
        )  # fmt: skip
        if e >= 0:
            out[n] = e
            left[e, 0] -= cols.weight[i]
    return out


@kernel
def jobless(rows, cols, host_of, most):
    """Those of `rows` without work whom nobody holds, and for whom some employer of their host and sector has room:
    most [host, sector]. Victims work for those who hold them."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        if cols.employer[i] < 0 and cols.held[i] <= 0:
            out[n] = i
            n += most[host_of[cols.place[i]], cols.sector[i]] >= cols.weight[i]
    return out[:n]


@kernel
def drawn(rows, cols, luck, low, high):
    """Those of `rows` at home whose draw lies between low and high."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        if cols.status[i] == AT_HOME:
            u = uniform(luck, cols.id[i])
            out[n] = i
            n += low <= u and u < high
    return out[:n]
