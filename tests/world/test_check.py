"""Each check of a world fails on a copy that breaks it, names the file and line, and says what is wrong."""

import csv
import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from sim.world import WorldError, load_from

Cells = dict[str, str]
Edit = Callable[[list[Cells]], list[Cells]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped tables."""
    with as_file(files("sim.world") / "northeast_asia") as shipped:
        shutil.copytree(shipped, tmp_path / "world")
    return tmp_path / "world"


def rewrite(folder: Path, table: str, edit: Edit) -> None:
    """Write a table anew after `edit`."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = list(reader.fieldnames or ())
        rows = edit(list(reader))
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns)
        writer.writeheader()
        writer.writerows(rows)


def setting(row: int, **cells: str) -> Edit:
    """An edit of the row with that number, from 0."""
    return lambda rows: [cell | cells if n == row else cell for n, cell in enumerate(rows)]


def dropping(**cells: str) -> Edit:
    """An edit that leaves out the rows with all these cells."""
    return lambda rows: [row for row in rows if not cells.items() <= row.items()]


def without_flights_of(port: str) -> Edit:
    """An edit of the links that leaves out an airport's flights."""
    return lambda rows: [row for row in rows if row["mode"] != "air" or port not in (row["a"], row["b"])]


def test_the_copy_loads(folder: Path) -> None:
    assert load_from(folder).name == "northeast_asia"


