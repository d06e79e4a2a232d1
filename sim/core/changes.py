"""Changes: the one function that carries out events, with all that is counted by increments."""

import numpy as np

from sim.core.kernel import kernel
from sim.core.kinds import NATION, SECTOR, SEX, SKILLED
from sim.core.words import NEXT, NO_EMPLOYER, Status

HOME, VISITOR, WORKER = (int(x) for x in (Status.HOME, Status.VISITOR, Status.WORKER))  # from here on they live abroad
NO_PLAN, AHEAD = -1, 64
ONE = np.int64(1)  # with a plain 1 numpy would count these bits in eight


@kernel
def apply(who, event, place, end, employer, now, weight, kind, status, place_of, end_of, employer_of, since, owed,
          extended, breach, registered, plan, traits, host_of, stock, hosts, spots, here, women, skilled, events, staff,
          contracts, lost, moved, found):  # fmt: skip
    """Carry out the n-th event, place (none: it stays), end and employer, or the only one, for row who[n].

    Out: the first n whose arrow does not exist, or -1; statuses left and entered [bits]; whether the rows are in
    order; how many stand now, with the `found` before them, in moved [row, place before, place and event, number]: who
    crossed a border; and a number that only makes the reading ahead. Persons: stock [status, place, nation, sector],
    hosts [status, host, nation, sector], spots [status, place, nation] and here [status, host, nation], all four flat,
    for their cells are counted through; of those who live abroad women [status, host, nation] and skilled [host,
    nation]; events [event, host, nation], staff [formal or not, employer], contracts [employer, nation]. Who leaves an
    employer loses what it owes: lost [host, nation, cents]. traits [kind, trait].
    """
    left, entered, near, last, rises = np.int64(0), np.int64(0), np.int64(0), np.int64(-1), True
    by_event, by_place, by_end, by_employer = event.size > 1, place.size > 1, end.size > 1, employer.size > 1
    places, sectors = np.uint64(host_of.size), np.uint64(stock.size // spots.size)
    countries, nations = np.uint64(events.shape[1]), np.uint64(events.shape[2])
    for n in range(who.size):
        if n % AHEAD == 0:  # memory brings many cells at once where no branch lies between them
            for m in range(n, min(n + AHEAD, who.size)):
                i = np.uint32(who[m])
                before, after = status[i], NEXT[status[i], event[m * by_event]]
                near += weight[i] + place_of[i] + kind[i] + end_of[i]
                if before != after:
                    near += since[i]
                if before == HOME:
                    near += plan[i]
                else:
                    near += employer_of[i]
                    if after != WORKER:
                        near += breach[i]
                    if before == WORKER and after != WORKER:
                        near += owed[i]
                    if after == HOME:
                        near += registered[i]
                        if before != VISITOR:
                            near += extended[i]
        i, e, post = np.uint32(who[n]), event[n * by_event], employer[n * by_employer]
        rises, last = rises and who[n] > last, np.int64(who[n])
        before, was = status[i], place_of[i]
        had = employer_of[i] if before != HOME else np.int16(NO_EMPLOYER)
        to = place[n * by_place] if place.size else was
        after = NEXT[before, e]
        if after < 0:
            return n, left, entered, rises, found, near
        g, h, goal = kind[i], host_of[was], host_of[to]
        w, k, s = np.int64(weight[i]), traits[g, NATION], np.uint64(traits[g, SECTOR])
        events[e, h if before != HOME else goal, k] += w
        if after != before or was != to:
            cell = (np.uint64(before) * places + np.uint64(was)) * nations + np.uint64(k)
            spots[cell] -= w
            stock[cell * sectors + s] -= w
            cell = (np.uint64(after) * places + np.uint64(to)) * nations + np.uint64(k)
            spots[cell] += w
            stock[cell * sectors + s] += w
            cell = (np.uint64(before) * countries + np.uint64(h)) * nations + np.uint64(k)
            here[cell] -= w
            hosts[cell * sectors + s] -= w
            cell = (np.uint64(after) * countries + np.uint64(goal)) * nations + np.uint64(k)
            here[cell] += w
            hosts[cell * sectors + s] += w
            if before >= WORKER:
                women[before, h, k] -= traits[g, SEX] * w
                skilled[h, k] -= traits[g, SKILLED] * w
            if after >= WORKER:
                women[after, goal, k] += traits[g, SEX] * w
                skilled[goal, k] += traits[g, SKILLED] * w
            status[i], place_of[i], since[i] = after, to, now
        if had != post or before != after:
            if had >= 0:
                staff[0 if before == WORKER else 1, had] -= w
                if before == WORKER:
                    contracts[had, k] -= w
            if post >= 0:
                staff[0 if after == WORKER else 1, post] += w
                if after == WORKER:
                    contracts[post, k] += w
        if had != post:
            if had >= 0 and owed[i] > 0:
                lost[h, k] += np.int64(owed[i]) * w
                owed[i] = 0
            employer_of[i] = post
        end_of[i] = end[n * by_end]
        if after != before:
            left |= ONE << before
            entered |= ONE << after
        if before == HOME:
            plan[i] = NO_PLAN
        elif after != WORKER:
            breach[i] = 0
        if after == HOME:
            registered[i] = 0
            if before != VISITOR:  # who never had a contract
                extended[i] = 0
        if h != goal:
            moved[0, found], moved[1, found], moved[2, found], moved[3, found] = i, was, to, e
            found += 1
    return -1, left, entered, rises, found, near


@kernel
def count(status, place, nation, sector, weight, out):
    """Add everybody to out [status, place, nation, sector]."""
    for i in range(weight.size):
        out[status[i], place[i], nation[i], sector[i]] += weight[i]


@kernel
def count_abroad(status, place, kind, weight, traits, host_of, women, skilled):
    """Add women [status, host, nation] and the skilled [host, nation] among those who live abroad, in persons."""
    for i in range(status.size):
        if status[i] >= WORKER:
            g, h = kind[i], host_of[place[i]]
            k, w = traits[g, NATION], np.int64(weight[i])
            women[status[i], h, k] += traits[g, SEX] * w
            skilled[h, k] += traits[g, SKILLED] * w


@kernel
def pool(stock, host_of, out):
    """Add up places by their host: stock [status, place, cell] into out [status, host, cell]."""
    for s in range(stock.shape[0]):
        for p in range(stock.shape[1]):
            h = host_of[p]
            for k in range(stock.shape[2]):
                out[s, h, k] += stock[s, p, k]
