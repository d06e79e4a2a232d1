"""Clip: only what a window shows is drawn, so that a picture holds no points that nobody sees."""

import numpy as np

from sim.report.atlas.outlines import Line

Box = tuple[float, float, float, float]  # x from and to, y from and to


def clipped_ring(ring: Line, box: Box) -> Line:
    """Return the part of a ring that lies in a box (Sutherland and Hodgman); no points if there is none."""
    for axis, edge, side in ((0, box[0], 1), (0, box[1], -1), (1, box[2], 1), (1, box[3], -1)):
        if not len(ring):
            break
        ring = _cut(ring, (ring[:, axis] - edge) * side)
    return ring


def clipped_line(line: Line, box: Box) -> list[Line]:
    """Return the pieces of a line with points in a box, each as far as its next point outside."""
    x, y = line.T
    inside = (x >= box[0]) & (x <= box[1]) & (y >= box[2]) & (y <= box[3])
    kept = inside.copy()
    kept[1:] |= inside[:-1]
    kept[:-1] |= inside[1:]
    starts = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]]).astype(int)))
    return [line[a:b] for a, b in zip(starts[::2], starts[1::2], strict=True)]


def _cut(ring: Line, depth: np.ndarray) -> Line:
    """Return a ring without what lies outside one edge; depth says how far inside each point is."""
    after, deep = np.roll(ring, -1, axis=0), np.roll(depth, -1)
    crosses = (depth >= 0) != (deep >= 0)
    share = depth[crosses] / (depth[crosses] - deep[crosses])
    new = ring[crosses] + share[:, None] * (after[crosses] - ring[crosses])
    kept = np.flatnonzero(depth >= 0)
    order = np.argsort(np.concatenate([2 * kept, 2 * np.flatnonzero(crosses) + 1]), kind="stable")
    return np.concatenate([ring[kept], new])[order]
