"""Columns: tables as named tuples of arrays, which kernels take as they are."""

from typing import NamedTuple, get_args, get_type_hints

import numpy as np


def dtypes(table: type[NamedTuple]) -> dict[str, np.dtype]:
    """The type of each column, as its annotation `NDArray[...]` says."""
    return {name: np.dtype(get_args(get_args(hint)[1])[0]) for name, hint in get_type_hints(table).items()}
