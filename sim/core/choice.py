"""Choice: the nested logit of SPEC §5 over hosts and channels, thinned exactly.

V = beta·clip(m, ±M) − gamma·danger + tau·ln(1 + compatriots) + kappa + alpha, one nest per host, V(stay) = 0. Age thins
the moments of reconsidering.
"""

import math
from typing import Any

import numpy as np

from sim.core.chance import SLACK, pair, race, uniform
from sim.core.kernel import kernel
from sim.core.moments import near
from sim.core.words import Channel

CLOSED = -1e300
STAY: Any = np.int64(-1)  # a literal would be a type of its own, and kernels compiled for it again
NONE = -1
CONTRACT, SMUGGLER, ASYLUM = (int(x) for x in (Channel.CONTRACT, Channel.SMUGGLER, Channel.ASYLUM))  # for kernels


@kernel
def fees(cell, broker, nation, agency_fee, fee, asked):
    """Fill in what is asked this month in each cell [which, (kind, host, channel)]: asked [kind, host, channel, USD].

    For a contract a public agency's agency_fee [host, nation] where there is one, else the fee of the cell's broker.
    """
    for n in range(broker.size):
        k, h, c = cell[n]
        public = agency_fee[h, nation[k]] if c == CONTRACT else -1.0
        asked[k, h, c] = fee[broker[n]] if public < 0.0 else public


@kernel
def names(cell, broker, nation, agency_fee, bad_name, gamma, weight, out):
    """Take from V, out [kind, host, channel], what the broker's bad name weighs in each cell, as in `fees`."""
    for n in range(broker.size):
        k, h, c = cell[n]
        if c != CONTRACT or agency_fee[h, nation[k]] < 0.0:
            out[k, h, c] -= gamma[k] * weight * bad_name[broker[n]]


@kernel
def values(hosts, wage, skill, living, net_of, income, asked, lent, fare, danger, ties, kappa, alpha, usable, hears,
           nation, group, sector, months, beta, gamma, tau, most, interest, out, upfront):  # fmt: skip
    """Fill out [kind, host, channel], CLOSED before, with V for the hosts of each kind, or CLOSED where an alternative
    is not in its set; and what each takes upfront [USD], fare + asked · (1 − lent).

    wage [nation, host, sector] believed USD a month, skill [kind] factor on it, net_of [channel] share of it earned
    there, living [host] USD a month, income [kind] USD a month at home, asked [USD] and lent [share] by [kind, host,
    channel], fare [group, host] USD, danger [nation, host, channel] believed, kappa [channel], gamma [kind], ties
    [nation, host] persons, alpha [group, host], usable [kind, host, channel], hears [host]: whether it hears claims of
    asylum, months: discounted months abroad.
    """
    for k in range(out.shape[0]):
        n, g, s = nation[k], group[k], sector[k]
        for h in hosts[k]:
            if h == NONE:
                break
            company = tau * math.log(1.0 + ties[n, h])
            for c in range(out.shape[2]):
                upfront[k, h, c] = asked[k, h, c] * (1.0 - lent[k, h, c]) + fare[g, h]
                is_open = usable[k, h, c] and (hears[h] or c != ASYLUM)
                if not is_open or not math.isfinite(upfront[k, h, c]):
                    out[k, h, c] = CLOSED
                    continue
                fee = asked[k, h, c] + fare[g, h]
                gain = months * (wage[n, h, s] * skill[k] * net_of[c] - living[h]) - fee * (1.0 + interest)
                m = min(max(gain / (12.0 * income[k]), -most), most)
                out[k, h, c] = beta * m - gamma[k] * danger[n, h, c] + company + kappa[c] + alpha[g, h]


@kernel
def may(value, upfront, h, c, purse, bar, shut):
    """Whether somebody may choose channel c of host h, given its value and what it takes upfront.

    The purse affords it; host `bar` closes its lawful channels, and in host `shut` contracts are closed.
    """
    if value == CLOSED or upfront > purse:
        return False
    return not (h == bar and c != SMUGGLER and c != ASYLUM) and not (h == shut and c == CONTRACT)


