"""Hiring: who gets which post, where people are served one after the other and room and brokers' capacity run out."""

import math

import numpy as np

from sim.core.chance import BY11, SLACK, TO_UNIT, draw, pair, uniform
from sim.core.grown import SPAN, grown
from sim.core.kernel import kernel
from sim.core.people import AT_HOME
from sim.core.turn import in_turn
from sim.core.words import Channel

CONTRACT = int(Channel.CONTRACT)  # for kernels
UNKNOWN, OPEN, SHUT = 0, 1, 2  # whether people who are alike can still find a post


@kernel
def quickest(who, weight, nation, start, end, employer, size, ids_of, room, luck):
    """Of the employers from start to end with room [employer, nation] for the whole weight, the first in a race and its
    time: each is drawn in proportion to its size (exponential times). -1 where none has room."""
    best, first = -1, np.inf
    for j in range(start, end):
        e = employer[j]
        if room[e, nation] < weight or size[e] <= 0.0:
            continue
        u = uniform(luck, pair(who, ids_of[e]))
        if u * (1.0 + 0.5 * u) > first * size[e] * SLACK:  # too late, for this is at most -ln(1 - u)
            continue
        wait = -math.log(1.0 - u) / size[e]
        if wait < first:
            best, first = e, wait
    return best, first


@kernel
def most_room(nation, start, end, employer, room):
    """The most room [employer, nation] that an employer from start to end has."""
    most = 0
    for j in range(start, end):
        most = max(most, room[employer[j], nation])
    return most


@kernel
def queue(rows, ids, kind, status, plan, plan_host, weight, each, banned_host, banned_until, now, group_of, sector_of,
          nation, lightest, programme, selected, could, start, employer, room, key, low, high):  # fmt: skip
    """Those of `rows` at home for whom it is worth looking for a post: row, what they are alike in, key, id, weight and
    the host that bars them now, or -1.

    Members of programmes only if `selected`, and else only others, all of whom wait at home for a contract; draws lie
    between low and high. Alike are people of one kind who wait for the same host: kind × (hosts + 1) + host, or + hosts
    if their programme sends them anywhere. Worth it is where an employer of that host has room [employer, nation] for
    the lightest head of the kind, or where the group and sector could be sent: could [group, sector]. each: weight of
    everybody, or 0 if they differ. Out also: whether alike people may find a post [alike], and whether there was
    anybody whose turn it is not, by `selected`.
    """
    sectors = could.shape[1]
    hosts = (start.size - 1) // sectors
    state = np.zeros(group_of.size * (hosts + 1), np.int8)
    who, alike = np.empty(rows.size, np.int32), np.empty(rows.size, np.int32)
    likely, n, others = 0, 0, False
    for i in rows:
        k = int(kind[i])
        h = int(plan_host[i]) if not selected or plan[i] == CONTRACT else hosts
        a = k * (hosts + 1) + h
        if state[a] == UNKNOWN:
            g, s = group_of[k], int(sector_of[k])
            cell, able = h * sectors + s, False
            if programme[g] != selected:
                others = True
            elif h == hosts:
                able = could[g, s]
            else:
                able = most_room(nation[g], start[cell], start[cell + 1], employer, room) >= lightest[k]
            state[a] = OPEN if able else SHUT
        who[likely], alike[likely] = i, a  # without a branch, which would be guessed wrong often
        likely += state[a] == OPEN
    keys, own = np.empty(likely, np.uint64), np.empty(likely, np.uint64)
    for m in range(likely):
        own[n] = ids[np.uint32(who[m])]
        who[n], alike[n], keys[n] = who[m], alike[m], draw(key, own[n])
        u = np.float64(keys[n] >> BY11) * TO_UNIT
        n += (low <= u) & (u < high) & (not selected or status[np.uint32(who[m])] == AT_HOME)
    weights, bars = np.empty(n, np.int32), np.empty(n, np.int8)
    for m in range(n):  # read here, where rows stand in order, and not in the order of keys
        j = np.uint32(who[m])
        weights[m], bars[m] = each if each > 0 else weight[j], banned_host[j] if banned_until[j] > now else -1
    return who[:n], alike[:n], keys[:n], own[:n], weights, bars, state, others


