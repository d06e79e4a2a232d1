"""The targets of the package, and mistakes in a file of targets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from calibration.checks import FITTED_UP_TO, JUDGED, NOTHING_AFTER, ROLES, SCORED_FROM, TargetsError
from calibration.rows import read_rows
from calibration.targets import Target, default_targets_path, load_dropped, load_targets
from sim import facts

# The patterns that the model is to reproduce, each with facts that stand for it.
PATTERNS = {
    "foreigners_at_ports": {"T3/CHN/in_2001", "T3/RUS/in_2002", "S036"},
    "departures_by_port": {"T4/Zamiin-Uud/total", "T4/PRINTED/private"},
    "contract_workers": {f"S0{n}" for n in (37, 39, 40, 41, 42, 43, 44)},
    "fines": {"S029", "S031", "S032"},
    "mongolians_abroad": {"S049", "S050", "S052", "S053", "X062@2010", "X064@2000-irregular", "X064@2010"},
    "dprk_in_russia": {"S065", "S066", "S067", "X001", "X002", "X004"},
    "dprk_in_mongolia": {"X031@2009", "X031@2012", "X032", "X033", "X034@2015", "X035@2015"},
    "dprk_in_gulf": {"S091", "S092", "S093", "S094", "S095", "S096", "S097", "S099", "S100"},
    "hidden_in_china": {"X030@2000", "X030@2006"},
    "dprk_in_china": {"X027@2005-2011", "X027@2012", "X027@2013", "X027@2015", "X028@2013", "X028@2016"},
    "russian_work_force": {"X051", "X052", "S071", "S072"},
    "wage_and_take": {"S102", "S103", "S104"},
    "arrivals_in_rok": {f"X068@{year}" for year in (*range(2000, 2012), *range(2013, 2017))} | {"S062", "S063"},
    "asylum": {f"X070@{year}" for year in (2006, 2009, 2011, 2012, 2015)} | {"X069"},
    "trafficking": {"S016", "S018", "S019", "S021"},
    "remittances": {f"X061@{year}" for year in range(2004, 2017)},
    "crossings_of_1961": {"S119", "S121", "S122", "S123", "S124", "S129"},
}
FILE = """patterns:
  workers:
    of: S037
    text: Workers
    targets:
      - {id: all, role: fitted, of: S037, when: 2003-08, office: permits, where: {host: MNG}, text: all}
      - {id: 'of_{n}', each: {n: [CHN, RUS], of: [S039, S040]}, together: true, role: fitted, of: '{of}', when: 2003-08,
         office: permits, where: {host: MNG, nationality: '{n}'}, series: 'of_{n}', text: 'those of {n}'}
dropped:
  - {of: S070, why: the same datum, series: share, when: 2006}
  - {of: S064, why: no number}
"""

Load = Callable[[str], tuple[Target, ...]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load targets from text."""

    def from_text(text: str) -> tuple[Target, ...]:
        path = tmp_path / "targets.yaml"
        path.write_text(text, encoding="utf-8")
        return load_targets(path)

    return from_text


@pytest.fixture(scope="module")
def targets() -> tuple[Target, ...]:
    """The targets of the package, of both worlds."""
    return (*load_targets(), *load_targets(world="tumen_1961"))


def test_every_pattern_has_its_facts(targets):
    found = {name: {each for t in targets if t.pattern == name for each in t.of} for name in PATTERNS}
    assert {name: needed - found[name] for name, needed in PATTERNS.items() if needed - found[name]} == {}
    assert {t.pattern for t in targets} == set(PATTERNS)


def test_every_target_has_one_role_and_one_id(targets):
    assert len({t.id for t in targets}) == len(targets)
    assert {t.role for t in targets} == set(ROLES) - {"not yet"}


def test_only_what_is_not_yet_modelled_has_no_office(targets):
    assert {t.id for t in targets if not t.office} == {t.id for t in targets if t.role == "not yet"}


def test_the_years_after_2012_are_never_fitted(targets):
    assert all(t.span.last <= FITTED_UP_TO for t in targets if t.role == "fitted")
    assert all(t.span.first >= SCORED_FROM for t in targets if t.role in JUDGED)
    assert max(t.span.last for t in targets) == NOTHING_AFTER


