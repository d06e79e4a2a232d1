"""Counted: what numbers depend on that are kept without the runs that they were counted from."""

from pathlib import Path

from sim.results.identity import PACKAGE, digest, file_digest


def counted_by(targets: Path) -> dict[str, str]:
    """Return hashes of what counts a run: the targets, the facts that they refer to, and the code of the offices."""
    rooms = (Path(__file__).parent, PACKAGE / "experiments")
    code = {f"{room.name}/{path.name}": file_digest(path) for room in rooms for path in sorted(room.glob("*.py"))}
    facts = {path.name: file_digest(path) for path in sorted((PACKAGE / "facts").rglob("*.csv"))}
    return {"targets": file_digest(targets), "documented": digest(facts), "offices": digest(code)}
