"""References: the sources, the rules of law, and what is wrong inside the documents."""

from functools import cache

from sim.facts.files import read_rows
from sim.facts.records import Discrepancy, Finding, LegalRule, Source


@cache
def sources() -> tuple[Source, ...]:
    """The five documents that the ``S`` facts cite."""
    return tuple(Source(**row) for row in read_rows("sources.csv"))


@cache
def legal_rules() -> tuple[LegalRule, ...]:
    """The rules of law the policies follow, L01 to L10."""
    rows = read_rows("legal_rules.csv")
    return tuple(LegalRule(r["id"], r["rule"], r["from"], r["until"], r["text"], r["source"]) for r in rows)


@cache
def discrepancies() -> tuple[Discrepancy, ...]:
    """What is wrong inside the sources, D01 to D26, with the reading taken."""
    return tuple(Discrepancy(**row) for row in read_rows("discrepancies.csv"))


@cache
def known_gaps() -> dict[Finding, str]:
    """The findings that are named, each with its discrepancy."""
    rows = read_rows("known_gaps.csv")
    return {Finding(r["check"], float(r["stated"]), float(r["recomputed"])): r["discrepancy"] for r in rows}
