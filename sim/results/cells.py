"""Cells: the columns that say what a number is about, and the sum of numbers about the same thing."""

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

DIMENSIONS = (
    "nationality",
    "host",
    "origin",
    "place",
    "sector",
    "channel",
    "status",
    "purpose",
    "direction",
    "limit",
    "outcome",
)
CELL = ("measure", "date", *DIMENSIONS, "unit")


def sum_cells(table: pa.Table) -> pa.Table:
    """Return one row for each cell, sorted by cell, values of the same cell added in the order they stand.

    Parameters
    ----------
    table : the columns of `CELL`, as dictionaries of words (date: date32), and `value`.
    """
    if table.num_rows == 0:
        return table
    table = _in_order_of_words(table)
    keys = cell_keys(table)
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=keys.min() - 1))
    values = np.add.reduceat(table["value"].to_numpy()[order], starts)
    return table.take(order[starts]).set_column(table.column_names.index("value"), "value", pa.array(values))


def rows_digest(table: pa.Table) -> str:
    """Return the SHA-256 of the rows in their order, whatever the order of the words in the dictionaries."""
    found = hashlib.sha256()
    table = _in_order_of_words(table)
    for name in sorted(table.column_names):
        array = table[name].combine_chunks()
        if pa.types.is_dictionary(array.type):
            found.update("\n".join([name, *array.dictionary.to_pylist()]).encode())
            array = array.indices
        found.update(np.asarray(array).tobytes())
    return found.hexdigest()


def cell_keys(table: pa.Table) -> NDArray[np.int64]:
    """Return one integer a row, the same for two rows exactly if they are about the same cell."""
    keys = np.zeros(table.num_rows, np.int64)
    room = 1
    for name in CELL:
        codes, size = _codes(table[name])
        room *= size
        if room > np.iinfo(np.int64).max:
            raise OverflowError(f"too many different words to number the cells (at column {name})")
        keys = keys * size + codes
    return keys


def _codes(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], int]:
    """Return the codes of a column of words or dates, and how many codes there are."""
    array = column.combine_chunks()
    if pa.types.is_dictionary(array.type):
        return array.indices.to_numpy().astype(np.int64), max(len(array.dictionary), 1)
    days = array.cast(pa.int32()).to_numpy().astype(np.int64)
    return days - days.min(), int(days.max() - days.min()) + 1


def _in_order_of_words(table: pa.Table) -> pa.Table:
    """Return the table with one sorted dictionary a column, holding only the words in use."""
    for at, name in enumerate(table.column_names):
        if pa.types.is_dictionary(table.schema.field(name).type):
            array = table[name].unify_dictionaries().combine_chunks()
            table = table.set_column(at, name, _sorted_words(array))
    return table


def _sorted_words(array: pa.DictionaryArray) -> pa.DictionaryArray:
    indices = array.indices.to_numpy()
    used = np.flatnonzero(np.bincount(indices, minlength=len(array.dictionary)))
    words = array.dictionary.take(pa.array(used))
    ranked = pc.sort_indices(words).to_numpy()
    rank = np.zeros(len(array.dictionary), np.int32)
    rank[used[ranked]] = np.arange(used.size)
    return pa.DictionaryArray.from_arrays(pa.array(rank[indices]), words.take(pa.array(ranked)))