def test_no_value_is_typed_again():
    rows = read_rows(default_targets_path(), [])
    assert {r.id for r in rows if r.get("reading")} == {
        "sars_fall",
        "arrived_through_mongolia",
        "most_go_on_from_mongolia",
        "victims_by_2002",
        "young_of_those_who_fled",
        "detained_without_papers",
    }
    assert {each for r in rows for each in r.references if "/" not in each} <= facts.known_ids()


def test_dropped_data_are_no_targets(targets):
    used = {each for t in targets for each in t.of}
    dropped = {each for row in read_rows(default_targets_path(), []) if row.is_dropped for each in row.references}
    assert {"S070", "X003@CHN", "S098", "X068@2012", "X061@2003"} <= dropped
    assert not used & dropped
    assert {each.series for each in load_dropped()} <= {t.series for t in targets}


def test_rows_are_written_out(load):
    assert [(t.id, t.of, t.text) for t in load(FILE)] == [
        ("all", ("S037",), "all"),
        ("of_CHN", ("S039",), "those of CHN"),
        ("of_RUS", ("S040",), "those of RUS"),
    ]
    assert load(FILE)[1].where == (("host", frozenset({"MNG"}), True), ("nationality", frozenset({"CHN"}), True))


def test_lists_that_do_not_go_together_are_combined(load):
    text = FILE.replace("{n: [CHN, RUS], of: [S039, S040]}, together: true", "{n: [CHN], of: [S039, S040]}")
    with pytest.raises(TargetsError, match="the id 'of_CHN' stands twice"):
        load(text)


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("of: S037, when", "of: S9037, when", 6, "all.of: no fact 'S9037'"),
        ("2003-08, office", "2017-08, office", 6, "all.when: 2017-08 is after July 2017"),
        ("2003-08, office", "2013-01, office", 6, "all.role: nothing after 2012 is fitted: 2013-01 is"),
        ("role: fitted, of: S037", "role: held out, of: S037", 6, "all.role: only what is after 2012 is scored"),
        ("of: S037, when", "of: S085, when", 6, "all.of: S085 is dated after July 2017"),
        ("of: S037, when", "of: S039, when", 7, "of_CHN.of: S039 is the value of 'all' already"),
        ("of: S037, when", "of: S070, when", 10, "S070.of: S070 is the value of 'all' already"),
        ("role: fitted, of: S037", "role: fited, of: S037", 6, "all.role: unknown role 'fited'"),
        (
            "office: permits, where: {host: MNG}, t",
            "office: permit, t",
            6,
            "unknown office 'permit'; did you mean 'permits'?",
        ),
        ("office: permits, where: {host: MNG}, t", "t", 6, "all: 'office' is missing"),
        ("where: {host: MNG}, text", "where: {host: MGN}, text", 6, "unknown host 'MGN'; did you mean 'MNG'?"),
        ("where: {host: MNG}, text", "where: {hst: MNG}, text", 6, "unknown dimension 'hst'; did you mean 'host'?"),
        ("text: all", "txt: all", 6, "all.txt: unknown setting; did you mean 'text'?"),
        ("when: 2003-08, office", "when: soon, office", 6, "all.when: 'soon' names no months"),
        ("text: all", "made: product, text: all", 6, "all.made: unknown way 'product'"),
        ("text: all", "reading: 3, text: all", 6, "all.reading: must give low, high, unit, why"),
        ("of: [S039, S040]", "of: [S039]", 7, "each: lists that go together must be of one length"),
        (", why: no number", "", 11, "S064: 'why' is missing"),
        ("patterns:\n", "pattern:\n", 1, "patterns: must be a mapping"),
    ],
)
def test_a_mistake_is_named_with_its_line(load, before, after, line, message):
    assert FILE.count(before) == 1
    with pytest.raises(TargetsError) as caught:
        load(FILE.replace(before, after))
    assert any(f"targets.yaml:{line}: " in one and message in one for one in str(caught.value).splitlines()), (
        caught.value
    )


def test_a_dropped_datum_needs_a_number_only_in_a_series(load):
    with pytest.raises(TargetsError, match=r"S064\.of: S064 is no number"):
        load(FILE.replace("why: no number", "why: no number, series: share, when: 2006"))
