"""Treatment: foreigners at work who are ill-treated, more where the public is hostile, and more without papers.

Ill treatment in the Republic of Korea and of workers without papers is told of, not counted (Akaha 2006). Part of
those who may leave do so, in `stays`. Known gap: neither pay nor the single employer matters.
"""

import numpy as np

from sim.core.attitude import severity
from sim.core.chance import chances, stream, uniform
from sim.core.harm import harmed
from sim.core.kernel import kernel
from sim.core.people import ABROAD, AT_WORK
from sim.core.state import State
from sim.core.witness import Notice
from sim.core.words import Status

STRUCK = stream("treatment struck")
WITH_PERMIT = ABROAD.index(Status.WORKER)
IN_TURN = (ABROAD[:WITH_PERMIT], 1), (ABROAD[WITH_PERMIT : WITH_PERMIT + 1], 0), (ABROAD[WITH_PERMIT + 1 :], 1)


def step(state: State) -> None:
    """Draw who is ill-treated this month, and note the harm.

    rate a year = ill_treatment × severity of the host, × ill_treatment_hidden without a permit.
    """
    people, c, p = state.people, state.people.cols, state.params
    rate = p["ill_treatment"] * severity(state)
    dt = state.calendar.years_per_step
    chance = np.stack([chances(rate, dt), chances(rate * p["ill_treatment_hidden"], dt)])
    luck = state.luck(STRUCK)
    some = [people.below(statuses, (luck, float(chance[hidden].max())))[0] for statuses, hidden in IN_TURN]
    who = struck(np.concatenate(some), c.employer, c.status, c.id, state.employers.host, chance, luck)
    if not who.size:
        return
    harmed(state, who)
    people.tell(Notice.ILL_TREATED, who)
    state.ledger.count("ill_treated", people.host_of[c.place[who]], c.nation[who], c.weight[who])
    state.memory["ill_treated"] = who


@kernel
def struck(rows, employer, status, ids, host, chance, luck):
    """Those of `rows` who have an employer and are ill-treated; chance [with a permit or without, host]."""
    out, n = np.empty(rows.size, np.int32), 0
    for i in rows:
        if employer[i] < 0:
            continue
        papers = 0 if status[i] == AT_WORK else 1
        if uniform(luck, ids[i]) < chance[papers, host[employer[i]]]:
            out[n] = i
            n += 1
    return out[:n]
