"""Responses: what employers and workers do when a limit refuses a request (SPEC §2a).

Each blocked request has two accounts. The employer waits, raises the wage and finds somebody local, asks for another
nationality, hires without papers, or withdraws the post. The worker whom it holds up waits, comes on another visa,
goes to another host, goes without papers, or gives up. Each account's fates add up to the blocked requests; waiting
ends with a grant or the run.
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.bars import barred_host
from sim.core.chance import draws, split, stream, uniforms
from sim.core.choice import STAY
from sim.core.departures import Departure, choose_again, staying, wait, waiting
from sim.core.kernel import kernel
from sim.core.people import AT_HOME
from sim.core.requests import OPEN, Stage, again
from sim.core.roll import Rows
from sim.core.state import State
from sim.core.witness import Notice
from sim.core.words import Channel, JobFate, WorkerFate

EMPLOYER, WHICH, INSTEAD, SENDER, AGENCY, PAIRING, TURNOVER = (
    stream(f"responses {x}") for x in ("employer", "which", "instead", "sender", "agency", "pairing", "turnover")
)
CONTRACT = int(Channel.CONTRACT)  # for kernels
DECIDED = (JobFate.RAISED_WAGE, JobFate.OTHER_NATIONALITY, JobFate.WITHOUT_PAPERS, JobFate.WITHDRAWN)
RATES = ("raise_wage_rate", "other_nationality_rate", "without_papers_rate", "withdraw_rate")


def step(state: State) -> None:
    """Settle what is over, then let employers and workers answer to refusals."""
    state.memory["fates"] = []
    _post_turnover(state)
    if state.requests.undecided():
        _served(state)
        _employers(state)
        _name_workers(state)
        _workers(state)
    state.requests.forget_finished()


def fate(state: State, account: str, rows: NDArray[np.intp], outcome: NDArray[np.int8] | int) -> None:
    """Enter a decision in its account; each blocked request comes once to each."""
    if not rows.size:
        return
    q = state.requests.table
    outcome = np.broadcast_to(np.asarray(outcome, np.int8), rows.shape)
    host = state.employers.host[q.employer[rows]]
    state.memory["fates"].append((account, q.limit[rows], outcome, host, q.nation[rows], q.weight[rows]))


def _post_turnover(state: State) -> None:
    """Posts filled locally or without papers, and withdrawn ones, come back to the market in time."""
    e = state.employers
    p = state.chance_of(state.params["post_turnover_rate"])
    for k, posts in enumerate((e.local, e.leaked, e.withdrawn)):
        if posts.any():
            with np.errstate(over="ignore"):
                u = uniforms(state.luck(TURNOVER), e.ids + np.uint64(k))
            posts -= np.minimum(posts, np.floor(posts * p + u).astype(np.int64))


def _served(state: State) -> None:
    """A blocked request that was granted after all: both sides waited."""
    q = state.requests.table
    jobs = np.flatnonzero((q.job_open == 1) & (q.stage != OPEN))
    state.requests.decide_job(jobs, JobFate.WAITS)
    fate(state, "job", jobs, JobFate.WAITS)
    granted = np.flatnonzero((q.worker_open == 1) & (q.granted >= 0))
    hired, c = _with_person(state), state.people.cols
    hired = hired[(c.status[q.person[hired]] != AT_HOME) & (q.granted[hired] < 0)]
    over = np.concatenate([granted, hired])
    _release(state, over)
    state.requests.decide_worker(over, WorkerFate.WAITS)
    fate(state, "worker", over, WorkerFate.WAITS)


def _with_person(state: State) -> NDArray[np.intp]:
    q = state.requests.table
    return np.flatnonzero((q.worker_open == 1) & (q.person >= 0))


def _release(state: State, rows: NDArray[np.intp]) -> None:
    """The persons whom these requests held up are free again."""
    q = state.requests.table
    person = q.person[rows]
    state.people.cols.queued[person[person >= 0]] = 0
    q.person[rows] = -1


def _employers(state: State) -> None:
    """Waiting employers decide at competing rates; one draw says when, another says what."""
    rows, q, e = state.requests.waiting(), state.requests.table, state.employers
    rates = np.array([state.params[name] for name in RATES])
    p = state.chance_of(float(rates.sum()))
    with np.errstate(over="ignore"):
        rows = rows[uniforms(state.luck(EMPLOYER), q.id[rows]) < p]
    if not rows.size:
        return
    what = split(q.id[rows], state.luck(WHICH), rates)
    taken = {JobFate.RAISED_WAGE: e.local, JobFate.WITHOUT_PAPERS: e.leaked, JobFate.WITHDRAWN: e.withdrawn}
    for k, outcome in enumerate(DECIDED):
        chosen = rows[what == k]
        if not chosen.size:
            continue
        if outcome == JobFate.OTHER_NATIONALITY:
            chosen = _ask_for_others(state, chosen)
        if outcome in taken:
            np.add.at(taken[outcome], q.employer[chosen], q.weight[chosen])
        fate(state, "job", chosen, outcome)
        state.requests.decide_job(chosen, outcome)
        state.requests.close(chosen)


def _ask_for_others(state: State, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Open requests for other nationalities in the employer's preferences; those without any go on waiting."""
    q, e = state.requests.table, state.employers
    table = state.preferred()
    done, nations = [], []
    for r in rows:
        shares = table[q.employer[r]].copy()
        shares[q.nation[r]] = 0
        if shares.sum() > 0:
            done.append(r)
            nations.append(int(split(q.id[r : r + 1], state.luck(INSTEAD), shares)[0]))
    chosen = np.array(done, np.intp)
    if chosen.size:
        with np.errstate(over="ignore"):
            ids = again(q.id[chosen])
        state.requests.open(state.t, ids, q.employer[chosen], np.array(nations), q.weight[chosen])
        state.ledger.count("requests", e.host[q.employer[chosen]], np.array(nations), q.weight[chosen])
    return chosen


