"""Each office on a few rows that can be added up by hand."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from calibration import offices, receiving
from calibration.offices import OFFICES
from calibration.runs import Run
from calibration.spans import Span

DIMS = ("nationality", "host", "origin", "place", "sector", "status", "purpose", "direction", "limit")
WHOLE = Span.parse("2000..2017")
PARAMS = {"authorisation_months": 2.4, "remittance_recording": 0.5, "prk_china_entries": 3}

Row = tuple[str, str, float, dict[str, str]]


def run(*rows: Row) -> Run:
    """A run that left these rows: measure, month, value, dimensions."""
    table = pd.DataFrame(
        [
            {"measure": m, "date": pd.Timestamp(date.fromisoformat(f"{month}-01")), "value": v}
            | dict.fromkeys(DIMS, "")
            | dims
            for m, month, v, dims in rows
        ]
    )
    return Run({str(name): group for name, group in table.groupby("measure")}, PARAMS, WHOLE)


def where(**words: str | list[str]) -> offices.Where:
    """Conditions of rows that are counted."""
    return tuple((dim, frozenset([w] if isinstance(w, str) else w), True) for dim, w in words.items())


def but_not(**words: str) -> offices.Where:
    """Conditions of rows that are left out."""
    return tuple((dim, frozenset([word]), False) for dim, word in words.items())


def flow(month: str, value: float, nation: str, direction: str, place: str = "A", purpose: str = "private") -> Row:
    """Crossings at a port of Mongolia."""
    dims = {"host": "MNG", "nationality": nation, "direction": direction, "place": place, "purpose": purpose}
    return "flow", month, value, dims


def in_russia(measure: str, month: str, value: float, nation: str, status: str = "") -> Row:
    """A row about Russia."""
    return measure, month, value, {"host": "RUS", "nationality": nation, "status": status}


PORTS = run(
    flow("2002-01", 30, "CHN", "in"),
    flow("2002-12", 10, "CHN", "in", place="B"),
    flow("2003-01", 20, "CHN", "in"),
    flow("2002-02", 36, "CHN", "out"),
    flow("2002-02", 500, "MNG", "out", purpose="work"),
    flow("2002-02", 5, "RUS", "in"),
)


def test_crossings_are_a_year_s():
    seen = where(host="MNG", direction="in", nationality="CHN")
    assert offices.crossings(PORTS, Span.parse(2002), seen) == 40
    assert offices.crossings(PORTS, Span.parse("2002..2003"), seen) == 30


def test_a_port_s_share_is_of_all_ports():
    seen = where(host="MNG", direction="in", nationality="CHN", place="B")
    assert offices.percent_of_crossings(PORTS, Span.parse(2002), seen) == 25


def test_departures_over_arrivals_leave_nationals_out():
    seen = (*where(host="MNG"), *but_not(nationality="MNG"))
    assert offices.out_over_in(PORTS, Span.parse(2002), seen) == 36 / 45


def test_a_year_is_set_against_the_year_before():
    seen = (*where(host="MNG", direction="in"), *but_not(nationality="MNG"))
    assert offices.on_year_before(PORTS, Span.parse(2003), seen) == 20 / 45
    assert offices.on_year_before(PORTS, Span.parse(2000), seen) is None, "1999 is not in the run"


def test_people_are_a_mean_over_months_without_visitors():
    rows = [in_russia("stock", f"2010-0{m}", 10 * m, "PRK", "worker") for m in (1, 2)]
    rows += [in_russia("stock", "2010-01", 4, "PRK", "irregular"), in_russia("stock", "2010-01", 90, "PRK", "visitor")]
    found = run(*rows)
    both = Span.parse("2010-01..2010-02")
    assert offices.people(found, both, where(host="RUS", nationality="PRK")) == 17
    assert offices.people(found, both, where(host="RUS", status="irregular")) == 2


def test_permits_are_a_mean_and_a_peak():
    found = run(*(in_russia("permits_in_force", f"2013-{m:02}", m, "PRK") for m in range(1, 13)))
    assert offices.permits(found, Span.parse(2013), where(host="RUS")) == 6.5
    assert offices.most_permits(found, Span.parse("2013-02..2013-05"), where(host="RUS")) == 5


def test_the_permits_of_a_nationality_are_a_share_of_all():
    found = run(*(in_russia("permits_in_force", "2015-12", value, n) for n, value in (("CHN", 30), ("PRK", 90))))
    assert offices.percent_of_permits(found, Span.parse("2015-12"), where(host="RUS", nationality="CHN")) == 25
    assert offices.percent_of_permits(found, Span.parse("2014-12"), where(host="RUS", nationality="CHN")) is None


def test_authorised_are_permits_and_what_is_unused():
    entries = {"host": "RUS", "nationality": "PRK", "direction": "in", "purpose": "work"}
    found = run(
        in_russia("permits_in_force", "2015-03", 100, "PRK"),
        in_russia("authorisations", "2015-01", 1000, "PRK"),  # lapsed: they live for two months
        in_russia("authorisations", "2015-02", 30, "PRK"),
        in_russia("authorisations", "2015-03", 20, "PRK"),
        ("flow", "2015-03", 15, entries),
        ("flow", "2015-03", 7, entries | {"purpose": "private"}),
    )
    assert offices.authorised(found, Span.parse("2015-03"), where(host="RUS", nationality="PRK")) == 135


def test_more_entries_than_authorisations_leave_the_permits():
    entries = {"host": "RUS", "nationality": "PRK", "direction": "in", "purpose": "work"}
    found = run(in_russia("permits_in_force", "2015-03", 100, "PRK"), ("flow", "2015-03", 15, entries))
    assert offices.authorised(found, Span.parse("2015-03"), where(host="RUS", nationality="PRK")) == 100


def test_patents_count_post_soviet_workers_in_from_2015():
    rows: list[Row] = []
    for year in (2014, 2015):
        for month in range(1, 13):
            at = f"{year}-{month:02}"
            rows += [in_russia("permits_in_force", at, v, n) for n, v in (("CHN", 20), ("XPS", 60), ("PRK", 20))]
            rows += [in_russia("stock", at, v, n, "overstayer") for n, v in (("CHN", 50), ("XPS", 100))]
    found, chinese = run(*rows), where(host="RUS", nationality="CHN")
    others = (*where(host="RUS"), *but_not(nationality="CHN"), *but_not(nationality="XPS"))
    assert offices.percent_of_work_force(found, Span.parse(2014), chinese) == pytest.approx(20)
    assert offices.percent_of_work_force(found, Span.parse(2015), chinese) == pytest.approx(10)
    assert offices.percent_of_work_force(found, Span.parse("2014..2015"), others) == pytest.approx(15)


def test_women_are_a_share_of_those_who_live_there():
    rows = [in_russia("women_abroad", "2001-12", n, "MNG", status) for n, status in ((6, "worker"), (1, "overstayer"))]
    rows += [in_russia("stock", "2001-12", n, "MNG", s) for n, s in ((8, "worker"), (6, "overstayer"), (90, "visitor"))]
    found, month = run(*rows), Span.parse("2001-12")
    assert offices.percent_women(found, month, where(host="RUS", nationality="MNG", status="worker")) == 75
    assert offices.percent_women(found, month, where(host="RUS", nationality="MNG")) == 50
    assert offices.percent_women(found, Span.parse("2002-01"), where(host="RUS")) is None


def test_the_tightest_limit_is_the_lowest_level():
    found = run(in_russia("limit_level", "2013-05", 35_000, "PRK"), in_russia("limit_level", "2013-06", 99_000, "PRK"))
    seen = where(host="RUS", nationality="PRK")
    assert offices.tightest_limit(found, Span.parse(2013), seen) == 35_000
    assert offices.tightest_limit(found, Span.parse(2012), seen) is None


def test_the_fined_are_a_year_s():
    found = run(in_russia("fined", "2003-02", 5, "CHN"), in_russia("fined", "2003-09", 6, "CHN"))
    assert offices.fined(found, Span.parse(2003), where(host="RUS")) == 11


def test_claims_are_a_year_s():
    found = run(in_russia("claims", "2009-02", 8, "PRK"), in_russia("claims", "2010-09", 4, "PRK"))
    assert offices.claims_made(found, Span.parse("2009..2010"), where(host="RUS", nationality="PRK")) == 6


def test_arrivals_in_the_rok_and_their_way():
    dims = {"host": "KOR", "nationality": "PRK"}
    found = run(
        ("arrived_kor", "2001-02", 8, dims | {"origin": "CHN"}),
        ("arrived_kor", "2002-02", 4, dims | {"origin": "MNG"}),
        ("removed", "2002-05", 3, {"host": "MNG", "nationality": "PRK"}),
        ("stock", "2002-12", 1, {"host": "MNG", "nationality": "PRK", "status": "irregular"}),
        ("stock", "2002-12", 50, {"host": "MNG", "nationality": "PRK", "status": "worker"}),
        ("stock", "2002-11", 70, {"host": "MNG", "nationality": "PRK", "status": "irregular"}),
    )
    years = Span.parse("2001..2002")
    assert offices.arrived_in_rok(found, years, where(host="KOR")) == 6
    assert offices.arrived_in_all(found, years, where(host="KOR", origin="MNG")) == 4
    assert offices.percent_gone_on(found, years, where(host="MNG", nationality="PRK")) == 50


def test_the_fetched_home_are_counted_in_all():
    dims = {"host": "KWT", "nationality": "PRK"}
    found = run(("repatriated", "2015-03", 40, dims), ("repatriated", "2016-03", 60, dims))
    assert offices.fetched_home(found, Span.parse("2015..2016"), where(nationality="PRK")) == 100


def test_seized_passports_are_counted_in_all_by_the_state_of_transit():
    dims = {"host": "MNG", "nationality": "CHN"}
    found = run(("forged_passports_seized", "2001-02", 4, dims), ("forged_passports_seized", "2001-05", 100, dims))
    assert offices.seized(found, Span.parse("2001"), where(host="MNG", nationality="CHN")) == 104
    assert offices.seized(found, Span.parse("2002"), where(host="MNG", nationality="CHN")) == 0


def test_trafficking_is_counted_by_cases_courts_and_estimates():
    link = {"nationality": "MNG", "host": "JPN"}
    found = run(
        ("approached", "2003-02", 80, link),
        ("trafficked", "2002-12", 30, link),
        ("trafficked", "2003-03", 6, link),
        ("trafficking_cases", "2003-12", 7, link),
        ("trafficking_prosecutions", "2003-12", 3, link | {"origin": "MNG"}),
        ("trafficking_prosecutions", "2003-12", 2, link | {"origin": "JPN"}),
    )
    year, mongolians = Span.parse(2003), where(nationality="MNG")
    assert offices.trafficked_in_all(found, Span.parse("2000-01..2003-12"), mongolians) == 36
    assert offices.percent_who_left(found, year, mongolians) == 7.5
    assert offices.percent_who_left(found, Span.parse(2002), mongolians) is None
    assert offices.trafficking_cases(found, Span.parse("2002..2003"), mongolians) == 3.5
    assert offices.trafficking_prosecutions(found, year, where(nationality="MNG", origin="MNG")) == 3


def test_wages_are_by_the_month_worked():
    found = run(
        in_russia("earnings_usd", "2016-01", 1400, "PRK"),
        in_russia("withheld_usd", "2016-01", 1050, "PRK"),
        in_russia("stock", "2016-01", 1, "PRK", "worker"),
        in_russia("stock", "2016-01", 1, "PRK", "irregular"),
        in_russia("stock", "2016-01", 9, "PRK", "settled"),
    )
    seen = where(host="RUS", nationality="PRK")
    assert offices.gross_wage(found, Span.parse("2016-01"), seen) == 700
    assert offices.wage_received(found, Span.parse("2016-01"), seen) == 175
    assert offices.gross_wage(found, Span.parse("2016-02"), seen) is None


def test_banks_record_a_part_of_what_is_sent():
    found = run(
        in_russia("remittances_usd", "2004-01", 6e6, "MNG"), in_russia("remittances_usd", "2005-12", 2e6, "MNG")
    )
    assert offices.remittances_recorded(found, Span.parse("2004..2005"), where(nationality="MNG")) == 2


def test_an_office_that_has_no_rows_counts_nobody():
    assert offices.fined(run(flow("2002-01", 1, "CHN", "in")), Span.parse(2003), where(host="MNG")) == 0


def test_work_entries_are_workers_times_entries_a_year():
    workers = run(
        ("permits_in_force", "2010-01", 100, {"host": "CHN", "nationality": "PRK"}),
        ("permits_in_force", "2010-07", 500, {"host": "CHN", "nationality": "PRK"}),
    )
    assert offices.work_entries(workers, Span.parse(2010), where(host="CHN", nationality="PRK")) == 600 / 12 * 3


def test_every_office_is_tested_here():
    text = Path(__file__).read_text(encoding="utf-8")
    assert {name for name in OFFICES if f".{name}(" not in text} == set()


def test_civilians_are_permits_without_those_of_soldiers() -> None:
    there = {"nationality": "PRK", "host": "KWT"}
    rows = [(m, "2016-06", v, there) for m, v in (("permits_in_force", 500.0), ("soldiers", 120.0))]
    june, kuwait = Span.parse("2016-06"), where(nationality="PRK", host="KWT")
    assert offices.soldiers(run(*rows), june, kuwait) == 120
    assert offices.civilians(run(*rows), june, kuwait) == 380


def test_stations_and_labour_bureaus_count_whom_they_receive_and_send_on() -> None:
    """Two thousand had crossed before the run (initial.csv), here half as many.

    Of 500 received 20 were there before: 480 persons and 1,000 others; 700 crossings. 74 fled, of them 37 young.
    """
    there = {"host": "PRK", "nationality": "CHN"}
    counted = {"received": 500.0, "received_again": 20.0, "crossed": 700.0, "fled": 74.0, "fled_young": 37.0,
               "assigned": 310.0, "removed": 9.0, "unfilled_jobs": 40.0}  # fmt: skip
    rows = run(*((name, "1961-10", value, there) for name, value in counted.items()))
    october, korea = Span.parse("1961-10"), where(host="PRK")
    half = Run(rows.measures, PARAMS | {"crossed_by_july_1960": 0.5}, october)
    assert receiving.persons_received(half, october, korea) == 1480
    assert receiving.crossed_in_all(half, october, korea) == 1700
    assert receiving.percent_fled(half, october, korea) == 5
    assert receiving.percent_young(half, october, korea) == 50
    assert receiving.documents_a_day(half, october, korea) == 10
    assert receiving.jobs_unfilled(half, october, korea) == 40
    assert receiving.removed_in_all(half, october, korea) == 9
    nobody = Run({}, half.params, october)
    assert receiving.percent_young(nobody, october, korea) is None
