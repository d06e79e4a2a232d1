"""The report of a real comparison, in a browser: one file, whole, readable, the same numbers as the summary."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from calibration.stored import stored_fit
from sim.experiments.compare import compare
from sim.experiments.numbers import signed, written
from sim.experiments.several import each
from sim.report.page import _refused, write_report
from sim.results.files import StoreError
from sim.world.priors import default_priors_path
from tests.report.browser import Seen, opened

BASE = """
name: short baseline
question: What happens in a year without a cap?
start: 2016-01
end: 2016-12
"""
CAP = """
name: {name}
extends: base.yaml
question: Does <img src=x onerror=alert(2)> show as text?
policies:
  cap:
    kind: stock_cap
    nationality: PRK
    hosts: all
    level: {level}
    from: 2016-04-01
    refill: true
    compliance: {{RUS: prior:compliance_rus, default: 1.0}}
    note: <script>alert(3)</script>
    source: <b>for tests</b>
"""
SCRIPT = "<script>alert(1)</script>"
PHONE = 420
BYTES = 3_000_000
MOST_OF_A_PICTURE = 300_000  # bytes; outlines of a map as SVG would be more


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of two scenarios, each beside the reference, with their report."""
    folder = tmp_path_factory.mktemp("several")
    texts = {"base": BASE, "one": CAP.format(name=SCRIPT, level=1000), "two": CAP.format(name="two", level=20000)}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    paths = [folder / f"{name}.yaml" for name in texts]
    compare(*paths, replicates=2, scale=100, point=True, out=folder / "out", command="neamig compare <x>")
    write_report(folder / "out", default_priors_path(), stored_fit(folder / "out"))
    return folder / "out"


@pytest.fixture(scope="module")
def seen(out: Path) -> Iterator[Seen]:
    with opened(out / "report.html") as found:
        yield found


@pytest.fixture(scope="module")
def summaries(out: Path) -> list[dict[str, Any]]:
    return each(json.loads((out / "summary.json").read_text()))


def test_nothing_outside_is_asked_for_and_nothing_fails(seen: Seen, out: Path) -> None:
    assert seen.requests == [(out / "report.html").as_uri()]
    assert seen.errors == []
    assert (out / "report.html").stat().st_size <= BYTES


def test_no_picture_is_large_and_its_words_are_words_in_letters_that_the_page_brings(seen: Seen) -> None:
    pictures = seen.page.locator("figure svg, figure img").all()
    assert max(len(picture.evaluate("each => each.outerHTML")) for picture in pictures) <= MOST_OF_A_PICTURE
    assert all(svg.locator("text").count() for svg in seen.page.locator("figure svg").all())
    assert seen.page.evaluate("[...document.fonts].map(face => face.status)") == ["loaded", "loaded"]


def test_each_scenario_has_figures_of_its_own_answer_and_maps_stand_where_it_went(seen: Seen) -> None:
    assert seen.page.locator("section[aria-labelledby=effect] img").count() == 0
    assert seen.page.locator("section[aria-labelledby=where] img").count() >= 1


def test_runs_that_begin_with_older_stocks_are_warned_of(seen: Seen) -> None:
    warnings = seen.page.locator(".warning").all_inner_texts()
    assert [text for text in warnings if text.startswith("The run begins in 2016-01 with the stocks of 2000-01")]


def test_a_name_that_is_a_script_shows_as_text(seen: Seen) -> None:
    assert seen.page.evaluate("document.scripts.length") == 0
    assert SCRIPT in seen.page.inner_text("header")
    text = seen.page.inner_text("body")
    assert "<img src=x onerror=alert(2)>" in text
    assert "<script>alert(3)</script>" in text
    assert "<b>for tests</b>" in text
    assert "neamig compare <x>" in text
    sources = [image.get_attribute("src") for image in seen.page.locator("img").all()]
    assert all(source.startswith("data:image/png;base64,") for source in sources)


