"""The pages of tables in docs/ are those of the code, and hold all that there is."""

import re
from pathlib import Path

import pytest

from sim.cli.kinds import said
from sim.cli.pages import table
from sim.cli.tables import NAMES, tables
from sim.experiments.settings import SettingError
from sim.policies import POLICY_KINDS
from sim.results.measures import MEASURES
from sim.world.priors import Priors, default_priors_path

DOCS = Path(__file__).parent.parent.parent / "docs" / "tables"
ENTRY = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_are_made_from_the_code(name, capsys):
    tables(name)
    assert page(name) == capsys.readouterr().out, f"make it anew: neamig tables {name} > docs/tables/{name}.md"


def test_every_parameter_and_measure_has_one_row():
    priors = Priors.load(default_priors_path())
    assert sorted(ENTRY.findall(page("parameters"))) == sorted(priors)
    assert ENTRY.findall(page("measures")) == list(MEASURES)


def test_every_kind_has_its_settings_and_what_they_are_made_of():
    parts = {part.partition("\n")[0]: ENTRY.findall(part) for part in page("policies").split("\n## ")[1:]}
    assert set(parts) == {*POLICY_KINDS, "CommitteeException", "StaffShare"}
    for kind, made in POLICY_KINDS.items():
        own = {field.alias or name for name, field in made.model_fields.items()} - {"kind", "from", "until"}
        assert set(parts[kind]) == own - {"source", "note"}


def test_reasons_and_sources_stand_in_full():
    prior = Priors.load(default_priors_path())["care_by_protocol"]
    row = next(line for line in page("parameters").splitlines() if line.startswith("| `care_by_protocol` |"))
    assert [prior.unit, prior.reason, "assumed", "`rescue` at 0"] == row.strip("| ").split(" | ")[3:]


def test_every_row_of_a_table_has_all_cells():
    for name in NAMES:
        blocks = re.findall(r"(?:^\|.*\n)+", page(name), re.MULTILINE)
        assert blocks and all(len({line.count("|") for line in block.splitlines()}) == 1 for block in blocks)
    assert list(table(("a", "b"), [("x | y", "two\n  words")]))[2] == "| x &#124; y | two words |"


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "number", "minimum": 0, "maximum": 1}, "share (0 to 1)"),
        ({"anyOf": [{"type": "number"}, {"pattern": "^prior:", "type": "string"}]}, "number or `prior:NAME`"),
        ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, "`true` or `false`"),
        ({"enum": ["in", "out"]}, "`in`, `out`"),
        ({"type": "array", "items": {"$ref": "#/$defs/Thing"}}, "list of [Thing](#thing)"),
    ],
)
def test_what_a_setting_may_be_is_said_in_words(schema, words):
    assert said(schema) == words


def test_an_unknown_page_is_told():
    with pytest.raises(SettingError, match="there is no page 'measure'; did you mean 'measures'"):
        tables("measure")
