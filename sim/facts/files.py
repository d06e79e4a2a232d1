"""Files: where the data files stand and how their rows are read."""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"


def data_path(name: str) -> Path:
    """Path of a data file such as ``wages.csv``.

    Raises
    ------
    FileNotFoundError
        If there is no such file; the message lists those there are.
    """
    path = DATA / name
    if not path.is_file():
        there = ", ".join(sorted(p.name for p in DATA.glob("*.csv")))
        raise FileNotFoundError(f"no data file {name!r} in {DATA}; there are {there}")
    return path


def read_rows(name: str) -> list[dict[str, str]]:
    """Rows of a data file, one dictionary each."""
    with data_path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
