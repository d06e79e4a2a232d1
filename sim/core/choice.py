"""Choice: the nested logit of SPEC §5 over hosts and channels, thinned exactly.

V = beta·clip(m, ±M) − gamma·danger + tau·ln(1 + compatriots) + kappa + alpha, one nest per host, V(stay) = 0. Age thins
the moments of reconsidering.
"""

import math

import numpy as np

from sim.core.chance import gumbel, pair, uniform
from sim.core.kernel import kernel
from sim.core.words import Channel, Status

CLOSED = -1e300
STAY, NONE = -1, -1
SLACK = 1.0 + 1e-9
AT_HOME, SMUGGLER, ASYLUM = int(Status.HOME), int(Channel.SMUGGLER), int(Channel.ASYLUM)  # for kernels


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
            pull = tau * math.log(1.0 + ties[n, h])
            for c in range(out.shape[2]):
                upfront[k, h, c] = asked[k, h, c] * (1.0 - lent[k, h, c]) + fare[g, h]
                is_open = usable[k, h, c] and (hears[h] or c != ASYLUM)
                if not is_open or not math.isfinite(upfront[k, h, c]):
                    out[k, h, c] = CLOSED
                    continue
                fee = asked[k, h, c] + fare[g, h]
                gain = months * (wage[n, h, s] * skill[k] * net_of[c] - living[h]) - fee * (1.0 + interest)
                m = min(max(gain / (12.0 * income[k]), -most), most)
                out[k, h, c] = beta * m - gamma[k] * danger[n, h, c] + pull + kappa[c] + alpha[g, h]


@kernel
def nest(value, upfront, purse, h, scale, shut_h, shut_c):
    """ln Σ exp(V/scale) over a host's channels that the purse affords; CLOSED if there is none."""
    top = CLOSED
    for c in range(value.shape[1]):
        if value[h, c] > top and upfront[h, c] <= purse and not (h == shut_h and c == shut_c):
            top = value[h, c]
    if top == CLOSED:
        return CLOSED
    total = 0.0
    for c in range(value.shape[1]):
        if value[h, c] > CLOSED and upfront[h, c] <= purse and not (h == shut_h and c == shut_c):
            total += math.exp((value[h, c] - top) / scale)
    return top / scale + math.log(total)


@kernel
def p_move(value, hosts, upfront, purse, scale, shut_h, shut_c):
    """Chance of leaving at a moment of reconsidering, value [host, channel] of one kind and the hosts in its set."""
    total = 0.0
    for h in hosts:
        if h == NONE:
            break
        inside = nest(value, upfront, purse, h, scale, shut_h, shut_c)
        if inside > CLOSED:
            total += math.exp(scale * inside)
    return total / (1.0 + total)


@kernel
def bounds(value, hosts, upfront, scale, out):
    """The most that anyone of each kind can want to leave: every alternative affordable."""
    for k in range(value.shape[0]):
        out[k] = p_move(value[k], hosts[k], upfront[k], np.inf, scale, STAY, STAY) * SLACK


@kernel
def destination(value, hosts, upfront, purse, scale, shut_h, shut_c, who, nests, ways):
    """Host and channel of a mover: the largest of value and Gumbel noise, first over nests, then within.

    The noise belongs to person and alternative, so closing a host moves only those who chose it.
    """
    best_h, best = STAY, -np.inf
    for h in hosts:
        if h == NONE:
            break
        inside = nest(value, upfront, purse, h, scale, shut_h, shut_c)
        if inside > CLOSED:
            score = scale * inside + gumbel(nests, pair(who, h))
            if score > best:
                best_h, best = h, score
    best_c, best = STAY, -np.inf
    for c in range(value.shape[1]):
        if best_h < 0 or value[best_h, c] == CLOSED or upfront[best_h, c] > purse:
            continue
        if best_h == shut_h and c == shut_c:
            continue
        score = value[best_h, c] / scale + gumbel(ways, pair(who, best_h * value.shape[1] + c))
        if score > best:
            best_c, best = c, score
    return best_h, best_c


@kernel
def barred(value, h):
    """One kind's values [host, channel] for somebody whom host h bars: its lawful channels are closed."""
    out = value.copy()
    for c in range(out.shape[1]):
        if c != SMUGGLER and c != ASYLUM:
            out[h, c] = CLOSED
    return out


@kernel
def ready(ids, kind, status, plan, limit, moment):
    """Rows of those at home without a plan whose draw lies below the limit of their kind: few, and all who could move.

    The draw comes first: it is cheaper than looking anybody up.
    """
    out, found = np.empty(ids.size, np.int32), 0
    for i in range(ids.size):
        if uniform(moment, ids[i]) < limit[kind[i]] and status[i] == AT_HOME and plan[i] < 0:
            out[found] = i
            found += 1
    return out[:found]


@kernel
def decide(rows, ids, kind, born, savings, banned_host, banned_until, now, value, hosts, upfront, credit, p_clock,
           eager, bound, scale, moment, nests, ways):  # fmt: skip
    """Host and channel chosen by each of `rows`, or STAY, and how many were weighed.

    hosts [kind, which]: those in its set, NONE after the last; upfront [kind, host, channel] and savings in USD and US
    cents; who is banned until after step `now` finds the host's lawful channels closed; eager [age in steps], at most
    1, is how often people of that age reconsider, against p_clock. Raises if the bound is not one.
    """
    host, channel, weighed = np.full(rows.size, STAY, np.int8), np.full(rows.size, STAY, np.int8), 0
    for n in range(rows.size):
        i = rows[n]
        k = kind[i]
        u = uniform(moment, ids[i])
        q = p_clock * eager[now - born[i]]
        if u >= q * bound[k]:
            continue
        purse = savings[i] / 100.0 + credit
        mine = value[k]
        if banned_until[i] > now:
            mine = barred(mine, banned_host[i])
        p = p_move(mine, hosts[k], upfront[k], purse, scale, STAY, STAY)
        weighed += 1
        if p > bound[k]:
            raise ValueError("the bound of thinning lies below a person's chance")
        if u < q * p:
            host[n], channel[n] = destination(mine, hosts[k], upfront[k], purse, scale, STAY, STAY, ids[i], nests, ways)
    return host, channel, weighed


@kernel
def decide_again(rows, ids, kind, savings, banned_host, banned_until, now, value, hosts, upfront, credit, shut_h,
                 shut_c, scale, moment, nests, ways):  # fmt: skip
    """As `decide`, at once and with one alternative [host, channel] closed to each person."""
    host, channel = np.full(rows.size, STAY, np.int8), np.full(rows.size, STAY, np.int8)
    for n in range(rows.size):
        i = rows[n]
        k = kind[i]
        purse = savings[i] / 100.0 + credit
        mine = value[k]
        if banned_until[i] > now:
            mine = barred(mine, banned_host[i])
        if uniform(moment, ids[i]) < p_move(mine, hosts[k], upfront[k], purse, scale, shut_h[n], shut_c):
            host[n], channel[n] = destination(
                mine, hosts[k], upfront[k], purse, scale, shut_h[n], shut_c, ids[i], nests, ways
            )
    return host, channel
