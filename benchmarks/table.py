"""Table: what was measured beside what is wanted, and where it is missed, why."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from scipy import stats

from benchmarks.line import Line, fitted, shares
from benchmarks.oracle import BESIDE
from benchmarks.plan import SPREAD, Sample, Samples, Sizes
from benchmarks.why import Why, whys

MS, NS, MILLION, GB = 1e3, 1e9, 1e6, 1e9
ENDS = ("abroad", "with a permit", "without papers")  # what is compared of whole runs
ALARMS = 0.05  # how often it is said of runs of one scale that they disagree
DEAREST = 6  # mechanisms that are named
FINE = 100_000  # heads from which the cost of one should stay the same
Rate = Callable[[Sample], float]


@dataclass(frozen=True)
class Row:
    """One number: the median, how far rounds go apart, the bound that is wanted of it, a remark, and where it is
    missed, why."""

    what: str
    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None
    remark: str = ""
    why: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the bound is kept; None where nothing is wanted; what was not measured does not hold."""
        if self.least is None and self.most is None:
            return None
        if self.value is None:
            return False
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)


def rows(samples: Samples, sizes: Sizes) -> list[Row]:
    """All numbers, in the order of the table."""
    found = (
        *_oracle(samples, sizes), *_peers(samples, sizes), *_scaling(samples, sizes), *_whole(samples, sizes),
        *_agreement(samples, sizes), *_memory(samples, sizes), *_start(samples),
    )  # fmt: skip
    names = _sizes_measured(samples, sizes)
    beside = sum(_parts(samples, names).get(name, (0.0, 0.0))[0] for name in BESIDE)
    known = whys(samples, sizes, _line(samples, names, _month), beside)
    return [replace(row, why=_why(row, known)) if row.holds is False else row for row in found]


def _why(row: Row, known: dict[str, Why]) -> str:
    """Why a number is missed; nothing where it was not measured, which its remark tells."""
    bound = row.least if row.most is None else row.most
    if row.value is None or bound is None:
        return ""
    return next((why(bound) for name, why in known.items() if row.what.startswith(name)), "")


def _sizes_measured(samples: Samples, sizes: Sizes) -> list[str]:
    return [name for scale in sizes.scales if (name := f"scale {scale}") in samples.found]


def _row(samples: Samples, what: str, name: str, of: Rate, unit: str, least: float | None = None,
         most: float | None = None, remark: str = "") -> Row:  # fmt: skip
    """The median of a number over rounds."""
    numbers = samples.numbers(name, of)
    if not numbers:
        return Row(what, None, unit, None, None, least, most, samples.failed.get(name, "left out"))
    return Row(what, samples.median(name, of), unit, min(numbers), max(numbers), least, most, remark)


def _oracle(samples: Samples, sizes: Sizes) -> Iterator[Row]:
    for n, (people, months) in enumerate(sizes.oracle):
        name, where = f"oracle {people}", f"labour core, {people:,} people"
        told = f"from {months} months of both{', extrapolated' if n else ''}{_beside(samples, name)}"
        wanted = 100 if n else 60
        yield _row(samples, f"{where}: engine against oracle", name, _times, "×", least=wanted, remark=told)
        yield _row(
            samples, f"{where}: engine", name, lambda x: _rate(x, "engine_seconds"), "M person-months/s",
            remark=_named(samples, name),
        )  # fmt: skip
        yield _row(
            samples, f"{where}: oracle", name, lambda x: _rate(x, "oracle_seconds"), "M person-months/s", least=0.5,
            remark="so that it is no straw man",
        )  # fmt: skip


def _beside(samples: Samples, name: str) -> str:
    """What the engine did in these months that the oracle does not tell, in words."""
    known = samples.found.get(name, [])
    return "".join(
        f"; the engine's {', '.join(BESIDE)} left out, which the oracle does not tell "
        f"({x['beside_seconds'] / x['months'] * MS:.2g} ms a month)"
        for x in known[:1]
    )


def _times(sample: Sample) -> float:
    return float(sample["oracle_seconds"] / sample["engine_seconds"])


def _rate(sample: Sample, seconds: str = "seconds", heads: str = "heads", steps: str = "months") -> float:
    """Million person-steps a CPU second."""
    return float(sample[heads] * sample[steps] / sample[seconds] / MILLION)


def _peer_rate(sample: Sample) -> float:
    return _rate(sample, heads="agents", steps="steps")


def _peers(samples: Samples, sizes: Sizes) -> Iterator[Row]:
    own = f"whole {sizes.whole[0]}"
    engine = samples.median(own, _rate)
    yield _row(samples, "full model, baseline", own, _rate, "M person-steps/s")
    for name, least, what in (("starsim", 5, "SIR"), ("flee", 500, "agents on the move, same network")):
        row = _row(samples, f"{name}, {what}", name, _peer_rate, "M person-steps/s")
        yield row
        ratio = engine / row.value if engine and row.value else None
        yield Row(f"full model against {name}", ratio, "×", least=least,
                  remark=row.remark or _sizes(samples, own, name))  # fmt: skip


def _sizes(samples: Samples, own: str, name: str) -> str:
    heads, agents = samples.found[own][0]["heads"], samples.found[name][0]["agents"]
    version = samples.found[name][0]["version"]
    return f"{heads:,} heads, all rules; {name} {version} with {agents:,} agents; b says what a head costs"


