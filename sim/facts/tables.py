"""Tables: Tables 1 to 4 of Akaha (2006), cell by cell as printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sim.facts.files import read_rows

LEGEND = ("ratified", "accession", "succession")
TOTAL = "TOTAL"


@dataclass(frozen=True, slots=True)
class TraffickingLink:
    """One cell of Table 1.

    `direction` is sends_to, receives_from or transit; `partner` is a country code, blank where there is none.
    """

    country: str
    direction: str
    partner: str
    printed: str


@dataclass(frozen=True, slots=True)
class TreatyStatus:
    """One cell of Table 2: ratified, accession, signed or none. A blank cell is not a party (D24)."""

    country: str
    treaty: str
    status: str


@dataclass(frozen=True, slots=True)
class Treaty:
    """A note to Table 2; `in_force` is a year or "not yet", `as_of` the day of the count, or blank."""

    treaty: str
    adopted: int
    in_force: str
    parties: int
    as_of: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """One row of counts; `key` is a country code in Table 3, the side of the border in Table 4."""

    printed: str
    key: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts of persons by row and column, with the printed totals beside them."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[CountRow, ...]
    stated: tuple[int, ...]

    def cell(self, row: CountRow, column: str) -> int:
        """The count in one cell."""
        return row.counts[self.columns.index(column)]

    def row(self, printed: str) -> CountRow:
        """The row with this printed name.

        Raises
        ------
        KeyError
            If there is none.
        """
        for row in self.rows:
            if row.printed == printed:
                return row
        raise KeyError(f"{self.name} has no row {printed!r}")

    def total(self, column: str) -> int:
        """The printed total of a column."""
        return self.stated[self.columns.index(column)]

    def sum(self, column: str) -> int:
        """The recomputed total of a column."""
        return sum(self.cell(row, column) for row in self.rows)


@cache
def table1() -> tuple[TraffickingLink, ...]:
    """Trafficking links by country (Table 1)."""
    return tuple(TraffickingLink(**row) for row in read_rows("table1_trafficking_links.csv"))


@cache
def table2() -> tuple[TreatyStatus, ...]:
    """Treaty status of six states in mid-2005 (Table 2)."""
    rows = read_rows("table2_treaty_status.csv")
    return tuple(TreatyStatus(r["country"], t, s) for r in rows for t, s in r.items() if t != "country")


@cache
def treaties() -> tuple[Treaty, ...]:
    """The thirteen treaties of Table 2, as its notes describe them."""
    rows = read_rows("treaties.csv")
    return tuple(Treaty(r["treaty"], int(r["adopted"]), r["in_force"], int(r["parties"]), r["as_of"]) for r in rows)


@cache
def table3() -> CountTable:
    """Foreigners arriving in and leaving Mongolia, 2000 to 2002 (Table 3); columns in_2000 to out_2002."""
    return _counts("table3", "table3_arrivals_departures.csv", "country")


@cache
def table4() -> CountTable:
    """Mongolians leaving by port and purpose in 2002 (Table 4); its first column is the printed row total."""
    return _counts("table4", "table4_port_purpose_2002.csv", "side")


def _counts(name: str, file: str, key: str) -> CountTable:
    records = read_rows(file)
    columns = tuple(column for column in records[0] if column not in ("printed", key))
    rows = [CountRow(r["printed"], r[key], tuple(int(r[c]) for c in columns)) for r in records]
    return CountTable(name, columns, tuple(_without_total(rows)), _total(rows))


def _without_total(rows: Iterable[CountRow]) -> Iterable[CountRow]:
    return (row for row in rows if row.printed != TOTAL)


def _total(rows: Iterable[CountRow]) -> tuple[int, ...]:
    return next(row.counts for row in rows if row.printed == TOTAL)