def _name_workers(state: State) -> None:
    """Name the candidates whom refusals hold up: in each host, nationality and sector, both in the order of a key."""
    q, e, c = state.requests.table, state.employers, state.people.cols
    rows = np.flatnonzero((q.worker_open == 1) & (q.person < 0) & (q.stage == OPEN))
    if not rows.size:
        return
    rows = rows[np.argsort(q.id[rows], kind="stable")]
    cells = e.host[q.employer[rows]], q.nation[rows], e.sector[q.employer[rows]]
    wanted = np.zeros((state.nations, len(state.world.sectors)), bool)
    wanted[cells[1:]] = True
    people = worth_asking(waiting(state), state.members, c.status, c.nation, c.sector, c.group, state.programme, wanted)
    people = people[staying(state, people)]
    for host, nation, sector in sorted(set(zip(*(column.tolist() for column in cells), strict=True))):
        mine = rows[(cells[0] == host) & (cells[1] == nation) & (cells[2] == sector)]
        free = candidates(people, c.nation, c.sector, c.queued, c.plan, c.plan_host, c.group, host, nation, sector,
                          _serves(state, host))  # fmt: skip
        free = free[barred_host(state, free) != host]
        theirs = _first(state, free, mine.size)
        q.person[mine[: theirs.size]] = theirs
        c.queued[theirs] = 1
        blocked = mine[: theirs.size]
        state.people.tell(Notice.HELD_UP, theirs, q.limit[blocked], q.employer[blocked])


@kernel
def worth_asking(waits, members, status, nation, sector, group, programme, wanted):
    """Those who wait for a contract by their own choice, and members of the programmes at home, who are the agencies'
    to send; of nations and sectors that are wanted [nation, sector]."""
    out, n = np.empty(waits.size + members.size, np.int32), 0
    for row in waits:
        i = np.uint32(row)
        out[n] = row
        n += wanted[nation[i], sector[i]] and not programme[group[i]]
    for row in members:
        i = np.uint32(row)
        out[n] = row
        n += wanted[nation[i], sector[i]] and status[i] == AT_HOME
    return out[:n]


def _first(state: State, people: Rows, number: int) -> Rows:
    """So many of `people`, in the order of a drawn key."""
    with np.errstate(over="ignore"):
        keys = draws(state.luck(PAIRING, 0), state.people.cols.id[people])
    few = np.argpartition(keys, number)[:number] if number < people.size else np.arange(people.size)
    return people[few[np.argsort(keys[few], kind="stable")]]


@kernel
def candidates(rows, of_nation, of_sector, queued, plan, plan_host, group, host, nation, sector, serves):
    """Those of `rows` whom no request names, of a nation and sector, whose plan names the host, or whose programme
    serves it: serves [group]."""
    out, n = np.empty(rows.size, np.int32), 0
    for row in rows:
        i = np.uint32(row)
        if of_nation[i] != nation or of_sector[i] != sector or queued[i] != 0:
            continue
        if plan_host[i] == host if plan[i] == CONTRACT else serves[group[i]]:
            out[n] = i
            n += 1
    return out[:n]


def _serves(state: State, host: int) -> NDArray[np.bool_]:
    """Whether each group is a programme that serves this host."""
    code = state.world.countries[host].code
    return np.array([g.is_programme and code in g.hosts for g in state.world.groups])


def _workers(state: State) -> None:
    """Those held up answer in their own time: people by choosing again, programmes by their agency's rule."""
    rows, q, c = _with_person(state), state.requests.table, state.people.cols
    with np.errstate(over="ignore"):
        rows = rows[uniforms(state.luck(SENDER), q.id[rows]) < state.chance_of(state.params["sender_answer_rate"])]
    if rows.size:
        rows = rows[staying(state, q.person[rows])]
        selected = state.programme[c.group[q.person[rows]]]
        _agency(state, rows[selected])
        _choose_again(state, rows[~selected])
    _nobody_came(state)


