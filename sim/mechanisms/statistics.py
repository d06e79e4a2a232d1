"""Statistics: what the step is recorded as, in persons, jobs and dollars."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.attitude import attitude
from sim.core.bars import barred_now
from sim.core.ledger import Item, add_up
from sim.core.limits import Sheet
from sim.core.people import AT_WORK
from sim.core.requests import AUTHORISED
from sim.core.state import State
from sim.core.traffickers import victims
from sim.core.words import NEVER, Event, JobFate, Status, WorkerFate, labels

BY_HOST_NATION = ("host", "nationality")
FOREIGN = np.array([x for x in Status if x != Status.HOME], np.int64)
BREACH = "breach "  # of the limit or recall that the rest of a tally's name tells
TALLIES = (
    *("authorisations", "requests", "permits_issued", "fined", "ill_treated"),
    *("returned_against_art33", "returned_against_cat"),
    *("without_guide", "brokers_prosecuted", "bondage_months", "forged_passports_seized", "overdue"),
    *("set_out", "caught_leaving", "fetched_by_kin", "waited_months"),
    *("approached", "trafficked", "escaped", "victims_returned", "trafficking_cases"),
)
COUNTED_EVENTS = {
    "removed": (Event.REMOVE, Event.HAND_OVER),
    "claims": (Event.CLAIM, Event.APPLY_ABROAD),
    "recognised": (Event.RECOGNISE,),
    "claims_refused": (Event.REFUSE,),
    "handed_over": (Event.HAND_OVER,),
    "repatriated": (Event.REPATRIATE,),
    "sent_home": (Event.SEND_HOME,),
    "uprooted": (Event.UPROOT,),
    "fled": (Event.FLEE,),
    "rescued": (Event.RESCUE,),
}
PERMITTED = (Event.RENEW, Event.REGULARISE, Event.GRADUATE)
CAME_HOME = (Event.RETURN, Event.LAY_OFF, Event.REMOVE, Event.REPATRIATE, Event.SEND_HOME)
FATES = {"job": labels(JobFate), "worker": labels(WorkerFate)}
MONEY = {
    "earnings_usd": Item.PAID,
    "withheld_usd": Item.TAKE,
    "remittances_usd": Item.SENT,
    "arrears_usd": Item.ARREARS,
}
PAID_BESIDE = {"levies_usd": "levy", "support_usd": "support", "exploited_usd": "exploited"}  # tallies [cents]
CENTS = 100
IN_CENTS = dict.fromkeys((*MONEY, "kept_usd", "arrears_lost_usd", *PAID_BESIDE), CENTS)


def step(state: State) -> None:
    """Record the step, then let the next one begin with an empty book of tallies."""
    tables = _living(state) | _done(state) | _money(state) | _trafficking(state)
    state.series.record_grids(state.t, tables, BY_HOST_NATION, IN_CENTS)
    _stocks(state)
    _skilled_at_home(state)
    _flows(state)
    _jobs(state)
    _limits(state)
    _accounts(state)
    state.memory["came_home"] = _sum(state.people.events, CAME_HOME) - state.ledger.told("visits_ended")


def _living(state: State) -> dict[str, NDArray[Any]]:
    """Of those abroad, who is skilled, detained or without status; and whom hosts bar [host, nation, persons]."""
    here = state.people.here
    return {
        "barred": barred_now(state),
        "skilled_abroad": state.people.skilled,
        "soldiers": state.ledger.told("soldiers"),
        "detained": here[Status.DETAINED],
        "months_without_status": here[Status.OVERSTAYER] + here[Status.IRREGULAR],
    }


def _done(state: State) -> dict[str, NDArray[Any]]:
    """What states, brokers, courts and people did in the step [host, nation, persons or cases]."""
    events = state.people.events
    state.ledger.tally("permits_issued")[:] += _sum(events, PERMITTED)
    tallies = {name: state.ledger.told(name) for name in TALLIES}
    return tallies | {name: _sum(events, which) for name, which in COUNTED_EVENTS.items()}


def _sum(events: NDArray[np.int64], which: tuple[Event, ...]) -> NDArray[np.int64]:
    """Persons whom some events befell [host, nation], given those of each [event, host, nation]."""
    first, *others = which
    total = events[first]
    for event in others:
        total = total + events[event]
    return total


def _money(state: State) -> dict[str, NDArray[Any]]:
    """Pay and what became of it, and what was paid beside [host, nation, cents]."""
    pay = state.memory["money"]
    cents: dict[str, NDArray[Any]] = {name: pay[item] for name, item in MONEY.items()}
    cents["kept_usd"] = pay[Item.PAID] - pay[Item.TAKE] - pay[Item.REPAID]
    cents["arrears_lost_usd"] = state.people.lost
    return cents | {name: state.ledger.told(tally) for name, tally in PAID_BESIDE.items()}


def _stocks(state: State) -> None:
    """People abroad by status, host, region and nationality; at home by nationality."""
    t, series, host = state.t, state.series, state.people.host_of
    stock = state.people.spots
    region: dict[str, NDArray[np.integer]] = {"place": np.arange(host.size), "host": host}
    series.record_grid("stock", t, stock[1:], ({"status": FOREIGN}, region, "nationality"))
    series.record_grid("stock", t, stock[Status.HOME].sum(0), ("nationality",), status=int(Status.HOME))
    series.record_grid("permits_in_force", t, state.people.by_host()[Status.WORKER], (*BY_HOST_NATION, "sector"))
    series.record_grid("women_abroad", t, state.people.women, ("status", *BY_HOST_NATION))


def _skilled_at_home(state: State) -> None:
    """The skilled at home, of whom those abroad are the brain drain."""
    if "skilled" not in state.memory:  # people are skilled for life, and so are their successors
        state.memory["skilled"] = state.people.kinds.skilled_by_nation(state.nations)
    home = state.memory["skilled"] - state.people.skilled.sum(0)
    state.series.record_grid("skilled_at_home", state.t, home, ("nationality",))


def _flows(state: State) -> None:
    """Crossings at ports, arrivals in the Republic of Korea, and the public's attitude."""
    t, series = state.t, state.series
    persons, where, shape, codes = state.memory["crossings"]
    gate, host = np.divmod(codes, state.hosts)
    stop = {"place": gate // 2 + len(state.world.places), "direction": gate % 2, "host": host}
    series.record_cells("flow", t, persons, where, shape, (stop, "nationality", "purpose"))
    series.record_grid("attitude", t, attitude(state), ("host",))
    for korea in state.world.country_rows(["KOR"]):
        series.record_grid("arrived_kor", t, state.ledger.told("arrived_kor"), ("origin", "nationality"), host=korea)


def _jobs(state: State) -> None:
    """Posts that nobody fills, and what the state that selects workers misses of its revenue."""
    e, t, record = state.employers, state.t, state.series.record
    record("unfilled_jobs", t, np.rint(state.memory["unfilled"]), host=e.host, place=e.place, sector=e.sector)
    missed = state.memory["revenue missed"] / CENTS * state.calendar.years_per_step
    record("revenue_shortfall_usd", t, np.array([missed]), nationality=np.array([state.country("PRK")]))


def _trafficking(state: State) -> dict[str, NDArray[Any]]:
    """Victims held, which no office counts; and what courts tried, which is public: the court is the origin."""
    c, who, t = state.people.cols, victims(state), state.t
    held = np.zeros((state.hosts, state.nations), np.int64)
    if who.size:
        there = state.people.host_of[c.place[who]], c.nation[who], c.weight[who]
        add_up(held, *(x.astype(np.int64) for x in there))
    for host, nation, court, trials in state.memory.pop("trials", ()):
        state.series.record("trafficking_prosecutions", t, trials, host=host, nationality=nation, origin=court)
    return {"victims": held}


def _limits(state: State) -> None:
    """Levels, refusals, breaches and what stands above a level, for each limit in force."""
    t, series, ledger = state.t, state.series, state.ledger
    sheet = state.rules.sheet(state.renewed.shape)
    index = ledger.marks(sheet.limits)[:-1]
    series.record("limit_level", t, sheet.level, limit=index, host=sheet.host, nationality=sheet.nation, keep_zero=True)
    _beside(state, sheet, index)
    for id_, persons in state.memory["refused"].items():
        hosts, row = np.flatnonzero(persons), sheet.row[id_]
        series.record("binds", t, np.ones(hosts.size), limit=int(index[row]), host=hosts,
                      nationality=int(sheet.nation[row]))  # fmt: skip
    for name, tally in ledger.tallies.items():
        if name.startswith(BREACH):
            limit = ledger.limit_index(name.removeprefix(BREACH))
            series.record_grid("breach", t, tally, BY_HOST_NATION, limit=limit)


def _beside(state: State, sheet: Sheet, index: NDArray[np.int16]) -> None:
    """What stands above the levels that count persons, and overstayers beside those that are a share of the people."""
    record, rows = state.series.record, sheet.in_force
    if rows.size or sheet.of_population.size:
        today = state.today()
    if rows.size:
        over = np.maximum(today.counts(sheet) - sheet.level - _in_breach(state)[index], 0)[rows]
        record("excess", state.t, over, limit=index[rows], host=sheet.host[rows], nationality=sheet.nation[rows])
    rows = sheet.of_population
    if rows.size:
        late = today.counts(sheet, sheet.late)[rows]
        record("overstayers_beside", state.t, late, limit=index[rows], host=sheet.host[rows],
               nationality=sheet.nation[rows])  # fmt: skip


def _in_breach(state: State) -> NDArray[np.int64]:
    """Persons whose permit or authorisation was granted in breach of a limit and is still in force [limit]."""
    c, q = state.people.cols, state.requests.table
    size = len(state.ledger.limits) + 1
    held = state.breaching.find(c.breach, 1, NEVER)
    held = held[c.status[held] == AT_WORK]
    waiting = np.flatnonzero((q.breach >= 0) & (q.stage == AUTHORISED))
    if not held.size + waiting.size:
        return np.zeros(size - 1, np.int64)
    persons = np.bincount(c.breach[held], weights=c.weight[held], minlength=size)
    persons = persons + np.bincount(q.breach[waiting] + 1, weights=q.left[waiting], minlength=size)
    return persons[1:].astype(np.int64)


def _accounts(state: State) -> None:
    """Blocked requests and the two fates of each; in the last step those still undecided are waiting."""
    q, e, t = state.requests.table, state.employers, state.t
    limit, host, nation, weight = state.memory["blocked"]
    state.series.record("requests_blocked", t, weight, limit=limit, host=host, nationality=nation)
    for account in FATES:
        fates = [columns for name, *columns in state.memory["fates"] if name == account]
        if fates:
            _leak(state, account, *(np.concatenate(column) for column in zip(*fates, strict=True)))
    if t == state.calendar.steps - 1:
        for account, undecided in (("job", q.job_open), ("worker", q.worker_open)):
            rows = np.flatnonzero(undecided == 1)
            _leak(state, account, q.limit[rows], np.zeros(rows.size, np.int8), e.host[q.employer[rows]], q.nation[rows],
                  q.weight[rows])  # fmt: skip


def _leak(
    state: State, account: str, limit: NDArray, outcome: NDArray, host: NDArray, nation: NDArray, weight: NDArray
) -> None:
    """One account's decisions, under the words for its fates."""
    codes = np.array([state.series.labels["outcome"].index(word) for word in FATES[account]])
    state.series.record("leakage", state.t, weight, limit=limit, outcome=codes[outcome], host=host, nationality=nation,
                        purpose=state.series.labels["purpose"].index(account))  # fmt: skip