@kernel
def nest(value, k, h, scale, bits):
    """ln Σ exp(V/scale) over some channels of a host; CLOSED if there is none."""
    top = CLOSED
    for c in range(value.shape[2]):
        if bits >> c & 1:
            top = max(top, value[k, h, c])
    if top == CLOSED:
        return CLOSED
    total = 0.0
    for c in range(value.shape[2]):
        if bits >> c & 1:
            total += math.exp((value[k, h, c] - top) / scale)
    return top / scale + math.log(total)


@kernel
def paces(value, hosts, upfront, scale, drive, pull, dearest):
    """How fast alternatives run in the races of those of a kind who can pay for all of them, 0 for those closed.

    drive [with contracts or without, kind, host]: exp(scale · nest); pull [kind, host, channel]: exp(V/scale), the best
    of a host being 1. dearest [kind, host]: the most that a channel there takes upfront.
    """
    for k in range(value.shape[0]):
        for h in hosts[k]:
            if h == NONE:
                break
            top, dear, total, others, bits = CLOSED, 0.0, 0.0, 0.0, 0
            for c in range(value.shape[2]):
                top = max(top, value[k, h, c])
            for c in range(value.shape[2]):
                if value[k, h, c] == CLOSED:
                    pull[k, h, c] = 0.0
                    continue
                pull[k, h, c] = math.exp((value[k, h, c] - top) / scale)
                dear = max(dear, upfront[k, h, c])
                total += pull[k, h, c]
                others += pull[k, h, c] if c != CONTRACT else 0.0
                bits |= int(c != CONTRACT) << c
            dearest[k, h] = dear
            drive[0, k, h] = pace(top / scale + math.log(total), scale) if total > 0.0 else 0.0
            if pull[k, h, CONTRACT] == 0.0:
                drive[1, k, h] = drive[0, k, h]
            elif value[k, h, CONTRACT] == top:
                drive[1, k, h] = pace(nest(value, k, h, scale, bits), scale)
            else:
                drive[1, k, h] = pace(top / scale + math.log(others), scale)


@kernel
def pace(inside, scale):
    """exp(scale · nest), 0 for a host without alternatives."""
    return math.exp(scale * inside) if inside > CLOSED else 0.0


@kernel
def drives(kinds, purses, bars, shuts, value, hosts, upfront, scale, drive, dearest):
    """How each host of their kind draws people, own [person, which of the kind's hosts], and the chance that each
    leaves at a moment of reconsidering; kinds, purses [USD], bars, shuts [host, contracts closed]: one a person.

    Who can pay for all of a host is looked up in `drive`. Of the others most may choose the same channels [bits] as the
    last one of their kind; nothing draws those who may choose none.
    """
    own, p = np.zeros((kinds.size, hosts.shape[1])), np.empty(kinds.size)
    last, known = np.zeros(dearest.shape, np.int64), np.zeros(dearest.shape)
    for n in range(kinds.size):
        k, total = kinds[n], 0.0
        for j in range(hosts.shape[1]):
            h = hosts[k, j]
            if h == NONE:
                break
            if h != bars[n] and purses[n] >= dearest[k, h]:
                own[n, j] = drive[1 if h == shuts[n] else 0, k, h]
            else:
                bits = 0
                for c in range(value.shape[2]):
                    bits |= int(may(value[k, h, c], upfront[k, h, c], h, c, purses[n], bars[n], shuts[n])) << c
                if bits != last[k, h]:
                    last[k, h], known[k, h] = bits, pace(nest(value, k, h, scale, bits), scale)
                own[n, j] = known[k, h]
            total += own[n, j]
        p[n] = total / (1.0 + total)
    return own, p


@kernel
def bounds(drive, hosts, out):
    """The most that anyone of each kind can want to leave, who can pay for all: drive [with contracts, kind, host]."""
    for k in range(hosts.shape[0]):
        total = 0.0
        for h in hosts[k]:
            if h == NONE:
                break
            total += drive[0, k, h]
        out[k] = total / (1.0 + total) * SLACK


