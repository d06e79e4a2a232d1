"""Gallery: every figure of some comparisons as small pictures, to be looked at.

    python -m sim.report.gallery docs/gallery results/cap results/accession --fit fit.json

makes docs/gallery/<scenario>-<figure>.png. The fit is drawn once, from what `neamig fit --json` prints.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from sim.report.evidence import Evidence
from sim.report.figures import fit
from sim.report.figures.every import picture, pictures
from sim.report.figures.picture import Picture

DOTS = 80  # an inch


def main() -> None:
    """Read the command line and make the gallery."""
    reader = argparse.ArgumentParser(
        prog="python -m sim.report.gallery", description="Draw every figure of comparisons."
    )
    reader.add_argument("folder", type=Path, help="Where the pictures go.")
    reader.add_argument("results", type=Path, nargs="+", help="Directories that `neamig compare` wrote.")
    reader.add_argument("--fit", type=Path, help="What `neamig fit --json` printed.")
    given = reader.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for out in given.results:
        evidence = Evidence.read(out)
        save(pictures(evidence), given.folder, f"{evidence.scenarios[-1]}-")
    if given.fit:
        rows = json.loads(given.fit.read_text(encoding="utf-8"))["patterns"]
        save([picture("fit", fit, fit.data(rows))], given.folder)


def save(found: Iterable[Picture], folder: Path, head: str = "") -> None:
    """Write pictures into a folder."""
    for each in found:
        (folder / f"{head}{each.name}.png").write_bytes(each.png(DOTS))


if __name__ == "__main__":
    main()
