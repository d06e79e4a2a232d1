"""Files: written under another name, seen on the disk, then put in place, so that no reader meets half a file."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


class StoreError(Exception):
    """A directory of results that cannot be read, or cannot be written without loss."""


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a JSON file in one piece."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text file in one piece."""
    _replace(path, lambda to: to.write_text(text, encoding="utf-8"))


def read_json(path: Path) -> dict[str, Any]:
    """Return a JSON file; StoreError if it is not there or is damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StoreError(f"{path}: not found; is {path.parent} a directory of results?") from None
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise StoreError(f"{path}: is not a file of this program")
    return content


def write_parquet(path: Path, tables: Iterable[pa.Table]) -> None:
    """Write tables of one schema as one Parquet file, each at least one row group."""

    def write(to: Path) -> None:
        rest = iter(tables)
        first = next(rest)
        with pq.ParquetWriter(to, first.schema, compression="zstd") as writer:
            for table in chain([first], rest):
                writer.write_table(table)

    _replace(path, write)


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return a Parquet file, or some of its columns; StoreError if it is not there or is damaged."""
    try:
        return pq.read_table(path, columns=columns, partitioning=None)
    except FileNotFoundError:
        raise StoreError(f"{path}: not found; was the run finished?") from None
    except (pa.ArrowInvalid, OSError) as error:
        raise StoreError(f"{path}: cannot be read: {error}") from None


def is_parquet(path: Path) -> bool:
    """Return whether a file is a whole Parquet file."""
    try:
        pq.read_metadata(path)
    except pa.ArrowInvalid:
        return False
    return True


def check_writable(folder: Path, option: str = "--out") -> None:
    """Make the directory if need be; StoreError, which names the option to change, if it cannot be made or written."""
    probe = folder / temporary("probe")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}; give another {option}") from None


def temporary(name: str) -> str:
    """Return the name under which a file is written before it is whole."""
    return f".{name}.tmp"


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    part = path.with_name(temporary(path.name))
    try:
        write(part)
        _sync(part)
        os.replace(part, path)
        _sync(path.parent)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
