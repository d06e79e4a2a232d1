"""Why: what stands in the way of a number that does not hold, as far as the other measurements tell."""

from collections.abc import Callable

from benchmarks.line import Line
from benchmarks.plan import Sample, Samples, Sizes

MS, NS = 1e3, 1e9
Why = Callable[[float], str]  # given the bound that is wanted
ALWAYS = {
    "cost a month as a + b·N: a": "it is calls: of kernels, some microseconds each, and of numpy",
    "cost a month as a + b·N: b": (
        "no mechanism is dear; each looks once or twice at those abroad, in several columns at scattered rows"
    ),
    "slope": "columns and lists of the largest runs are many times what the caches close to a core hold",
    "memory at": (
        "beside the columns stand lists of who is where, and what a month's lists leave in the allocator; "
        "to give that back each time costs a tenth of the speed"
    ),
    "compiling": (
        "nearly two hundred functions, none of them more than a twentieth; half is numba's own Python, which finds "
        "types and writes code for LLVM"
    ),
    "neamig --help": "what is imported before anything is shown",
    "labour core": "the oracle's people are plain Python objects, each looked up by itself",
    "people ": "by chance in one of twenty runs; else the coarse scale is biased, and a finer one has to be compared",
}  # by the beginning of the row's name


def whys(samples: Samples, sizes: Sizes, line: Line | None, beside: float) -> dict[str, Why]:
    """For the beginning of each row's name, why its number may be missed.

    line : the full model's cost [ms a month]; beside : the part of its `a` that the oracle has no part in.
    """
    out, always = dict[str, Why](), {name: _always(told) for name, told in ALWAYS.items()}
    if line is None:
        return always
    first = {name: known[0] for name, known in samples.found.items()}
    for people, _ in sizes.oracle:
        if f"oracle {people}" in first:
            out[f"labour core, {people:,} people: engine"] = _against(first[f"oracle {people}"], line.a - beside)
    for scale in sizes.whole:
        if f"whole {scale}" in first:
            out[f"whole baseline, scale {scale},"] = _months(first[f"whole {scale}"], line)
    for peer in ("starsim", "flee"):
        if peer in first and f"whole {sizes.whole[0]}" in first:
            out[f"full model against {peer}"] = _a_step(first[f"whole {sizes.whole[0]}"], first[peer], line)
    return out | always


def _always(told: str) -> Why:
    return lambda _: told


def _against(sample: Sample, fixed: float) -> Why:
    """What the wanted ratio would leave for a month, beside what a month costs before the first person."""
    oracle = sample["oracle_seconds"] / sample["months"]
    return lambda least: (
        f"{least:.0f} × would leave {oracle / least * MS:,.3g} ms a month, or "
        f"{oracle / least / sample['heads'] * NS:,.3g} ns a person; "
        f"what both tell takes {fixed:.2g} ms before the first person"
    )


def _months(sample: Sample, line: Line) -> Why:
    """What a + b·N come to in such a run."""
    seconds = sample["months"] * (line.a + line.b * sample["heads"]) / MS
    return lambda _: f"{sample['months']} months of a + b·N come to {seconds:.3g} s, and later months are fuller"


def _a_step(own: Sample, other: Sample, line: Line) -> Why:
    """What a step of one agent takes in each program [ns]."""
    ours = own["seconds"] / own["months"] / own["heads"] * NS
    theirs = other["seconds"] / other["steps"] / other["agents"] * NS
    return lambda least: (
        f"a step of one of its agents takes {theirs:,.0f} ns, of one of ours {ours:,.0f}, of which b is "
        f"{line.b / MS * NS:.0f}; {least:.0f} × would leave {theirs / least:,.3g}"
    )
