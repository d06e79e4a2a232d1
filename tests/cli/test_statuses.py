"""The status table in docs/ is the one of the code, and its picture can be read."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sim.cli.drawing import ROW, lanes
from sim.cli.statuses import statuses
from sim.core.words import MEANINGS, Event, arrows

ROOT = Path(__file__).parent.parent.parent
DOCS, MECHANISMS, CORE = ROOT / "docs", ROOT / "sim" / "mechanisms", ROOT / "sim" / "core"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(("file", "svg"), [("statuses.md", False), ("statuses.svg", True)])
def test_the_page_and_the_picture_are_made_from_the_code(file, svg, capsys):
    statuses(svg=svg)
    made = capsys.readouterr().out
    how = f"make it anew: neamig statuses{' --svg' if svg else ''} > docs/{file}"
    assert (DOCS / file).read_text(encoding="utf-8") == made, how


def test_every_arrow_has_its_row_and_every_event_its_meaning(capsys):
    assert set(MEANINGS) == set(Event)
    statuses(svg=False)
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert len(rows) == 1 + len(arrows())


@pytest.mark.parametrize("arrow", arrows(), ids=lambda arrow: f"{arrow[0].name} {arrow[1].name}")
def test_the_mechanism_named_makes_the_event(arrow):
    """In its own file, or in one of `core` that it imports."""
    _, event, _, owner = arrow
    own = (MECHANISMS / f"{owner}.py").read_text(encoding="utf-8")
    shared = [
        (CORE / f"{name}.py").read_text(encoding="utf-8") for name in re.findall(r"from sim\.core\.(\w+) imp", own)
    ]
    assert any(f"Event.{event.name}" in text for text in [own, *(text for text in shared if "MEANINGS" not in text)])


def test_no_two_words_of_the_picture_share_a_place():
    drawn = ElementTree.fromstring(lanes(["one", "two"], [(0, 1, "go", "a"), (1, 0, "come", "b"), (1, 1, "stay", "a")]))
    places = [(text.get("x"), float(text.get("y", "0"))) for text in drawn.iter(f"{SVG}text")]
    assert len(places) == 2 * 2 + 2 * 3
    for x in {x for x, _ in places}:
        heights = sorted(y for at, y in places if at == x)
        assert all(b - a >= ROW for a, b in pairwise(heights))


def test_an_arrow_points_at_its_lane():
    drawn = ElementTree.fromstring(lanes(["one", "two"], [(1, 0, "come", "b")]))
    dot, head = next(drawn.iter(f"{SVG}circle")), next(drawn.iter(f"{SVG}polygon"))
    tip, *_ = head.get("points", "").split()
    assert float(tip.split(",")[0]) < float(dot.get("cx", "0")), "from the second lane back to the first"
