"""Checks: recompute every sum and share in the documents, and compare with the discrepancies that are named."""

from sim.facts import figure_checks, table_checks
from sim.facts.documents import Documents
from sim.facts.records import Finding
from sim.facts.references import known_gaps

CHECKS = (*table_checks.CHECKS, *figure_checks.CHECKS)


def recompute(documents: Documents | None = None) -> frozenset[Finding]:
    """Every printed number that its parts do not give; from the data files when no documents are given."""
    documents = documents or Documents.load()
    return frozenset(finding for check in CHECKS for finding in check(documents))


def surprises(documents: Documents | None = None) -> tuple[frozenset[Finding], frozenset[Finding]]:
    """Findings that no discrepancy names, and named ones that are gone; both empty when all is as known."""
    found, named = recompute(documents), frozenset(known_gaps())
    return found - named, named - found