def test_the_headline_has_the_numbers_of_the_summary(seen: Seen, summaries: list[dict[str, Any]]) -> None:
    for summary in summaries:
        moved = [row for row in summary["headline"] if row["about"] == "concerned" and row["low"] != row["high"]]
        assert moved
    tables = seen.page.locator("section[aria-labelledby=effect] table").all()
    captions = [table.locator("caption").inner_text() for table in tables]
    own = [table for table, caption in zip(tables, captions, strict=True) if caption.startswith("Those whom")]
    assert len(own) == len(summaries)
    for table, summary in zip(own, summaries, strict=True):
        cells = [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]
        rows = [row for row in summary["headline"] if row["about"] == "concerned" and not _is_null(row)]
        wanted = [
            [written(row["reference_mean"]), signed(row["mean"]), f"{signed(row['low'])} to {signed(row['high'])}"]
            for row in rows
        ]
        assert [[reference, difference, interval] for reference, difference, _, interval, _ in cells] == wanted
    answers = seen.page.locator(".answer").all_inner_texts()
    for answer, summary in zip(answers, summaries, strict=True):
        numbers = re.compile(r"\d[\d,.]*")
        assert numbers.findall(answer) == numbers.findall(summary["headline"][0]["sentence"])


def _is_null(row: dict[str, Any]) -> bool:
    return row["mean"] == row["low"] == row["high"] == row["p_positive"] == 0


def test_every_figure_has_its_text_and_its_numbers(seen: Seen) -> None:
    figures = seen.page.locator("figure").all()
    assert len(figures) >= len(("fan", "difference", "difference", "fit"))
    for figure in figures:
        picture = figure.locator("svg[role=img], img")
        assert picture.count() == 1
        text = picture.get_attribute("aria-label") or picture.get_attribute("alt")
        assert len(text) > len("too short to say anything")
        assert figure.locator("details tbody tr").count() > 0


def test_no_two_elements_share_an_id_and_headings_come_in_order(seen: Seen) -> None:
    ids = seen.page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))
    levels = seen.page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(each => Number(each.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert seen.page.get_attribute("html", "lang") == "en"


def test_a_telephone_needs_no_sideways_scrolling(seen: Seen) -> None:
    size = seen.page.viewport_size
    seen.page.set_viewport_size({"width": PHONE, "height": 800})
    for element in seen.page.locator("details").all():
        element.evaluate("each => each.open = true")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= PHONE
    seen.page.set_viewport_size(size)


def test_it_prints_on_pages(seen: Seen) -> None:
    pages = re.findall(rb"/Type\s*/Page\b", seen.page.pdf())
    assert len(pages) > 1


def test_the_rules_name_their_source_and_what_is_assumed(seen: Seen) -> None:
    rules = seen.page.inner_text("section[aria-labelledby=rules]")
    assert "cap (stock cap), from 2016-04-01." in rules
    assert "compliance_rus" in rules
    assert "limit of 1,000 persons" in rules
    assumed = seen.page.inner_text("section[aria-labelledby=trust]")
    assert "How far Russia keeps the cap" in assumed


def test_where_no_request_was_refused_nothing_is_said_of_other_refusals() -> None:
    idle: dict[str, Any] = {"leakage": {"blocked": 0.0}, "binds": []}
    assert _refused(idle) == "The change sets no limit on requests for workers, so no job had to go elsewhere."
    settled = {"limit": "one_percent/all", "changed": True, "p_binds": 1.0}
    assert _refused(idle | {"binds": [settled]}) == (
        "No request for a worker was refused by one percent, so no job had to go elsewhere."
    )


def test_only_a_finished_comparison_has_a_report(out: Path, tmp_path: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text())
    for change, message in (({"kind": "run"}, "no comparison"), ({"complete": False}, "not finished")):
        (tmp_path / "manifest.json").write_text(json.dumps(manifest | change))
        with pytest.raises(StoreError, match=message):
            write_report(tmp_path, default_priors_path(), None)
    assert not (tmp_path / "report.html").exists()
