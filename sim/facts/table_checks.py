"""Table checks: sums, directions and notes of Tables 1 to 4."""

from collections.abc import Iterator
from datetime import date

from sim.facts.documents import Documents
from sim.facts.records import Finding
from sim.facts.tables import LEGEND, CountTable

# Above this, three years of crossings cannot be visitors whose stay spans a New Year (assumed, for sorting only).
NET_PERSONS = 5_000
# Ratifications that bring CEDAW and CAT into force: Art. 27 of each.
RATIFICATIONS = 20
TABLE2_DATE = date(2005, 6, 3)


def one_sided_links(documents: Documents) -> Iterator[Finding]:
    """Links inside the region that only one of the two countries' rows reports (Table 1)."""
    region = {link.country for link in documents.table1}
    sent = {(k.country, k.partner) for k in documents.table1 if k.direction == "sends_to" and k.partner in region}
    got = {(k.partner, k.country) for k in documents.table1 if k.direction == "receives_from" and k.partner in region}
    for origin, destination in sent ^ got:
        yield Finding(f"table1.link.{origin}-{destination}", 2, 1)


def treaty_key(documents: Documents) -> Iterator[Finding]:
    """Statuses outside the key, and entries of the key that no cell uses (Table 2)."""
    statuses = [cell.status for cell in documents.table2 if cell.status != "none"]
    outside = sum(status not in LEGEND for status in statuses)
    if outside:
        yield Finding("table2.outside_key", 0, outside)
    for status in LEGEND:
        if status not in statuses:
            yield Finding(f"table2.unused.{status}", 1, 0)


def treaty_notes(documents: Documents) -> Iterator[Finding]:
    """Treaties with parties enough that are said not to be in force, years out of order, late counts."""
    for treaty in documents.treaties:
        if treaty.in_force == "not yet":
            if treaty.parties >= RATIFICATIONS:
                yield Finding(f"treaties.not_yet.{treaty.treaty}", 0, treaty.parties)
        elif int(treaty.in_force) < treaty.adopted:
            yield Finding(f"treaties.order.{treaty.treaty}", treaty.adopted, int(treaty.in_force))
        late = (date.fromisoformat(treaty.as_of) - TABLE2_DATE).days if treaty.as_of else 0
        if late > 0:
            yield Finding(f"treaties.days_late.{treaty.treaty}", 0, late)


def refugee_convention(documents: Documents) -> Iterator[Finding]:
    """The year in which the Refugee Convention was adopted."""
    stated = next(t.adopted for t in documents.treaties if t.treaty == "Refugee Convention")
    known = documents.number("N010")
    if stated != known:
        yield Finding("treaties.adopted.Refugee Convention", stated, known)


def columns(documents: Documents) -> Iterator[Finding]:
    """Columns of Tables 3 and 4 that do not add up to the printed total."""
    for table in (documents.table3, documents.table4):
        for column in table.columns:
            if table.total(column) != table.sum(column):
                yield Finding(f"{table.name}.column.{column}", table.total(column), table.sum(column))


def port_rows(documents: Documents) -> Iterator[Finding]:
    """Rows of Table 4, its total among them, whose purposes do not add up to the printed total."""
    table = documents.table4
    for name, (stated, *purposes) in [*((r.printed, r.counts) for r in table.rows), ("TOTAL", table.stated)]:
        if stated != sum(purposes):
            yield Finding(f"table4.row.{name}", stated, sum(purposes))


def port_scope(documents: Documents) -> Iterator[Finding]:
    """Ports of Table 4 that lead neither to Russia nor to China."""
    others = sum(row.key not in ("RUS", "CHN") for row in documents.table4.rows)
    if others:
        yield Finding("table4.other_ports", 0, others)


def net_crossings(documents: Documents) -> Iterator[Finding]:
    """Nationalities whose arrivals and departures over three years are far apart (Table 3)."""
    for row in documents.table3.rows:
        came, left = sum(row.counts[:3]), sum(row.counts[3:])
        if abs(came - left) > NET_PERSONS:
            yield Finding(f"table3.net.{row.key}", came, left)


def more_left(documents: Documents) -> Iterator[Finding]:
    """Country-years in which more left than came (Table 3)."""
    pairs = [pair for row in documents.table3.rows for pair in zip(row.counts[:3], row.counts[3:], strict=True)]
    more = sum(left > came for came, left in pairs)
    if more:
        yield Finding("table3.more_left", 0, more)


def neighbours(documents: Documents) -> Iterator[Finding]:
    """Years in which visitors from China and Russia are not the greater part (S035)."""
    table = documents.table3
    for column in table.columns[:3]:
        both = _two_neighbours(table, column)
        if 2 * both <= table.sum(column):
            yield Finding(f"table3.neighbours.{column}", table.sum(column), both)


def _two_neighbours(table: CountTable, column: str) -> int:
    return sum(table.cell(row, column) for row in table.rows if row.key in ("CHN", "RUS"))


CHECKS = (
    one_sided_links,
    treaty_key,
    treaty_notes,
    refugee_convention,
    columns,
    port_rows,
    port_scope,
    net_crossings,
    more_left,
    neighbours,
)
