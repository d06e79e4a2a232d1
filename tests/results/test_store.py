"""The store: claimed once, written whole, never over somebody else's files."""

from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import sim.results
from sim.results.series import Series
from sim.results.store import COLUMNS, Store, StoreError, digest_series

MANIFEST = {"design": "abc", "complete": False}


def table(value: float = 1.0) -> pa.Table:
    series = Series({"host": ["KOR", "JPN"]}, date(2017, 1, 1))
    series.record("stock", 0, [value, 2.0], host=[0, 1])
    series.record("flow", 1, 3.0, host=0)
    return series.table()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.claim(tmp_path / "out", MANIFEST)


def test_open_gives_the_promised_columns(store: Store) -> None:
    store.write(table(), "k1", "base", 1)
    store.write(table(), "k2", "cap", 1)
    frame = sim.results.open(store.out)
    assert tuple(frame.columns) == COLUMNS
    assert set(frame["scenario"]) == {"base", "cap"}
    assert frame.loc[frame["measure"] == "flow", "date"].unique().tolist() == [pd.Timestamp("2017-02-01")]


def test_parts_are_compressed_sorted_and_typed(store: Store) -> None:
    store.write(table(), "k1", "base", 1)
    file = pq.ParquetFile(store.out / "series" / "part-k1.parquet")
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    rows = file.read()
    assert tuple(rows.column_names) == COLUMNS
    assert rows.schema.field("date").type == pa.date32()
    assert rows["measure"].to_pylist() == ["flow", "stock", "stock"]


def test_finished_counts_whole_parts_only(store: Store) -> None:
    store.write(table(), "k1", "base", 1)
    whole = (store.out / "series" / "part-k1.parquet").read_bytes()
    (store.out / "series" / "part-k2.parquet").write_bytes(whole[: len(whole) // 2])
    (store.out / "series" / ".part-k3.parquet.tmp").write_bytes(whole)
    assert store.finished() == {"k1"}


def test_twins_are_no_part_of_the_series(store: Store) -> None:
    store.write(table(), "k1", "base", 1)
    store.write(table(), "k2", "base", 1, folder="twins")
    assert set(sim.results.open(store.out)["run_key"]) == {"k1"}


def test_same_design_is_taken_again_and_another_refused(store: Store) -> None:
    store.write(table(), "k1", "base", 1)
    assert Store.claim(store.out, MANIFEST).finished() == {"k1"}
    with pytest.raises(StoreError, match="results of another run"):
        Store.claim(store.out, {"design": "other"})


def test_foreign_directory_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(StoreError, match="not empty"):
        Store.claim(tmp_path, MANIFEST)
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_file_in_the_way_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="a file is in the way"):
        Store.claim(tmp_path / name, MANIFEST)


def test_unwritable_directory_is_refused() -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        Store.claim(Path("/proc/results"), MANIFEST)


def test_damaged_manifest_is_told(store: Store) -> None:
    (store.out / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match=r"manifest\.json: cannot be read"):
        Store.claim(store.out, MANIFEST)


def test_opening_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"is .* a directory of results"):
        sim.results.open(tmp_path)


def test_summary_only_when_complete(store: Store) -> None:
    assert store.summary() is None
    assert store.finish({"from": date(2017, 1, 1)}) == {"from": "2017-01-01"}
    assert store.summary() == {"from": "2017-01-01"}
    assert store.manifest()["complete"] is True


def test_digest_knows_values_and_not_the_order_of_writing(tmp_path: Path) -> None:
    digests = []
    for name, order in (("a", [1, 2]), ("b", [2, 1])):
        store = Store.claim(tmp_path / name, MANIFEST)
        for replicate in order:
            store.write(table(replicate), f"{name}{replicate}", "base", replicate)
        digests.append(digest_series(store.out))
    assert digests[0] == digests[1]
    store.write(table(1.5), "b1", "base", 1)
    assert digest_series(store.out) != digests[0]
