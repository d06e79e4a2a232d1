"""Arrows: bent, growing from a thin tail to a head, so that the eye sees which way they go."""

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray

POINTS = 24  # along an arrow
HEAD_LONG, HEAD_WIDE = 2.2, 2.1  # of the head, over the widest part of the shaft
TAIL = 0.3  # width of the tail over that of the shaft's end
MOST_HEAD = 0.45  # of the arrow's length that the head may take

Point = NDArray[np.float64]


def arrow(start: Point, end: Point, width: float, bend: float, least_head: float = 0.0) -> Path:
    """Return the outline of an arrow; all in the units of its points.

    least_head : width of the head of an arrow that is too thin for one to be seen.

    The middle line is a quadratic curve whose middle lies aside by `bend` times the distance, to the left of the way:
    so two arrows that run both ways between two places lie apart.
    """
    chord = end - start
    length = float(np.hypot(*chord))
    aside = np.array([-chord[1], chord[0]]) * bend
    t = np.linspace(0, 1, POINTS)[:, None]
    middle = (1 - t) ** 2 * start + 2 * t * (1 - t) * ((start + end) / 2 + 2 * aside) + t**2 * end
    wide = max(HEAD_WIDE * width, least_head)
    head = min(HEAD_LONG / HEAD_WIDE * wide, MOST_HEAD * length)
    shaft = _until(middle, head)
    normal = _normals(shaft)
    half = width / 2 * np.linspace(TAIL, 1, len(shaft))[:, None]
    wings = wide / 2 * normal[-1]
    outline = [
        *(shaft + normal * half),
        shaft[-1] + wings,
        middle[-1],
        shaft[-1] - wings,
        *(shaft - normal * half)[::-1],
    ]
    return Path(np.array([*outline, outline[0]]), closed=True)


def _until(line: Point, head: float) -> Point:
    """Return a line without its last part, as long as the head."""
    gone = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    stop = max(gone[-1] - head, gone[1] / 2)
    at = np.linspace(0, stop, POINTS)
    return np.column_stack([np.interp(at, gone, line[:, k]) for k in (0, 1)])


def _normals(line: Point) -> Point:
    along = np.gradient(line, axis=0)
    along /= np.hypot(*along.T)[:, None]
    return np.column_stack([-along[:, 1], along[:, 0]])