def _choose_again(state: State, rows: NDArray[np.intp]) -> None:
    """The nested logit once more, with the blocked alternative closed."""
    q = state.requests.table
    shut = state.employers.host[q.employer[rows]].astype(np.int64)
    host, channel = choose_again(state, q.person[rows], shut)
    outcome = np.full(rows.size, WorkerFate.GIVES_UP, np.int8)
    outcome[np.isin(channel, (Channel.OVERSTAY, Channel.ASYLUM, Channel.STUDY))] = WorkerFate.OTHER_VISA
    outcome[channel == Channel.SMUGGLER] = WorkerFate.WITHOUT_PAPERS
    outcome[(channel != STAY) & (host != shut)] = WorkerFate.OTHER_HOST
    _decide(state, rows, outcome)


def _agency(state: State, rows: NDArray[np.intp]) -> None:
    """A state agency evades with another visa, turns to another host, or gives up (X028, S176): the less, the further
    the revenue goal is missed. The shares are assumed.
    """
    if not rows.size:
        return
    q = state.requests.table
    visa, host = (state.params[name] * state.memory["shortfall"] for name in ("prk_evasion", "prk_other_host"))
    shares = np.array([visa, host, max(0.0, 1 - visa - host)])
    what = split(q.id[rows], state.luck(AGENCY), shares)
    outcome = np.array([WorkerFate.OTHER_VISA, WorkerFate.OTHER_HOST, WorkerFate.GIVES_UP], np.int8)[what]
    look = np.flatnonzero(outcome == WorkerFate.OTHER_HOST)
    elsewhere = _other_host(state, rows[look])
    outcome[look[elsewhere < 0]] = WorkerFate.GIVES_UP
    wait(state, q.person[rows[look[elsewhere >= 0]]], elsewhere[elsewhere >= 0])
    _on_another_visa(state, rows[outcome == WorkerFate.OTHER_VISA])
    _decide(state, rows, outcome)


def _other_host(state: State, rows: NDArray[np.intp]) -> NDArray[np.int8]:
    """For each request, in the order of ids, the host with most authorised posts free for its nation and sector, or -1.

    Who finds such a host takes up as many posts there as the request asks.
    """
    q, e = state.requests.table, state.employers
    free = state.requests.persons(Stage.AUTHORISED, len(e), state.nations, before=state.t)
    for d in (d for d in state.departures if d.channel == Channel.CONTRACT):
        np.subtract.at(free, (d.employer, state.people.cols.nation[d.who]), state.people.cols.weight[d.who])
    served = state.memory["brokers"][0][:, :, 0] >= 0
    out = np.full(rows.size, -1, np.int8)
    for n in np.argsort(q.id[rows]):
        r = rows[n]
        group = state.people.cols.group[q.person[r]]
        same = (e.sector == e.sector[q.employer[r]]) & (e.host != e.host[q.employer[r]]) & served[group, e.host]
        room = np.bincount(e.host[same], weights=free[same, q.nation[r]], minlength=state.hosts)
        if room.max(initial=0) >= q.weight[r]:
            out[n] = room.argmax()
            site = np.flatnonzero(same & (e.host == out[n]))[free[same & (e.host == out[n]), q.nation[r]].argmax()]
            free[site, q.nation[r]] -= q.weight[r]
    return out


def _on_another_visa(state: State, rows: NDArray[np.intp]) -> None:
    """Visitors who work for the employer that asked: the post is filled without papers."""
    q, e = state.requests.table, state.employers
    still = rows[(q.stage[rows] == OPEN) & (q.job_open[rows] == 1)]
    np.add.at(e.leaked, q.employer[still], q.weight[still])
    fate(state, "job", still, JobFate.WITHOUT_PAPERS)
    state.requests.decide_job(still, JobFate.WITHOUT_PAPERS)
    state.requests.close(still)
    employer = q.employer[rows]
    state.departures.append(Departure(q.person[rows], e.place[employer], Channel.VISIT, employer))


def _nobody_came(state: State) -> None:
    """A refusal that held up nobody within the candidates' patience: the sender's side gave up."""
    q = state.requests.table
    late = q.blocked + round(state.params["candidate_months"]) <= state.t
    rows = np.flatnonzero((q.worker_open == 1) & (q.person < 0) & late)
    _decide(state, rows, np.full(rows.size, WorkerFate.GIVES_UP, np.int8))


def _decide(state: State, rows: NDArray[np.intp], outcome: NDArray[np.int8]) -> None:
    if not rows.size:
        return
    person = state.requests.table.person[rows]
    state.people.tell(Notice.ANSWERED, person[person >= 0], outcome[person >= 0])
    _release(state, rows)
    fate(state, "worker", rows, outcome)
    state.requests.decide_worker(rows, outcome)
