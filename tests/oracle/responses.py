"""What employers and those held up do when a limit refuses a request (5.5)."""

import math
from typing import Any

from tests.oracle import chance
from tests.oracle.employers import Request
from tests.oracle.intentions import choose_again

ANSWERS = ("raise_wage_rate", "other_nationality_rate", "without_papers_rate", "withdraw_rate")


def step(model: Any) -> None:
    """Posts return, who was served leaves the accounts, employers answer, refusals name people, and these answer."""
    return_posts(model)
    leave_accounts(model)
    answer_of_employers(model)
    name_people(model)
    answer_of_people(model)
    model.requests = [r for r in model.requests if r.stage != "done" or r.job_open or r.worker_open]


def return_posts(model: Any) -> None:
    """Posts filled otherwise, or given up, come back to the market."""
    p, stream = chance.monthly(model.params["post_turnover_rate"]), model.luck("responses turnover")
    for e in model.employers:
        for k, posts in enumerate(("local", "leaked", "withdrawn")):
            now = getattr(e, posts)
            setattr(e, posts, now - min(now, math.floor(now * p + chance.uniform(stream, e.id + k))))


def leave_accounts(model: Any) -> None:
    """Requests that were granted after all, and people who found a post."""
    for r in model.requests:
        if r.stage != "open":
            r.job_open = False
        if r.worker_open and (r.granted >= 0 or (r.person and not r.person.at_home)):
            release(r)


def release(r: Request) -> None:
    """The sender's side is decided; whom it held up is free."""
    r.worker_open = False
    if r.person:
        r.person.request, r.person = None, None


def answer_of_employers(model: Any) -> None:
    """One draw says when an employer answers, another what."""
    rates = [model.params[name] for name in ANSWERS]
    when, what = chance.monthly(sum(rates)), model.luck("responses which")
    for r in [r for r in model.requests if r.stage == "open" and r.job_open]:
        if chance.uniform(model.luck("responses employer"), r.id) >= when:
            continue
        answer = ANSWERS[chance.part(chance.uniform(what, r.id), rates)]
        if answer == "other_nationality_rate" and not ask_for_others(model, r):
            continue
        e = r.employer
        e.local += r.persons if answer == "raise_wage_rate" else 0
        e.leaked += r.persons if answer == "without_papers_rate" else 0
        e.withdrawn += r.persons if answer == "withdraw_rate" else 0
        r.stage, r.left, r.job_open = "done", 0, False


def ask_for_others(model: Any, r: Request) -> bool:
    """Ask for another nationality by preference; whether there is any."""
    share = r.employer.preferred() | {r.nation: 0.0}
    shares = [share.get(n, 0.0) for n in range(len(model.world.countries))]
    nation = chance.part(chance.uniform(model.luck("responses instead"), r.id), shares)
    if nation >= 0:
        model.requests.append(Request(chance.pair(r.id, 1), r.employer, nation, r.persons, model.month))
    return nation >= 0


def name_people(model: Any) -> None:
    """Refusals, by id, name candidates of the host, nation and sector, in the order of a key that lasts."""
    some = [r for r in model.requests if r.worker_open and not r.person and r.stage == "open"]
    if not some:
        return
    cells = {(r.nation, r.employer.sector) for r in some}
    free = [x for x in model.crowd.of("home") if (x.nation, x.sector) in cells and not x.leaving]
    free = model.crowd.in_order(model.luck("responses pairing", 0), free)
    for r in sorted(some, key=lambda r: r.id):
        r.person = next((x for x in free if could_have_come(model, x, r)), None)
        if r.person:
            r.person.request = r


def could_have_come(model: Any, x: Any, r: Request) -> bool:
    """Whether the refusal holds this person up."""
    host = r.employer.host
    if x.request or x.nation != r.nation or x.sector != r.employer.sector or x.bars(host):
        return False
    if x.plan is not None:
        return bool(x.plan == host)
    return bool(x.is_member and model.world.countries[host].code in x.group.hosts)


def answer_of_people(model: Any) -> None:
    """Those held up choose again, or their agency decides; refusals that held up nobody are given up in time."""
    answers = chance.monthly(model.params["sender_answer_rate"])
    stream, late = model.luck("responses sender"), model.month - round(model.params["candidate_months"])
    some = [r for r in model.requests if r.worker_open and r.person and not r.person.leaving]
    some = [r for r in some if chance.uniform(stream, r.id) < answers]
    agency = [r for r in some if r.person.is_member]
    agency_decides(model, agency)
    for r in some:
        if r not in agency:
            choose_again(model, r.person, r.employer.host)
            release(r)
    for r in model.requests:
        if r.worker_open and not r.person and r.blocked <= late:
            r.worker_open = False


def agency_decides(model: Any, some: list[Request]) -> None:
    """Another visa at the employer that asked, another host, or nothing; as far as the revenue goal is missed."""
    p, stream = model.params, model.luck("responses agency")
    visa, other = p["prk_evasion"] * model.revenue.shortfall, p["prk_other_host"] * model.revenue.shortfall
    free = free_posts(model)
    for r in sorted(some, key=lambda r: r.id):
        what = chance.part(chance.uniform(stream, r.id), [visa, other, max(0.0, 1 - visa - other)])
        host = other_host(model, r, free) if what == 1 else None
        if host is not None:
            r.person.waits_for(host)
        if what == 0:
            if r.stage == "open" and r.job_open:
                r.employer.leaked += r.persons
                r.stage, r.left, r.job_open = "done", 0, False
            r.person.sets_out(r.employer.place, "visit", r.employer)
        release(r)


def free_posts(model: Any) -> dict[Any, int]:
    """Authorised posts that nobody is on the way to."""
    out: dict[Any, int] = {}
    for r in model.requests:
        if r.stage == "authorised" and r.granted < model.month:
            out[r.employer, r.nation] = out.get((r.employer, r.nation), 0) + r.left
    for x in model.crowd.leaving:
        if x.leaving[1] == "contract":
            out[x.leaving[2], x.nation] -= x.weight
    return out


def other_host(model: Any, r: Request, free: dict[Any, int]) -> int | None:
    """The host with most free posts of the sector and nation that the agency serves, which loses one of them."""
    sector, nation, room = r.employer.sector, r.nation, {}
    sites = {e: n for (e, of), n in free.items() if of == nation and e.sector == sector and e.host != r.employer.host}
    for e, number in sites.items():
        if any(e.host in b.hosts and b.serves(r.person) for b in model.brokers if b.kind == "state_agency"):
            room[e.host] = room.get(e.host, 0) + number
    host = max(room, key=lambda h: (room[h], -h), default=None)
    if host is None or room[host] < r.persons:
        return None
    site = max((e for e in sites if e.host == host), key=lambda e: (sites[e], -e.row))
    free[site, nation] -= r.persons
    return host