TAMPERED: list[tuple[str, Edit, str]] = [
    ("places", setting(0, country="MGN"), r"places.csv:2: country: unknown country 'MGN'; did you mean 'MNG'"),
    ("groups", setting(0, channels="contrat"), r"groups.csv:2: channels: unknown channel 'contrat'; did you mean 'con"),
    ("groups", setting(0, home="PRK-Rset:1"), r"groups.csv:2: home: unknown place 'PRK-Rset'; did you mean 'PRK-Rest"),
    ("initial", setting(1, status="workers"), r"initial.csv:3: status: unknown status 'workers'; did you mean 'worker"),
    ("links", setting(0, b="MNG-Nort"), r"links.csv:2: b: unknown node 'MNG-Nort'; did you mean 'MNG-North'"),
    ("trafficking", setting(0, host="CNH"), r"trafficking.csv:2: host: unknown country 'CNH'; did you mean 'CHN'"),
    ("trafficking", setting(1, host="QAT"), r"trafficking.csv:3: host: nobody of MNG waits for contracts in QAT"),
    ("trafficking", setting(1, host="CHN"), r"trafficking.csv:3: .* stands already on line 2"),
    ("trafficking", setting(2, recruiters="0"), r"trafficking.csv:4: recruiters: 0 must be above 0"),
    ("links", setting(3, mode="rode"), r"links.csv:5: mode: unknown mode 'rode'; did you mean 'road'"),
    ("links", setting(0, mode=""), r"links.csv:2: mode: unknown mode ''"),
    ("links", setting(0, b="MNG-Ulaanbaatar"), r"links.csv:2: b: MNG-Ulaanbaatar is joined to itself"),
    ("links", setting(0, p_seen="0.5"), r"links.csv:2: p_seen: a lawful link is not watched"),
    ("links", setting(0, months="1-13"), r"links.csv:2: months: '1-13' is not a month"),
    ("links", setting(0, months=""), r"links.csv:2: months: is never open"),
    ("links", setting(0, km="0"), r"links.csv:2: km: 0 must be above 0"),
    ("links", setting(0, lawful="yes"), r"links.csv:2: lawful: 'yes' is neither 0 nor 1"),
    ("links", dropping(a="XPS"), r"places.csv:\d+: id: XPS cannot be reached from MNG-Ulaanbaatar"),
    (
        "links",
        dropping(b="Dayan", a="CHN-Xinjiang"),
        r"ports.csv:\d+: states: Dayan joins MNG; it must join MNG and CHN",
    ),
    ("links", without_flights_of("Ulgii"), r"ports.csv:6: states: Ulgii is an airport without an air link"),
    ("ports", setting(1, states="MNG"), r"ports.csv:3: states: a port stands between two states"),
    (
        "ports",
        setting(1, states="MNG|MNG"),
        r"ports.csv:3: states: Sukhbaatar joins MNG, RUS; it must join MNG and MNG",
    ),
    ("ports", setting(1, id="KOR"), r"ports.csv:3: id: 'KOR' stands already on line"),
    ("ports", setting(1, lat="95"), r"ports.csv:3: lat: 95 is not between -90 and 90"),
    ("groups", setting(0, weight="0"), r"groups.csv:2: weight: 0 must be above 0"),
    ("groups", setting(0, tie="KOR"), r"groups.csv:2: tie: KOR is not among the hosts of prk_russia"),
    ("groups", setting(0, tie="KRO"), r"groups.csv:2: tie: unknown country 'KRO'; did you mean 'KOR'"),
    ("groups", setting(0, via="MNG"), r"groups.csv:2: via: prk_russia must go by smuggler alone to pass MNG"),
    ("groups", setting(4, via="CHN"), r"groups.csv:6: via: CHN is home or host of prk_hidden_im"),
    ("groups", setting(0, weight="8.5"), r"groups.csv:2: weight: 8.5 is not a whole number"),
    ("groups", setting(0, persons="many"), r"groups.csv:2: persons: 'many' is not a number"),
    ("groups", setting(0, persons="nan"), r"groups.csv:2: persons: 'nan' is not a number"),
    ("groups", setting(0, persons="16000"), r"groups.csv:2: persons: 16000 persons, but initial.csv puts 20000 abroad"),
    ("groups", setting(0, weight="90000"), r"groups.csv:2: weight: a head stands for 90000"),
    ("groups", setting(0, home="PRK-Rest:0.9"), r"groups.csv:2: home: shares sum to 0.9; they must sum to 1"),
    ("groups", setting(0, sectors=""), r"groups.csv:2: sectors: shares sum to 0"),
    ("groups", setting(0, sectors="F:0,6"), r"groups.csv:2: sectors: 'F:0,6' is not NAME:SHARE"),
    ("groups", setting(0, trips_per_year="2"), r"groups.csv:2: trip_purposes: shares sum to 0"),
    ("preferences", setting(0, share="0.4"), r"preferences.csv:2: share: shares of MNG B sum to 1.0362"),
    (
        "preferences",
        dropping(host="MNG", sector="B"),
        r"jobs.csv:\d+: sector: preferences.csv has no row for MNG-Gobi B",
    ),
    ("jobs", dropping(place="KWT"), r"initial.csv:\d+: sector: 2100 work in KWT F, but jobs.csv has 0 posts"),
    ("jobs", setting(0, posts_2000="-1"), r"jobs.csv:2: posts_2000: -1 must not be below 0"),
    (
        "jobs",
        lambda rows: [*rows, rows[0]],
        r"jobs.csv:\d+: place sector: 'MNG-Ulaanbaatar C' stands already on line 2",
    ),
    ("initial", setting(0, place="PRK-Rest"), r"initial.csv:2: place: PRK-Rest is at home for prk_russia"),
    ("initial", setting(0, status="home"), r"initial.csv:2: status: 'home' is nobody abroad"),
    ("initial", setting(0, sector=""), r"initial.csv:2: sector: a worker has a sector"),
    (
        "initial",
        setting(0, source="assumed:prk_rusia_2000"),
        r"initial.csv:2: source: .*did you mean 'prk_russia_2000'",
    ),
    ("initial", setting(0, source="assumed:"), r"initial.csv:2: source: assumed: is not in assumptions.csv"),
    ("initial", setting(0, source=" "), r"initial.csv:2: source: is empty"),
    ("assumptions", setting(0, prior="travel_fare"), r"assumptions.csv:2: prior: no source in modes.csv names"),
    (
        "brokers",
        dropping(id="namgang"),
        r"groups.csv:5: hosts: brokers.csv has nobody for prk_soldiers by contract to QAT",
    ),
    ("brokers", dropping(id="mng_smuggler"), r"nobody for mng_candidates by smuggler to KOR"),
    ("brokers", setting(0, kind="agency"), r"brokers.csv:2: kind: unknown kind 'agency'; did you mean 'state_agency'"),
    ("brokers", setting(0, loan_share="1.5"), r"brokers.csv:2: loan_share: 1.5 is not between 0 and 1"),
    ("treaties", setting(0, no_effect=""), r"treaties.csv:2: no_effect: icerd is empty, and so are its effects"),
    ("treaties", setting(4, no_effect="no"), r"treaties.csv:6: no_effect: cat has lines in treaty_effects.csv"),
    ("treaties", setting(9, through="convention"), r"treaties.csv:11: through: unknown treaty 'convention'"),
    (
        "treaties",
        setting(0, in_table2="CERD"),
        r"treaties.csv:2: in_table2: Table 2 has no 'CERD'; did you mean 'ICERD",
    ),
    ("treaties", dropping(id="icmw"), r"treaties.csv:2: in_table2: Table 2 has 'ICMW', and no row names it"),
    ("treaty_effects", setting(0, how="puts"), r"treaty_effects.csv:2: how: unknown word 'puts'"),
    ("treaty_effects", setting(0, amount="one"), r"treaty_effects.csv:2: amount: 'one' is not a number"),
    (
        "treaty_effects",
        setting(0, holds="parties"),
        r"treaty_effects.csv:2: holds: unknown word 'parties'; did you mean",
    ),
    ("treaty_effects", setting(3, amount="prior:beta"), r"treaty_effects.csv:5: source: does not name assumed:beta"),
    ("treaty_standings", setting(0, status="joined"), r"treaty_standings.csv:2: status: unknown word 'joined'"),
    ("treaty_standings", setting(0, since="2002"), r"treaty_standings.csv:2: since: '2002' is not a day"),
    ("treaty_standings", setting(0, treaties="cat|tac"), r"treaty_standings.csv:2: treaties: unknown treaty 'tac'"),
    ("profiles", setting(0, women="1.5"), r"profiles.csv:2: women: 1.5 is not between 0 and 1"),
    ("profiles", setting(0, skilled=""), r"sectors.csv:2: code: profiles.csv has no full row for A01 alone"),
    ("profiles", setting(0, last_age="17"), r"profiles.csv:2: last_age: 17 is below first_age 18"),
    ("profiles", setting(0, first_age="0"), r"profiles.csv:2: first_age: 0 must be above 0"),
    ("profiles", setting(7, last_age=""), r"profiles.csv:9: last_age: first_age and last_age go together"),
    ("profiles", setting(7, group="mng_womn"), r"profiles.csv:9: group: unknown group 'mng_womn'; did you mean 'mng_w"),
    ("wage_to_gdp", dropping(host="*", sector="C"), r"wage_to_gdp.csv: no relative for \w+ and C"),
]