def _scaling(samples: Samples, sizes: Sizes) -> Iterator[Row]:
    names = _sizes_measured(samples, sizes)
    for name in names:
        heads = samples.found[name][0]["heads"]
        what = f"full model, {heads:,} heads"
        yield _row(samples, what, name, _month, "ms a month", remark=_named(samples, name))
    line, parts = _line(samples, names, _month), _parts(samples, names)
    a, b = (line.a, line.b / MS * NS) if line else (None, None)
    fixed, each = ({part: x[n] for part, x in parts.items()} for n in (0, 1))
    yield Row("cost a month as a + b·N: a", a, "ms", most=5, remark=f"of it {_dearest(fixed)}")
    ns = {part: x / MS * NS for part, x in each.items()}
    yield Row("cost a month as a + b·N: b", b, "ns a person-month", most=15, remark=f"of it {_dearest(ns)}")
    what = f"slope from {FINE:,} heads on, largest over smallest"
    slopes = ", ".join(f"{slope / MS * NS:.0f}" for slope in line.slopes) if line else ""
    yield Row(what, line.apart if line else None, "×", most=1.5, remark=f"between neighbouring sizes, ns: {slopes}")


def _named(samples: Samples, name: str) -> str:
    """The dearest mechanisms of a sample, in words."""
    known = samples.found.get(name, [])
    return "".join(f"dearest, ms a month: {_dearest(x['parts'])}" for x in known[:1])


def _dearest(parts: dict[str, float]) -> str:
    """The dearest of some parts, and what all the others come to."""
    found = sorted(parts.items(), key=lambda x: -x[1])
    named = [f"{part} {cost:.3g}" for part, cost in found[:DEAREST]]
    return ", ".join([*named, f"{len(found[DEAREST:])} others {sum(cost for _, cost in found[DEAREST:]):.3g}"])


def _parts(samples: Samples, names: list[str]) -> dict[str, tuple[float, float]]:
    """What each mechanism brings to a and b [ms], from the first sample of each size."""
    if len(names) < 2:
        return {}
    first = [samples.found[name][0] for name in names]
    sizes, costs = [float(x["heads"]) for x in first], [_month(x) for x in first]
    kinds = dict.fromkeys(part for x in first for part in x["parts"])
    return shares(sizes, costs, {part: [x["parts"].get(part, 0.0) for x in first] for part in kinds})


def _month(sample: Sample) -> float:
    return float(sample["seconds"] / sample["months"] * MS)


def _line(samples: Samples, names: list[str], of: Rate) -> Line | None:
    """The line through the medians of these samples; None if they are too few."""
    points = [(float(samples.found[name][0]["heads"]), samples.median(name, of)) for name in names]
    known = [(n, y) for n, y in points if y is not None]
    return fitted([n for n, _ in known], [y for _, y in known], FINE) if len(known) > 1 else None


def _whole(samples: Samples, sizes: Sizes) -> Iterator[Row]:
    for scale in sizes.whole:
        name = f"whole {scale}"
        known = samples.found.get(name, [])
        remark = "".join(
            f"{x['heads']:,} heads, {x['months']} months, and {x['build_seconds']:.1f} s to make the world"
            for x in known[:1]
        )
        most = 60 if scale == "1:1" else 3
        what = f"whole baseline, scale {scale}, warm"
        yield _row(samples, what, name, lambda x: float(x["seconds"]), "s", most=most, remark=remark)


def _agreement(samples: Samples, sizes: Sizes) -> Iterator[Row]:
    """How far the end of a whole run lies from the mean of replicates at the first scale [persons].

    Wanted: no further than one more replicate would lie in 19 of 20 cases.
    """
    for scale, name in product(sizes.whole[1:], ENDS):
        ends = np.array(samples.numbers(SPREAD, _at_end(name)))
        own = samples.median(f"whole {scale}", _at_end(name))
        what = f"people {name} at the end: scale {scale} beside {sizes.whole[0]}, apart"
        if own is None or ends.size < 2:
            yield Row(what, None, "persons", most=0, remark="left out")
            continue
        most = stats.t.ppf(1 - ALARMS / 2, ends.size - 1) * ends.std(ddof=1) * math.sqrt(1 + 1 / ends.size)
        told = f"{own:,.0f} beside {ends.min():,.0f} to {ends.max():,.0f} in {ends.size} replicates"
        yield Row(what, float(abs(own - ends.mean())), "persons", most=round(most), remark=told)


def _at_end(name: str) -> Rate:
    return lambda sample: float(sample["ends"][name])


def _memory(samples: Samples, sizes: Sizes) -> Iterator[Row]:
    names = _sizes_measured(samples, sizes)
    line = _line(samples, names, lambda x: float(x["peak_bytes"]))
    columns = samples.found[names[0]][0]["column_bytes"] if names else 0
    told = f"slope of the process's peak over heads; the columns alone are {columns}"
    yield Row("memory at the peak", line.b if line else None, "bytes a person", most=64, remark=told)
    yield _row(samples, "memory, triad of numpy", "memory", lambda x: x["bytes_a_second"] / GB, "GB/s")
    speed, cost = samples.median("memory", lambda x: float(x["bytes_a_second"])), _line(samples, names, _month)
    share = columns / (cost.b / MS) / speed if cost and speed and cost.b > 0 else None
    yield Row("share of that which b comes to", share and share * 100, "%",
              remark=f"if a person-month touched each of {columns} bytes of columns once")  # fmt: skip


def _start(samples: Samples) -> Iterator[Row]:
    yield _row(samples, "cold start, baseline at scale 100", "start", lambda x: float(x["cold_seconds"]), "s")
    yield _row(samples, "warm start, baseline at scale 100", "start", lambda x: float(x["warm_seconds"]), "s")
    remark = "cold less warm"
    yield _row(samples, "compiling every kernel once", "start", _compiling, "s", most=15, remark=remark)
    yield _row(samples, "neamig --help", "start", lambda x: float(x["help_seconds"]), "s", most=0.3)


def _compiling(sample: Sample) -> float:
    return float(sample["cold_seconds"] - sample["warm_seconds"])
