"""`make bench`: measures all, and writes the table to benchmarks/RESULTS.md."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.environment import BENCH
from benchmarks.page import page
from benchmarks.plan import FULL, QUICK, carry_out
from benchmarks.table import rows


def main() -> None:
    """Read the options, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, one round: for trying it out")
    parser.add_argument("--rounds", type=int, help="how often each is measured, if not three times")
    parser.add_argument("--no-peers", action="store_true", help="leave out Starsim and Flee")
    parser.add_argument("--out", type=Path, help="where the table goes")
    given = parser.parse_args()
    out = given.out or (BENCH / "quick.md" if given.quick else Path(__file__).parent / "RESULTS.md")
    sizes = QUICK if given.quick else FULL
    sizes = replace(sizes, rounds=given.rounds or sizes.rounds)
    samples = carry_out(sizes, not given.no_peers, lambda what: print(what, file=sys.stderr, flush=True))
    title = "Benchmarks, small sizes: for trying it out, not for numbers" if given.quick else "Benchmarks"
    text = page(rows(samples, sizes), samples, sizes, title)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