@pytest.mark.parametrize(("table", "edit", "message"), TAMPERED, ids=[f"{t} {m[:40]}" for t, _, m in TAMPERED])
def test_a_broken_table_is_told(folder: Path, table: str, edit: Edit, message: str) -> None:
    rewrite(folder, table, edit)
    with pytest.raises(WorldError, match=message):
        load_from(folder)


def test_all_problems_are_told_at_once_in_order(folder: Path) -> None:
    rewrite(folder, "groups", setting(2, hosts="MGN"))
    rewrite(folder, "brokers", setting(0, hosts="RUS|CNH"))
    with pytest.raises(WorldError) as caught:
        load_from(folder)
    assert [(p.file, p.line, p.path) for p in caught.value.problems] == [
        ("brokers.csv", 2, "hosts"),
        ("groups.csv", 4, "hosts"),
    ]


def test_a_country_without_documented_output_needs_an_income(folder: Path) -> None:
    rewrite(folder, "incomes", dropping(country="PRK"))
    rewrite(folder, "assumptions", dropping(prior="prk_home_income"))
    with pytest.raises(WorldError, match=r"incomes.csv: PRK has no documented output; add its income"):
        load_from(folder)


def test_a_missing_table_is_told(folder: Path) -> None:
    (folder / "jobs.csv").unlink()
    with pytest.raises(WorldError, match=r"jobs.csv: no such table"):
        load_from(folder)


def test_a_wrong_header_is_told(folder: Path) -> None:
    path = folder / "jobs.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("posts_2000", "posts", 1), encoding="utf-8")
    with pytest.raises(
        WorldError, match=r"jobs.csv:1: the header is place,sector,posts,.*; write place,sector,posts_2000"
    ):
        load_from(folder)


def test_a_row_of_wrong_length_is_told(folder: Path) -> None:
    path = folder / "sectors.csv"
    path.write_text(path.read_text(encoding="utf-8") + "X,Other\n", encoding="utf-8")
    with pytest.raises(WorldError, match=r"sectors.csv:9: 2 cells where the header has 3"):
        load_from(folder)
