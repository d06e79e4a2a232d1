"""Series: the rows that one run records, kept as integer codes until the run is over."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from sim.results.cells import CELL, DIMENSIONS, sum_cells
from sim.results.measures import MEASURES, measure, nearest

BLANK = -1
MONTHS_A_YEAR = 12


Axis = str | Mapping[str, NDArray[np.integer]]  # a dimension whose codes are the indices, or codes of some by index


class _Record(NamedTuple):
    """Rows recorded together, or cells of a dense array of that shape, with its axes as `Series.record_grid` has them.

    where: which cells, counted in order; dims: what is alike in all rows or told for each. Axes are told apart when the
    table is made.
    """

    code: Any  # of the measure, one or one a row
    month: int
    values: NDArray[np.number]
    dims: Mapping[str, Any]
    where: NDArray[np.integer]
    axes: tuple[Axis, ...]
    shape: tuple[int, ...]

    def codes(self, dim: str) -> Any:
        """Return the codes of a dimension, one or one a row; None if nothing was told of it."""
        for n, axis in enumerate(self.axes):
            if dim == axis or (dim in axis and not isinstance(axis, str)):
                at = self.where // math.prod(self.shape[n + 1 :]) % self.shape[n]
                return at if isinstance(axis, str) else axis[dim][at]
        return self.dims.get(dim)


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
        self._records: list[_Record] = []
        self._parts: dict[Any, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}  # see `record_grids`

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
        shapes = {each.shape for each in rows.values() if not isinstance(each, int)} - {(), values.shape}
        if shapes:  # seldom, and broadcasting costs more than all the rest
            values = np.broadcast_to(values, np.broadcast_shapes(values.shape, *shapes))
        keep = np.arange(values.size) if keep_zero else values.ravel().nonzero()[0]
        if not keep.size:
            return
        kept = {dim: each if _is_one(each) else _flat(each, values)[keep] for dim, each in rows.items()}
        self._records.append(_Record(code, month, values.ravel()[keep], kept, keep, (), ()))

    def record_grid(self, name: str, t: int, grid: NDArray[np.number], axes: Sequence[Axis], **dims: int) -> None:
        """Add the cells of a dense array that are not zero.

        Each axis is a dimension, its index the code; or it tells codes of several dimensions for each index.
        """
        if len(axes) != grid.ndim:
            raise ValueError(f"{name}: {len(axes)} axes named for an array of {grid.ndim}")
        self.record_cells(name, t, *_filled(grid), grid.shape, axes, dims)

    def record_cells(self, name: str, t: int, values: NDArray[np.number], where: NDArray[np.integer],
                     shape: tuple[int, ...], axes: Sequence[Axis],
                     dims: Mapping[str, int] | None = None) -> None:  # fmt: skip
        """Add some cells of a dense array of that shape, counted in order, as `record_grid`; no array is copied."""
        code, month = self._measure_code(name), self.month_of(name, t)
        for axis in (*axes, *(dims or ())):
            for dim in (axis,) if isinstance(axis, str) else axis:
                _known_dimension(dim)
        if month is not None and where.size:
            self._records.append(_Record(code, month, values, dims or {}, where, tuple(axes), shape))

    def record_grids(self, t: int, grids: Mapping[str, NDArray[np.number]], axes: Sequence[str],
                     parts: Mapping[str, int] | None = None) -> None:  # fmt: skip
        """Add the cells that are not zero of dense arrays of one shape, by the measure that each is of.

        As `record_grid` for each of them, but in one sweep, for there are many. parts : how many parts of the measure's
        unit are counted, where not the unit itself is.
        """
        told = tuple(name for name in grids if self.months is None or self.month_of(name, t) is not None)
        if not told:
            return
        known = told, tuple(parts.items() if parts else ())
        if known not in self._parts:
            self._parts[known] = self._codes_and_parts(told, parts or {})
        stack = np.concatenate([grids[name] for name in told])
        values, where = _filled(stack)
        shape = stack.shape[0] // len(told), *stack.shape[1:]
        codes, divisors = self._parts[known]
        which = where // math.prod(shape)
        month = t if self.months is None else self.months[t]
        self._records.append(_Record(codes[which], month, values / divisors[which], {}, where, tuple(axes), shape))

    def _codes_and_parts(self, names: tuple[str, ...], parts: Mapping[str, int]) -> tuple[NDArray, NDArray]:
        """Return the code of each measure, and how many parts of its unit are counted."""
        codes = np.array([self._measure_code(name) for name in names])
        return codes, np.array([parts.get(name, 1) for name in names], np.float64)

    def total(self, name: str, t: int) -> float:
        """Return the sum of all that was recorded of a measure in month `t`; 0 if nothing was."""
        wanted = self._measure_code(name)
        return float(sum(x.values[x.code == wanted].sum() for x in self._records if x.month == t))

    def month(self, t: int) -> date:
        """Return the first day of month `t`."""
        years, month = divmod(self.start.month - 1 + t, MONTHS_A_YEAR)
        return date(self.start.year + years, month + 1, 1)

    def table(self) -> pa.Table:
        """Return the rows, sorted by measure and date; rows of the same cell are added up.

        Columns: measure, date, the eleven dimensions (blank = ""), unit, value.
        """
        sizes = [x.values.size for x in self._records]
        names = list(MEASURES)
        codes = np.empty(sum(sizes), np.int32)
        for start, size, x in zip(accumulate(sizes, initial=0), sizes, self._records, strict=False):
            codes[start : start + size] = x.code
        columns: dict[str, pa.Array] = {"measure": _words(codes, names)}
        columns["date"] = self._dates(np.repeat([x.month for x in self._records], sizes).astype(np.int64))
        columns |= {dim: _words(self._codes(dim, sizes) + 1, ["", *self.labels.get(dim, ())]) for dim in DIMENSIONS}
        columns["unit"] = _units(codes, names)
        columns["value"] = pa.array(np.concatenate([np.zeros(0), *(x.values for x in self._records)]))
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
        for start, size, x in zip(accumulate(sizes, initial=0), sizes, self._records, strict=False):
            found = x.codes(dim)
            if found is not None:
                codes[start : start + size] = found
        if codes.size and not BLANK <= codes.min() <= codes.max() < len(self.labels.get(dim, ())):
            raise ValueError(f"{dim}: a code outside its {len(self.labels.get(dim, ()))} labels was recorded")
        return codes

    def _dates(self, months: NDArray[np.int64]) -> pa.Array:
        """Return the months as dates."""
        last = int(months.max(initial=0))
        days = np.array([self.month(t) for t in range(last + 1)], "datetime64[D]")
        return pa.array(days[months], pa.date32())


def _filled(grid: NDArray[np.number]) -> tuple[NDArray[np.number], NDArray[np.intp]]:
    """Return the values of a dense array that are not zero, and where they stand, counted in order.

    That is found out from truth values, for numpy takes many times as long to find it from numbers.
    """
    flat = grid.reshape(-1)
    where = (flat != 0).nonzero()[0]
    return flat[where], where


def _given(dim: str, given: ArrayLike) -> Any:
    """Return the codes given for a dimension, once it is known: one number, or an array."""
    _known_dimension(dim)
    return given if isinstance(given, int) else np.asarray(given)


def _is_one(codes: Any) -> bool:
    return isinstance(codes, int) or codes.ndim == 0


def _flat(codes: NDArray[np.integer], values: NDArray[np.float64]) -> NDArray[np.integer]:
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
