"""Columns: tables as named tuples of arrays, which kernels take as they are."""

from typing import Any, NamedTuple, get_args, get_type_hints

import numpy as np


def dtypes(table: type[NamedTuple]) -> dict[str, np.dtype]:
    """The type of each column, as its annotation `NDArray[...]` says."""
    return {name: np.dtype(_scalar(hint)) for name, hint in get_type_hints(table).items()}


def _scalar(hint: Any) -> Any:
    """The scalar type of `NDArray[scalar]`, which newer versions of numpy spell otherwise."""
    last = get_args(hint)[-1]
    return (get_args(last) or (last,))[0]
