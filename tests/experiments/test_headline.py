"""Which cells are put first, and their numbers."""

import numpy as np
import pandas as pd

from sim.experiments.concern import Concern
from sim.experiments.headline import PARTS, Cell, cells, in_words, largest, values
from sim.experiments.tally import CELL, HEADLINES


def wide(rows: dict[tuple[str, str, str], list[float]], origin: str = "") -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples([(*row, origin) for row in rows], names=CELL)
    return pd.DataFrame(list(rows.values()), index=index, columns=[1, 2])


STOCKS = wide(
    {
        ("stock", "PRK", "RUS"): [-5.0, -7.0],
        ("stock", "PRK", "CHN"): [8.0, 8.0],
        ("stock", "MNG", "KOR"): [90.0, 110.0],
        ("stock", "CHN", "KOR"): [0.0, 0.0],
        ("stock", "XOT", ""): [500.0, 500.0],
        ("flow", "PRK", "RUS"): [1.0, 2.0],
        ("permits_in_force", "PRK", "RUS"): [4.0, 2.0],
        ("permits_in_force", "PRK", "CHN"): [9.0, 9.0],
        ("permits_in_force", "CHN", "RUS"): [50.0, 50.0],
    }
)
CAP = Concern(("PRK",), (), ("stock_cap",))


def test_totals_come_first_in_a_run_then_the_largest_stocks() -> None:
    found = largest(STOCKS)
    assert found[: len(HEADLINES)] == [Cell(name) for name in HEADLINES]
    assert [cell.where for cell in found[len(HEADLINES) :]] == [", MNG in KOR", ", PRK in CHN", ", PRK in RUS"]


def test_whom_a_cap_concerns_comes_before_the_totals() -> None:
    found = cells(STOCKS, CAP)
    own = [cell for cell in found if cell.about == "concerned"]
    assert (own[0].measure, own[0].where) == ("permits_in_force", ", PRK in all hosts")
    parts = [cell.where for cell in found if cell.about == "part"]
    assert parts == [", PRK in CHN", ", PRK in RUS"]
    assert [cell.about for cell in found] == sorted((cell.about for cell in found), key=ORDER.index)
    assert {cell.measure for cell in found if not cell.where} == set(HEADLINES), "every total stands in the summary"


ORDER = ["concerned", "part", "total", "rest"]


def test_jobs_have_no_nationality() -> None:
    own = cells(STOCKS, Concern(("PRK",), ("RUS",), ("permit_ban",)))
    jobs = next(cell for cell in own if cell.measure == "unfilled_jobs")
    assert (jobs.nationality, jobs.host, jobs.about) == ((), ("RUS",), "concerned")
    assert all(cell.about != "part" for cell in own), "one nationality in one host has no parts"


def test_an_accession_asks_who_came_through_the_state() -> None:
    found = cells(STOCKS, Concern((), ("MNG",), ("treaty_accession",)))
    own = {cell.measure: cell for cell in found if cell.about == "concerned"}
    assert own["claims"].where == " in MNG"
    assert (own["arrived_kor"].host, own["arrived_kor"].origin) == ((), ("MNG",))
    assert own["arrived_kor"].where == " through MNG"
    assert own["arrived_kor"].named() == {"measure": "arrived_kor", "origin": "MNG"}


def test_an_accession_tells_who_claims_and_whose_claim_succeeds():
    rows = {
        (name, nation, "MNG"): [1.0, 2.0] for name in ("claims", "recognised", "fined") for nation in ("PRK", "XOT")
    }
    found = cells(wide(rows), Concern((), ("MNG",), ("treaty_accession",)))
    parts = [(cell.measure, *cell.nationality) for cell in found if cell.about == "part"]
    assert parts == [("claims", "PRK"), ("claims", "XOT"), ("recognised", "PRK"), ("recognised", "XOT")]


def test_no_more_parts_than_fit() -> None:
    many = wide({("stock", f"N{n}", "KOR"): [n, n] for n in range(1, 20)})
    assert len(largest(many)) == len(HEADLINES) + PARTS


def test_values_add_up_what_a_cell_covers() -> None:
    assert values(STOCKS, Cell("stock")).tolist() == [593.0, 611.0]
    assert values(STOCKS, Cell("stock", ("PRK",))).tolist() == [3.0, 1.0]
    assert values(STOCKS, Cell("stock", ("PRK",), ("RUS",))).tolist() == [-5.0, -7.0]
    assert values(STOCKS, Cell("stock", ("PRK", "MNG"), ("RUS", "KOR"))).tolist() == [85.0, 103.0]
    assert np.array_equal(values(STOCKS, Cell("claims")), [0.0, 0.0])
    through = wide({("arrived_kor", "PRK", "KOR"): [3.0, 4.0]}, origin="MNG")
    assert values(through, Cell("arrived_kor", origin=("MNG",))).tolist() == [3.0, 4.0]
    assert values(through, Cell("arrived_kor", origin=("CHN",))).tolist() == [0.0, 0.0]


def test_where_in_words() -> None:
    assert in_words({}) == ""
    assert in_words({"host": "MNG"}) == " in MNG"
    assert in_words({"nationality": "PRK"}) == ", PRK in all hosts"
    assert in_words({"nationality": "PRK and CHN", "host": "MNG"}) == ", PRK and CHN in MNG"
    assert in_words({"nationality": "PRK", "origin": "RUS"}) == ", PRK in all hosts through RUS"
