"""Atlas: the projection keeps areas, arrows point where they go, ports lie on the borders that are drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.atlas.albers import EARTH_KM, Albers
from sim.report.atlas.arrows import arrow
from sim.report.atlas.clip import clipped_line, clipped_ring
from sim.report.atlas.outlines import outlines
from sim.world import load_world

KM_A_DEGREE = np.pi * EARTH_KM / 180


@given(st.floats(75, 155), st.floats(25, 60))
def test_a_small_square_keeps_its_area(lon, lat):
    side = 0.01
    west_south, east, north = Albers()(lon, lat), Albers()(lon + side, lat), Albers()(lon, lat + side)
    a, b = east - west_south, north - west_south
    expected = (KM_A_DEGREE * side) ** 2 * np.cos(np.radians(lat + side / 2))
    assert abs(a[0] * b[1] - a[1] * b[0]) == pytest.approx(expected, rel=1e-3)


def test_the_centre_is_nought_and_north_is_up():
    project = Albers()
    assert project(project.lon, project.lat) == pytest.approx([0, 0])
    assert project(project.lon, project.lat + 1) == pytest.approx([0, KM_A_DEGREE], rel=0.03)


@given(st.floats(1, 100), st.floats(-100, 100), st.floats(0.01, 5), st.floats(-0.3, 0.3))
def test_an_arrow_ends_at_its_point_and_two_ways_lie_apart(x, y, width, bend):
    start, end = np.zeros(2), np.array([x, y])
    outline = np.asarray(arrow(start, end, width, bend).vertices)
    assert np.isclose(outline, end).all(axis=1).any()
    assert np.isfinite(outline).all()


def test_the_way_back_bends_to_the_other_side():
    start, end = np.zeros(2), np.array([10.0, 0.0])
    there, back = (np.asarray(arrow(*ends, 0.1, 0.2).vertices)[:, 1].mean() for ends in ((start, end), (end, start)))
    assert there > 0.5 and back < -0.5


def test_border_ports_lie_on_the_borders_of_the_map():
    project, borders = Albers(), outlines().borders
    lines = [project(line[:, 0], line[:, 1]) for line in borders]
    on_land = [port for port in load_world().ports if "*" not in port.states]
    far = {port.id: min(_distance(project(port.lon, port.lat), line) for line in lines) for port in on_land}
    assert max(far.values()) < 6  # km; the table of ports says up to 4 before lines were simplified


def test_every_ring_closes_and_the_six_states_are_there():
    land = outlines().land
    assert {"MNG", "RUS", "CHN", "PRK", "KOR", "JPN"} <= set(land)
    assert all(np.array_equal(ring[0], ring[-1]) for rings in land.values() for ring in rings)


def _distance(point: np.ndarray, line: np.ndarray) -> float:
    """Return how far a point lies from a line of many pieces."""
    start, along = line[:-1], np.diff(line, axis=0)
    share = ((point - start) * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12)
    nearest = start + np.clip(share, 0, 1)[:, None] * along
    return float(np.hypot(*(nearest - point).T).min())


SQUARE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])


def test_a_ring_is_cut_at_the_window():
    found = clipped_ring(SQUARE, (1, 9, -9, 3))
    assert sorted(map(tuple, found.tolist())) == [(1, 0), (1, 3), (4, 0), (4, 3)]
    assert len(clipped_ring(SQUARE, (5, 9, 0, 4))) == 0
    assert np.array_equal(clipped_ring(SQUARE, (-1, 9, -1, 9)), SQUARE)


def test_a_line_is_cut_to_its_pieces_in_the_window():
    line = np.array([[0.0, 0.0], [2.0, 0.0], [6.0, 0.0], [7.0, 0.0], [8.0, 0.0], [3.0, 1.0]])
    found = [piece.tolist() for piece in clipped_line(line, (1, 4, -1, 2))]
    assert found == [[[0, 0], [2, 0], [6, 0]], [[8, 0], [3, 1]]]
