"""Checks of the people abroad at the start: their group has room, they are abroad, and workers have posts."""

from collections import Counter
from collections.abc import Iterator

from sim.world.actors import Stock
from sim.world.located import Problem
from sim.world.model import World
from sim.world.tables import Row, Tables

WITHOUT_PAPERS = ("overstayer", "irregular")


def groups_have_room(world: World, tables: Tables) -> Iterator[Problem]:
    """No more of a group are abroad than it has people, and no group is smaller than one head."""
    abroad: Counter[str] = Counter()
    for stock in world.initial:
        abroad[stock.group] += stock.persons
    for group, row in zip(world.groups, tables["groups"], strict=True):
        if abroad[group.id] > group.persons:
            yield row.problem("persons", f"{group.persons} persons, but initial.csv puts {abroad[group.id]} abroad")
        if group.weight > group.persons:
            yield row.problem("weight", f"a head stands for {group.weight}, but the group has {group.persons}")


def stocks_are_abroad(world: World, tables: Tables) -> Iterator[Problem]:
    """Initial stocks are outside the home country, with a status of people abroad, and a sector if working."""
    nation = {group.id: group.nationality for group in world.groups}
    country = {place.id: place.country for place in world.places}
    for stock, row in zip(world.initial, tables["initial"], strict=True):
        if country[stock.place] == nation[stock.group]:
            yield row.problem("place", f"{stock.place} is at home for {stock.group}; leave those at home out")
        if stock.status == "home":
            yield row.problem("status", "'home' is nobody abroad; leave the row out")
        if stock.status == "worker" and not stock.sector:
            yield row.problem("sector", "a worker has a sector; write one")


def workers_have_posts(world: World, tables: Tables) -> Iterator[Problem]:
    """Posts are no fewer than the workers at the start, under contract and without papers, by place and sector."""
    posts = {(job.place, job.sector): job.posts_2000 for job in world.jobs}
    informal = {(job.place, job.sector): job.informal_2000 for job in world.jobs}
    rows = dict(zip(world.initial, tables["initial"], strict=True))
    yield from _short(rows, posts, ("worker",), "posts")
    yield from _short(rows, informal, WITHOUT_PAPERS, "informal posts")


def _short(
    rows: dict[Stock, Row], posts: dict[tuple[str, str], float], statuses: tuple[str, ...], name: str
) -> Iterator[Problem]:
    at_work: Counter[tuple[str, str]] = Counter()
    for stock in rows:
        if stock.status in statuses and stock.sector:
            at_work[stock.place, stock.sector] += stock.persons
    for stock, row in rows.items():
        key = stock.place, stock.sector
        if stock.status in statuses and posts.get(key, 0.0) < at_work[key]:
            text = f"{at_work[key]} work in {key[0]} {key[1]}, but jobs.csv has {posts.get(key, 0.0):g} {name}"
            yield row.problem("sector", text)


def jobs_have_preferences(world: World, tables: Tables) -> Iterator[Problem]:
    """Every place and sector with posts has a preference over nationalities."""
    wanted = world.preference_table.sum(axis=2)
    for job, row in zip(world.jobs, tables["jobs"], strict=True):
        if not wanted[world.place_index(job.place), world.sector_index(job.sector)]:
            yield row.problem("sector", f"preferences.csv has no row for {job.place} {job.sector}; add the host's")


def channels_have_brokers(world: World, tables: Tables) -> Iterator[Problem]:
    """Who may go by contract or smuggler to a host finds a broker of the nationality (and army) who goes there.

    Who has an unlawful link from one region to the other needs no smuggler.
    """
    state = {place.id: place.country for place in world.places}
    on_foot = {(state[x.a], state[x.b]) for x in world.links if not x.is_lawful and x.a in state and x.b in state}
    served = {
        ("smuggler" if broker.kind == "smuggler" else "contract", broker.nationality, broker.is_soldier, host)
        for broker in world.brokers
        for host in broker.hosts
    }
    for group, row in zip(world.groups, tables["groups"], strict=True):
        for channel in {"contract", "smuggler"} & set(group.channels):
            for host in group.hosts:
                alone = channel == "smuggler" and {(group.nationality, host), (host, group.nationality)} & on_foot
                if not alone and (channel, group.nationality, group.is_soldier, host) not in served:
                    yield row.problem("hosts", f"brokers.csv has nobody for {group.id} by {channel} to {host}")


def ties_and_transits_lead_somewhere(world: World, tables: Tables) -> Iterator[Problem]:
    """A tie is to one of the group's hosts; who passes a transit state is smuggled, and not there already."""
    for group, row in zip(world.groups, tables["groups"], strict=True):
        if group.tie and group.tie not in group.hosts:
            yield row.problem("tie", f"{group.tie} is not among the hosts of {group.id}; add it there")
        if group.via and group.channels != ("smuggler",):
            yield row.problem("via", f"{group.id} must go by smuggler alone to pass {group.via} on forged passports")
        if group.via in (group.nationality, *group.hosts):
            yield row.problem("via", f"{group.via} is home or host of {group.id}; name a third state")


CHECKS = (
    channels_have_brokers,
    groups_have_room,
    stocks_are_abroad,
    workers_have_posts,
    jobs_have_preferences,
    ties_and_transits_lead_somewhere,
)
