"""Every figure: its words neither cut off nor one over the other, its text and its table."""

import pytest
from matplotlib.figure import Figure

from sim.report.figures.every import pictures
from sim.report.figures.style import new_figure, styled
from tests.report.boxes import clashes

NAMES = [
    "fan",
    "difference",
    "forest",
    "multiples",
    "leakage",
    "statuses",
    "money",
    "ports",
    "map",
    "map_change",
    "fit",
]
PATTERNS = [
    {"pattern": "dprk_in_russia", "id": "one", "role": "fitted", "documented": 100.0, "modelled": 120.0},
    {"pattern": "dprk_in_russia", "id": "two", "role": "held out", "documented": 100.0, "modelled": 20.0},
    {"pattern": "arrivals_in_rok", "id": "three", "role": "scored", "documented": 1.0, "modelled": 1000.0},
    {"pattern": "arrivals_in_rok", "id": "four", "role": "input", "documented": 1.0, "modelled": 1.0},
]


@pytest.fixture(scope="module")
def found(evidence):
    return {each.name: each for each in pictures(evidence, PATTERNS)}


def test_a_comparison_has_these_figures_in_this_order(found):
    assert list(found) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_cut_off_or_lies_over_another(found, name):
    assert clashes(found[name].draw()) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_shows_and_has_its_numbers(found, name):
    assert len(found[name].text) > 60 and found[name].text.endswith(".")
    assert "nan" not in found[name].text
    assert len(found[name].table)


def test_the_same_picture_gives_the_same_svg_and_no_address_is_fetched(found):
    svg = found["fan"].svg()
    assert svg.startswith("<svg") and svg == found["fan"].svg()
    assert 'href="http' not in svg and "url(http" not in svg


def test_words_that_clash_are_found():
    @styled
    def draw() -> Figure:
        figure = new_figure(2, "A title")
        figure.text(0.5, 0.5, "one")
        figure.text(0.5, 0.5, "other")
        figure.text(1.5, 0.2, "far")
        return figure

    assert clashes(draw()) == ["'far' is cut off", "'one' lies over 'other'"]
