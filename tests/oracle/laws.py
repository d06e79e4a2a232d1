"""The kinds of policies that write on residence, asylum, trafficking and on what the public and emigrants are told."""

from typing import Any

from tests.oracle.policies import Writer, writes
from tests.oracle.rules import CHANNELS

VISAS = {"visit": "visit", "work": "contract", "study": "study", "family": "family"}


@writes("citizenship_rule")
def citizenship_rule(w: Writer, policy: Any) -> None:
    """Whether two nationalities are allowed, and after how many years somebody may become a citizen."""
    host = w.world.country_index(policy.host)
    if policy.second_nationality is not None:
        w.rules["dual_citizenship"][host] = float(policy.second_nationality)
    if policy.years is not None:
        w.rules["naturalise_years"][host] = policy.years


@writes("public_campaign")
def public_campaign(w: Writer, policy: Any) -> None:
    """What draws a public, and how much emigrants are told."""
    if policy.host is not None:
        w.rules["welcome"][w.world.country_index(policy.host)] += w.amount(policy.strength)
    for nation in w.countries(policy.informs) if policy.informs is not None else ():
        w.rules["told"][nation] += w.amount(policy.reach)


@writes("origin_instability")
def origin_instability(w: Writer, policy: Any) -> None:
    """The share that flees a region in a month."""
    for n, place in enumerate(w.world.places):
        if policy.places == "all" or place.id in policy.places:
            w.rules["flees"][n] = w.amount(policy.share)


@writes("repatriation_order")
def repatriation_order(w: Writer, policy: Any) -> None:
    """Whom it reaches, and how many of them are due by now (5.17)."""
    first, now, end = w.remember("since", _months(w.model.day)), _months(w.model.day), _months(policy.deadline)
    start, due = first - 1, 0.0
    if policy.midterm is not None:
        middle, share = max(first, _months(policy.midterm)), w.amount(policy.midterm_share)
        if now <= middle < end:
            due, start, end, rest = 0.0, start, middle, share
        else:
            due, start, rest = share, middle, 1 - share
    else:
        rest = 1.0
    part = 1.0 if now >= _months(policy.deadline) else due + rest * (now - start) / (end - start)
    comply = {h: part * share for h, share in w.compliance(policy.compliance).items()}
    overdue = now >= _months(policy.deadline)
    reached = set(w.countries(policy.hosts)), set(w.countries(policy.nationality))
    w.rules.orders.append((w.name, reached, comply, overdue))


def _months(day: Any) -> int:
    return int(day.year * 12 + day.month)


@writes("treaty_accession")
def treaty_accession(w: Writer, policy: Any) -> None:
    """The lines of a treaty, where the state is not bound yet."""
    treaties, state = w.world.treaties, w.world.country_index(policy.state)
    articles = treaties.articles_of(policy.treaty)
    if w.rules["bound"][state].get(articles):
        return
    w.rules["bound"][state] = {**w.rules["bound"][state], articles: True}
    for line in treaties.effects_of(policy.treaty):
        own = policy.protects if line.rule == "protect" else None
        w.rules.effect(line, state, w.amount(own if own is not None else line_amount(line)))
    if policy.procedure == "unhcr":
        w.rules["decisions"][state] = 0.0
    elif policy.procedure == "none":
        w.rules["claim_open"][state] = 0.0


def line_amount(line: Any) -> Any:
    """The amount of a line of effect: a number, or the prior that it names."""
    return line.amount if line.amount.startswith("prior:") else float(line.amount)


@writes("visa_regime")
def visa_regime(w: Writer, policy: Any) -> None:
    """So many visas a year, or none."""
    host = w.world.country_index(policy.host)
    for nation in w.countries(policy.nationality):
        for purpose in policy.visas if nation != host else ():
            of_channel = w.rules["visas_a_year"][CHANNELS.index(VISAS[purpose])]
            of_channel[host][nation] = float(policy.limit or 0)


@writes("trafficking_law")
def trafficking_law(w: Writer, policy: Any) -> None:
    """Courts, and fewer visas for those whom traffickers send."""
    state = w.world.country_index(policy.state)
    if policy.crime:
        w.rules["traffic_law"][state] = 1.0
    for nation in w.countries(policy.nationality):
        w.rules["visas"][state][nation] *= 1 - w.amount(policy.visas_refused)
