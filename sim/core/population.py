"""Population: the heads of a run, made from the world's groups and the stocks abroad at its start.

Who a person is depends on the world seed and the person's own id alone.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.chance import luck, split, stream, uniforms
from sim.core.employers import Employers
from sim.core.people import COLUMNS, GIVEN
from sim.core.profiles import characterise, eagerness, give_ages, longest, order_of_leaving
from sim.core.words import NEVER, Channel, Status

HOME, SECTOR, TRADE, TERM, PURSE = (stream(f"population {x}") for x in ("home", "sector", "order", "term", "purse"))
BITS = np.uint64(32)


def coarsened(weight: int, scale: float | str) -> int:
    """Persons a head stands for at a scale: K times the group's own weight, or one at `1:1`."""
    return 1 if scale == "1:1" else max(1, round(weight * float(scale)))


def columns(
    world: Any, employers: Employers, rates: Any, params: dict[str, float], seed: int, scale: float | str, per_year: int
) -> dict[str, Any]:
    """Columns of everybody (see `people.GIVEN`), group by group; kinds are numbered when all are known.

    Raises ValueError if the world has more groups or places than a column can tell apart.
    """
    if max(len(world.groups), len(world.places)) > 1 + np.iinfo(COLUMNS["place"]).max:
        raise ValueError(f"{len(world.groups)} groups and {len(world.places)} places: too many for a run")
    heads = [_heads(group, params, scale) for group in world.groups]
    out: dict[str, Any] = {name: np.zeros(sum(heads), kind) for name, kind in GIVEN.items()}
    ends = np.cumsum(heads)
    parts = [{name: x[end - n : end] for name, x in out.items()} for n, end in zip(heads, ends, strict=True)]
    for g, part in enumerate(parts):
        _group(world, g, part, params, seed, scale)
    eager = eagerness(params, per_year, longest(world, per_year))
    for g, part in enumerate(parts):
        give_ages(world, g, part, seed, per_year)
        order = order_of_leaving(world.groups[g], part, luck(seed, TRADE, 0), eager)
        _send_abroad(world, g, part, order, employers, rates, params, seed)
        characterise(world, g, part, seed)
    return out


def _heads(group: Any, params: dict[str, float], scale: float | str) -> int:
    return max(1, round(factored(group.persons, group.source, params) / coarsened(group.weight, scale)))


def _group(world: Any, g: int, out: dict[str, Any], params: dict[str, float], seed: int, scale: float | str) -> None:
    """Fill in one group's heads, all at home."""
    group, key = world.groups[g], np.uint64(stream(world.groups[g].id)) << BITS
    ids = key + np.arange(out["id"].size, dtype=np.uint64)
    home = np.array([world.place_index(p) for p, _ in group.home])[_split(ids, seed, HOME, group.home)]
    sectors = group.sectors or ((world.sectors[-1].code, 1.0),)  # visitors do not work: the last will do
    sector = np.array([world.sector_index(s) for s, _ in sectors])[_split(ids, seed, SECTOR, sectors)]
    for name, value in {"id": ids, "home": home, "place": home, "sector": sector, "group": g}.items():
        out[name][:] = value
    out["weight"][:], out["nation"][:] = coarsened(group.weight, scale), world.nation_of_group[g]
    for name, value in {"end": NEVER, "employer": -1, "channel": -1, "plan": -1, "plan_host": -1}.items():
        out[name][:] = value
    out["savings"][:] = purse(group.savings_usd, params, luck(seed, PURSE, 0), ids)


def purse(usd: Any, params: dict[str, float], luck_: np.uint64, ids: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Savings with which people begin [cents], given those of their group [USD]: × (0.5 + u)."""
    with np.errstate(over="ignore"):
        return np.floor(usd * 100 * params["savings"] * (0.5 + uniforms(luck_, ids)))


def _split(ids: NDArray[np.uint64], seed: int, decision: np.uint64, shares: Any) -> NDArray[np.intp]:
    return split(ids, luck(seed, decision, 0), np.array([share for _, share in shares]))


def _send_abroad(world: Any, g: int, out: dict[str, Any], order: NDArray[np.intp], employers: Employers, rates: Any,
                 params: dict[str, float], seed: int) -> None:  # fmt: skip
    """Put the group's initial stocks in their places, heads in this order."""
    rows = [row for row in world.initial if row.group == world.groups[g].id]
    at, wanted = 0, 0.0
    for row in rows:
        wanted += factored(row.persons, row.source, params) / out["weight"][0]
        upto = min(round(wanted), order.size)
        _settle_in(world, world.groups[g], row, order[at:upto], out, employers, rates, seed)
        at = upto


def _settle_in(world: Any, group: Any, row: Any, who: NDArray[np.intp], out: dict[str, Any], employers: Employers,
               rates: Any, seed: int) -> None:  # fmt: skip
    """Give `who` the status, place and sector of an initial stock, and an employer there if it works."""
    place, status = world.place_index(row.place), Status[row.status.upper()]
    out["place"][who], out["status"][who] = place, status
    if row.sector:
        out["sector"][who] = world.sector_index(row.sector)
        for s in np.unique(out["sector"][who]):
            site = np.flatnonzero((employers.place == place) & (employers.sector == s))
            out["employer"][who[out["sector"][who] == s]] = site[0] if site.size else -1
    if status == Status.WORKER and "contract" not in group.channels:  # crossed, and was assigned the work
        out["channel"][who], out["registered"][who] = Channel.SMUGGLER, 1
    elif status == Status.WORKER:
        host, nation = world.host_of_place[place], out["nation"][who]
        with np.errstate(over="ignore"):
            u = uniforms(luck(seed, TERM, 0), out["id"][who])
        out["end"][who] = np.floor(u * rates["term"][host, nation])
        out["channel"][who] = Channel.CONTRACT
        out["registered"][who] = 1
    elif status == Status.OVERSTAYER:
        out["channel"][who] = Channel.OVERSTAY
    elif status in (Status.IRREGULAR, Status.RECEPTION):
        out["channel"][who] = Channel.SMUGGLER
        out["end"][who] = 0 if status == Status.RECEPTION else NEVER
    elif status == Status.ASYLUM_SEEKER:
        out["channel"][who], out["end"][who] = Channel.ASYLUM, 0  # they wait for a decision


def factored(number: float, source: str, params: dict[str, float]) -> float:
    """A number of a table times the factor that its source names (`assumed:NAME`), if it names one."""
    for part in source.split(";"):
        name = part.strip()
        if name.startswith("assumed:"):
            return number * params[name.removeprefix("assumed:")]
    return number