@kernel
def destinations(goes, ids, kinds, purses, bars, shuts, own, value, hosts, upfront, pull, nests, ways):
    """Host and channel of each mover, those at `goes` among some people: who comes first in a race, first of nests,
    then within; own: see `drives`.

    That is the largest of value and Gumbel noise. The noise belongs to person and alternative, so closing a host moves
    only those who chose it.
    """
    host, channel = np.full(goes.size, STAY, np.int8), np.full(goes.size, STAY, np.int8)
    for m in range(goes.size):
        n = goes[m]
        who, k = ids[n], kinds[n]
        best, first = STAY, np.inf
        for j in range(hosts.shape[1]):
            h = hosts[k, j]
            if h == NONE:
                break
            when = race(nests, pair(who, h), own[n, j], first)
            if when < first:
                best, first = h, when
        host[m], first = best, np.inf
        if best == STAY:
            continue
        for c in range(value.shape[2]):
            if may(value[k, best, c], upfront[k, best, c], best, c, purses[n], bars[n], shuts[n]):
                when = race(ways, pair(who, best * value.shape[2] + c), pull[k, best, c], first)
                if when < first:
                    channel[m], first = c, when
    return host, channel


@kernel
def decide(ids, runs, kind, group, status, plan, born, savings, banned_host, banned_until, now, value, hosts,
           upfront, drive, pull, dearest, credit, p_clock, eager, bound, scale, moment, nests, ways):  # fmt: skip
    """Who at home without a plan chooses to leave now, host and channel of each, and how many were weighed.

    runs, group: see `near`; hosts [kind, which]: those in its set, NONE after the last; upfront [kind, host, channel]
    and savings in USD and US cents; drive, pull, dearest: see `paces`. Who is banned until after step `now` finds the
    host's lawful channels closed; eager [age in steps], at most 1, is how often people of that age reconsider, against
    p_clock. Raises if the bound is not one.
    """
    rows, found = near(ids, runs, kind, group, status, plan, born, now, p_clock, eager, bound, moment), 0
    weighed = rows.size
    who, kinds, purses, bars = looked_up(rows, ids, kind, savings, banned_host, banned_until, now, credit)
    shuts, goes = np.full(weighed, STAY), np.empty(weighed, np.int32)
    own, p = drives(kinds, purses, bars, shuts, value, hosts, upfront, scale, drive, dearest)
    for n in range(weighed):
        if p[n] > bound[kinds[n]]:
            raise ValueError("the bound of thinning lies below a person's chance")
        i = rows[n]
        often = p_clock * eager[now - born[i]]
        rows[found], goes[found] = i, n
        found += uniform(moment, who[n]) < often * p[n]
    host, channel = destinations(
        goes[:found], who, kinds, purses, bars, shuts, own, value, hosts, upfront, pull, nests, ways
    )
    return rows[:found], host, channel, weighed


@kernel
def looked_up(rows, ids, kind, savings, banned_host, banned_until, now, credit):
    """Id, kind, purse [USD] and barring host, or STAY, of each of `rows`: read at once, so that none waits for others
    to decide."""
    who, kinds = np.empty(rows.size, np.uint64), np.empty(rows.size, np.int64)
    purses, bars = np.empty(rows.size), np.full(rows.size, STAY)
    for n in range(rows.size):
        i = rows[n]
        who[n], kinds[n], purses[n] = ids[i], kind[i], savings[i] / 100.0 + credit
        if banned_until[i] > now:
            bars[n] = banned_host[i]
    return who, kinds, purses, bars


@kernel
def decide_again(rows, ids, kind, savings, banned_host, banned_until, now, value, hosts, upfront, drive, pull,
                 dearest, credit, shut, scale, moment, nests, ways):  # fmt: skip
    """As `decide`, at once for each of `rows`, and with contracts closed in one host each, `shut`: host and channel, or
    STAY."""
    host, channel = np.full(rows.size, STAY, np.int8), np.full(rows.size, STAY, np.int8)
    who, kinds, purses, bars = looked_up(rows, ids, kind, savings, banned_host, banned_until, now, credit)
    own, p = drives(kinds, purses, bars, shut, value, hosts, upfront, scale, drive, dearest)
    goes, found = np.empty(rows.size, np.int32), 0
    for n in range(rows.size):
        goes[found] = n
        found += uniform(moment, who[n]) < p[n]
    to, way = destinations(goes[:found], who, kinds, purses, bars, shut, own, value, hosts, upfront, pull, nests, ways)
    for m in range(found):
        host[goes[m]], channel[goes[m]] = to[m], way[m]
    return host, channel
