"""Store: one directory of results, written part by part so that a stopped run can go on."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from sim.results.cells import DIMENSIONS, rows_digest
from sim.results.files import (
    StoreError,
    check_writable,
    is_parquet,
    read_json,
    read_parquet,
    temporary,
    write_json,
    write_parquet,
)
from sim.results.identity import digest

COLUMNS = ("run_key", "scenario", "replicate", "date", "measure", *DIMENSIONS, "value", "unit")
DIFFERENCE_COLUMNS = (*COLUMNS, "reference")
MANIFEST, SUMMARY, DIFFERENCES = "manifest.json", "summary.json", "differences.parquet"
SERIES, TWINS = "series", "twins"


class Store:
    """The results of one command in one directory.

    A part holds one run, and stands under its own name only once it is whole. `twins` holds the second runs of a
    comparison, which tell chance from parameters; they are no part of the series.
    """

    def __init__(self, out: Path) -> None:
        self.out = out

    @classmethod
    def claim(cls, out: Path, manifest: dict[str, Any], folders: Iterable[str] = (SERIES, TWINS)) -> "Store":
        """Take a new directory, or one that already belongs to this very design (`manifest["design"]`).

        folders : where the parts of the runs will stand.

        Raises
        ------
        StoreError : the directory holds something else or cannot be written; nothing has been written then.
        """
        store = cls(out)
        known = store._known_design()
        if known is not None and known != manifest["design"]:
            raise StoreError(
                f"{out}: holds the results of another run (settings, data or version of the model differ); "
                "give another --out, or remove the directory"
            )
        check_writable(out)
        if known is None:
            write_json(out / MANIFEST, manifest)
        for folder in folders:
            check_writable(out / folder)
        return store

    def manifest(self) -> dict[str, Any]:
        """Return what the directory says of itself."""
        return read_json(self.out / MANIFEST)

    def finish(self, summary: dict[str, Any]) -> dict[str, Any]:
        """Write the summary, mark the results as complete, and return the summary as it is written."""
        write_json(self.out / SUMMARY, summary)
        write_json(self.out / MANIFEST, self.manifest() | {"complete": True})
        return read_json(self.out / SUMMARY)

    def summary(self) -> dict[str, Any] | None:
        """Return the summary if the results are complete."""
        return read_json(self.out / SUMMARY) if self.manifest().get("complete") else None

    def finished(self, folder: str = SERIES) -> set[str]:
        """Return the keys of the runs whose part is there and whole."""
        return {path.stem.removeprefix("part-") for path in self._parts(folder) if is_parquet(path)}

    def write(self, table: pa.Table, key: str, scenario: str, replicate: int, folder: str = SERIES) -> None:
        """Add the rows of one run (`Series.table()`)."""
        write_parquet(self._part(folder, key), [with_run(table, key, scenario, replicate).select(COLUMNS)])

    def read(self, key: str, folder: str = SERIES, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of one run, words as dictionaries; only some columns are read much sooner than all."""
        return read_parquet(self._part(folder, key), columns)

    def read_parts(self, folder: str = SERIES) -> list[pa.Table]:
        """Return the rows of each run; StoreError if there are none."""
        self.manifest()
        parts = [read_parquet(path) for path in self._parts(folder)]
        if not parts:
            raise StoreError(f"{self.out / folder}: holds no results; was the run finished?")
        return parts

    def write_differences(self, tables: Iterable[pa.Table]) -> None:
        """Write the paired differences, a table for each replicate."""
        write_parquet(self.out / DIFFERENCES, (table.select(DIFFERENCE_COLUMNS) for table in tables))

    def _part(self, folder: str, key: str) -> Path:
        return self.out / folder / f"part-{key}.parquet"

    def _parts(self, folder: str) -> list[Path]:
        return sorted((self.out / folder).glob("part-*.parquet"))

    def _known_design(self) -> str | None:
        """Return the design the directory belongs to, None if it is free; StoreError if it is foreign."""
        try:
            entries = {entry.name for entry in self.out.iterdir()}
        except FileNotFoundError:
            return None
        except NotADirectoryError:
            raise StoreError(f"{self.out}: --out must name a directory, and a file is in the way") from None
        except OSError as error:
            raise StoreError(f"{self.out}: cannot be read: {error.strerror}; give another --out") from None
        if MANIFEST in entries:
            return str(self.manifest().get("design"))
        if entries - {temporary(MANIFEST), temporary("probe")}:
            raise StoreError(f"{self.out}: is not empty and holds no results of this program; give another --out")
        return None


def with_run(table: pa.Table, key: str, scenario: str, replicate: int, reference: str | None = None) -> pa.Table:
    """Return the table with the columns that name its run, and the reference if it has one."""
    nought = pa.repeat(pa.scalar(0, pa.int32()), table.num_rows)
    words = {"run_key": key, "scenario": scenario, "reference": reference}
    for name, word in words.items():
        if word is not None:
            table = table.append_column(name, pa.DictionaryArray.from_arrays(nought, pa.array([word], pa.string())))
    return table.append_column("replicate", pa.repeat(pa.scalar(replicate, pa.int32()), table.num_rows))


def open_series(out: str | os.PathLike[str], folder: str = SERIES) -> Any:
    """Return the series of a directory of results as a pandas DataFrame (columns: `COLUMNS`)."""
    return pa.concat_tables(Store(Path(out)).read_parts(folder)).unify_dictionaries().to_pandas(date_as_object=False)


def open_differences(out: str | os.PathLike[str]) -> Any:
    """Return the paired differences of a comparison as a pandas DataFrame (columns: `DIFFERENCE_COLUMNS`)."""
    return read_parquet(Path(out) / DIFFERENCES).to_pandas(date_as_object=False)


def digest_series(out: str | os.PathLike[str]) -> str:
    """Return the SHA-256 of all that was measured, for telling whether two directories hold the same results."""
    parts = Store(Path(out)).read_parts()
    runs = [
        (str(rows["scenario"][0]), rows["replicate"][0].as_py(), rows_digest(rows.drop_columns("run_key")))
        for rows in parts
    ]
    return digest(sorted(runs))
