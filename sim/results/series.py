"""Series: the rows that one run records, kept as integer codes until the run is over."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from sim.results.cells import CELL, DIMENSIONS, sum_cells
from sim.results.measures import MEASURES, measure, nearest

BLANK = -1
MONTHS_A_YEAR = 12


class Series:
    """What one run measured, month by month.

    Parameters
    ----------
    labels : for each dimension in use, the words its codes stand for. A list may still grow during the run.
    start : first day of the first month.
    months : where steps are shorter than months, the month of each step; else None. Then flows are added up, and of
    stocks and flags what the last step of the month has is kept.
    """

    def __init__(self, labels: Mapping[str, Sequence[str]], start: date, months: Sequence[int] | None = None) -> None:
        for dim in labels:
            _known_dimension(dim)
        self.labels = labels
        self.start, self.months = start, months
        self._measures = {name: code for code, name in enumerate(MEASURES)}
        self._records: list[tuple[Any, int, NDArray[np.float64], dict[str, NDArray[np.int64]]]] = []

    def record(self, name: str, t: int, value: ArrayLike, *, keep_zero: bool = False, **dims: ArrayLike) -> None:
        """Add rows of one measure in month `t`.

        Parameters
        ----------
        name : a measure of the registry; another is a MeasureError.
        t : steps since the start.
        value : one number or an array, in the measure's unit.
        keep_zero : zeros are left out unless this is set.
        dims : for each dimension the code, or an array of codes that broadcasts with `value`; -1 is blank.
        """
        code, month = self._measure_code(name), self.month_of(name, t)
        if month is None:
            return
        values = np.asarray(value, np.float64)
        rows = {dim: _given(dim, given) for dim, given in dims.items()}
        shapes = {each.shape for each in rows.values()} - {(), values.shape}
        if shapes:  # seldom, and broadcasting costs more than all the rest
            values = np.broadcast_to(values, np.broadcast_shapes(values.shape, *shapes))
        keep = np.arange(values.size) if keep_zero else np.flatnonzero(values != 0)
        kept = {dim: each if each.ndim == 0 else _flat(each, values)[keep] for dim, each in rows.items()}
        self._records.append((code, month, values.ravel()[keep], kept))

    def record_grid(self, name: str, t: int, grid: NDArray[np.number], axes: Sequence[str], **dims: int) -> None:
        """Add the cells of a dense array that are not zero; each axis is a dimension, its index the code."""
        if len(axes) != grid.ndim:
            raise ValueError(f"{name}: {len(axes)} axes named for an array of {grid.ndim}")
        code, month = self._measure_code(name), self.month_of(name, t)
        if month is not None:
            values, cells = _filled(grid)
            self._add(code, month, values, {**dict(zip(axes, cells, strict=True)), **dims})

    def record_grids(self, t: int, grids: Mapping[str, NDArray[np.number]], axes: Sequence[str],
                     parts: Mapping[str, int] | None = None) -> None:  # fmt: skip
        """Add the cells that are not zero of dense arrays of one shape, by the measure that each is of.

        As `record_grid` for each of them, but in one sweep, for there are many. parts : how many parts of the measure's
        unit are counted, where not the unit itself is.
        """
        told = {name: month for name in grids if (month := self.month_of(name, t)) is not None}
        if not told:
            return
        codes, month = np.array([self._measure_code(name) for name in told]), max(told.values())
        stack = np.concatenate([grids[name] for name in told])
        values, (which, *cells) = _filled(stack.reshape(len(told), -1, *stack.shape[1:]))
        if parts:
            values = values / np.array([parts.get(name, 1) for name in told])[which]
        self._add(codes[which], month, values, dict(zip(axes, cells, strict=True)))

    def _add(self, code: Any, month: int, values: NDArray[np.float64], dims: Mapping[str, ArrayLike]) -> None:
        rows = {dim: _given(dim, given) for dim, given in dims.items()}
        if values.size:
            self._records.append((code, month, values, rows))

    def total(self, name: str, t: int) -> float:
        """Return the sum of all that was recorded of a measure in month `t`; 0 if nothing was."""
        wanted = self._measure_code(name)
        return float(sum(values[code == wanted].sum() for code, at, values, _ in self._records if at == t))

    def month(self, t: int) -> date:
        """Return the first day of month `t`."""
        years, month = divmod(self.start.month - 1 + t, MONTHS_A_YEAR)
        return date(self.start.year + years, month + 1, 1)

    def table(self) -> pa.Table:
        """Return the rows, sorted by measure and date; rows of the same cell are added up.

        Columns: measure, date, the eleven dimensions (blank = ""), unit, value.
        """
        sizes = [values.size for _, _, values, _ in self._records]
        names = list(MEASURES)
        every = [np.broadcast_to(code, values.size) for code, _, values, _ in self._records]
        codes = np.concatenate([np.zeros(0), *every]).astype(np.int32)
        columns: dict[str, pa.Array] = {"measure": _words(codes, names)}
        columns["date"] = self._dates(np.repeat([t for _, t, *_ in self._records], sizes).astype(np.int64))
        columns |= {dim: _words(self._codes(dim, sizes) + 1, ["", *self.labels.get(dim, ())]) for dim in DIMENSIONS}
        columns["unit"] = _units(codes, names)
        values = [values for _, _, values, _ in self._records]
        columns["value"] = pa.array(np.concatenate([np.zeros(0), *values]))
        return sum_cells(pa.table({name: columns[name] for name in (*CELL, "value")}))

    def month_of(self, name: str, t: int) -> int | None:
        """Return the month of a step; None where a later step of that month tells what there is at its end."""
        if self.months is None:
            return t
        is_last = t + 1 == len(self.months) or self.months[t + 1] > self.months[t]
        return self.months[t] if is_last or MEASURES[name].kind == "flow" else None

    def _measure_code(self, name: str) -> int:
        code = self._measures.get(name)
        return self._measures[measure(name).name] if code is None else code

    def _codes(self, dim: str, sizes: list[int]) -> NDArray[np.int32]:
        """Return the codes of one dimension for every row, checked against its labels."""
        codes = np.full(sum(sizes), BLANK, np.int32)
        for start, size, (*_, rows) in zip(accumulate(sizes, initial=0), sizes, self._records, strict=False):
            if dim in rows:
                codes[start : start + size] = rows[dim]
        if codes.size and not BLANK <= codes.min() <= codes.max() < len(self.labels.get(dim, ())):
            raise ValueError(f"{dim}: a code outside its {len(self.labels.get(dim, ()))} labels was recorded")
        return codes

    def _dates(self, months: NDArray[np.int64]) -> pa.Array:
        """Return the months as dates."""
        last = int(months.max(initial=0))
        days = np.array([self.month(t) for t in range(last + 1)], "datetime64[D]")
        return pa.array(days[months], pa.date32())


def _filled(grid: NDArray[np.number]) -> tuple[NDArray[np.float64], tuple[NDArray[np.intp], ...]]:
    """Return the values of a dense array that are not zero, and where they stand.

    That is found out from truth values, for numpy takes many times as long to find it from numbers.
    """
    where = np.flatnonzero(grid != 0)
    return grid.ravel()[where].astype(np.float64), np.unravel_index(where, grid.shape)


def _given(dim: str, given: ArrayLike) -> NDArray[np.int64]:
    """Return the codes given for a dimension, once it is known."""
    _known_dimension(dim)
    return np.asarray(given, np.int64)


def _flat(codes: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.int64]:
    return (codes if codes.shape == values.shape else np.broadcast_to(codes, values.shape)).ravel()


def _words(codes: NDArray[np.int32], words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(list(words), pa.string()))


def _units(codes: NDArray[np.int32], names: list[str]) -> pa.DictionaryArray:
    units = sorted({each.unit for each in MEASURES.values()})
    unit_of = np.array([units.index(MEASURES[name].unit) for name in names], np.int32)
    return _words(unit_of[codes], units)


def _known_dimension(dim: str) -> None:
    if dim not in DIMENSIONS:
        raise ValueError(f"unknown dimension {dim!r}{nearest(dim, DIMENSIONS)}")