@kernel
def place(who, alike, keys, own, weights, bars, state, group_of, sector_of, nation, lightest, serves, table, usual,
          start, employer, size, ids_of, room, capacity, cost, site, which):  # fmt: skip
    """Serve a `queue` in the order of its keys: who of them found a post, its employer, and the broker; room [employer,
    nation] and capacity [broker] fall in place.

    Each goes to the host of the plan, or to those which the programme serves [group, host]; not to one that bars them.
    Brokers bring them, table [group, host, which], of two one drawn in proportion to its `usual` capacity; -1 is none.
    cost [host, nation]: capacity that bringing one person takes. start [host × sector + 1], employer, size: see
    `recruitment.Sites`; site, which: luck of the race of employers, and of the draw of a broker. As room and capacity
    only fall, nobody looks for a post where somebody alike and as light found none for want of them.
    """
    out, by, taken, found = np.empty(who.size, np.int16), np.empty(who.size, np.int16), np.empty(who.size, np.int32), 0
    hosts, order = serves.shape[1], in_turn(keys)
    sectors = (start.size - 1) // hosts
    for n in order:
        if state[alike[n]] == SHUT:
            continue
        k, goal, w = alike[n] // (hosts + 1), alike[n] % (hosts + 1), weights[n]
        g = group_of[k]
        m = nation[g]
        best, first, effort, of, hopeless = -1, np.inf, 0.0, -1, w == lightest[k]
        for h in range(0 if goal == hosts else goal, hosts if goal == hosts else goal + 1):
            if goal == hosts and not serves[g, h]:
                continue
            if bars[n] == h:
                hopeless = False
                continue
            broker, other = table[g, h, 0], table[g, h, 1]
            if other >= 0:
                hopeless = False
                if uniform(which, own[n]) < usual[other] / max(usual[broker] + usual[other], 1e-9):
                    broker = other
            if broker < 0 or capacity[broker] < w * cost[h, m]:
                continue
            cell = h * sectors + int(sector_of[k])  # wider than a code of sectors, compiled or not
            e, wait = quickest(own[n], w, m, start[cell], start[cell + 1], employer, size, ids_of, room, site)
            if wait < first:
                best, first, of, effort = e, wait, broker, cost[h, m]
        if best >= 0:
            taken[found], out[found], by[found] = who[n], best, of
            found += 1
            room[best, m] -= w
            capacity[of] -= w * effort
        elif hopeless:
            state[alike[n]] = SHUT
    return taken[:found], out[:found], by[:found]


@kernel
def find_work(lists, ids, place_of, sector, weight, each, posted, held, host_of, sectors, start, employer, size, ids_of,
              left, key, site):  # fmt: skip
    """Who of some lists of rows finds work without papers in their host and sector, and the employer; left falls.

    Those without an employer look for one, in the order of a drawn key; victims work for those who hold them. each:
    weight of everybody, or 0 if they differ; left [employer, 1]: room of each employer; enough [host × sector]: the
    heaviest head that may still find something there.
    """
    enough = np.zeros(start.size - 1, np.int64)
    for cell in range(enough.size):
        enough[cell] = most_room(np.int64(0), start[cell], start[cell + 1], employer, left)
    who, cells, n = np.empty(SPAN, np.int32), np.empty(SPAN, np.int32), 0
    some = np.empty(SPAN, np.int32)
    for rows in lists:
        for begin in range(0, rows.size, SPAN):
            who, cells, idle = grown(who, n, SPAN), grown(cells, n, SPAN), 0
            for i in rows[begin : begin + SPAN]:
                some[idle] = i
                idle += posted[np.uint32(i)] < 0
            for i in some[:idle]:
                who[n], cells[n] = i, int(host_of[place_of[i]]) * sectors + int(sector[i])
                n += enough[cells[n]] > 0
    own, keys, weights, most, n = np.empty(n, np.uint64), np.empty(n, np.uint64), np.empty(n, np.int32), n, 0
    for m in range(most):
        i, cell = who[m], cells[m]
        w = each if each > 0 else np.int64(weight[i])
        who[n], cells[n], own[n], keys[n], weights[n] = i, cell, ids[i], draw(key, ids[i]), w
        n += (held[i] <= 0) & (w <= enough[cell])
    served, taken, found = np.empty(n, np.int32), np.empty(n, np.int16), 0
    for m in in_turn(keys[:n]):
        cell, w = cells[m], weights[m]
        if w > enough[cell]:
            continue
        e, _ = quickest(own[m], w, np.int64(0), start[cell], start[cell + 1], employer, size, ids_of, left, site)
        if e < 0:
            enough[cell] = w - 1
            continue
        served[found], taken[found] = who[m], e
        left[e, 0] -= w
        found += 1
    return served[:found], taken[:found]
