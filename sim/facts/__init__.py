"""Facts: the documented numbers, each with its source, and the checks that recompute them.

Identifiers: ``S`` from the five documents, ``X`` and ``N`` from elsewhere, ``L`` rules of law,
``D`` discrepancies, ``T1`` to ``T4`` the tables. A key such as ``X068@2009`` names one value of a fact with several.
"""

from sim.facts.checks import recompute, surprises
from sim.facts.files import data_path, read_rows
from sim.facts.reader import FactNotFoundError, fact, facts, known_ids, members, search, series
from sim.facts.records import Discrepancy, Fact, Finding, LegalRule, Source
from sim.facts.references import discrepancies, known_gaps, legal_rules, sources
from sim.facts.tables import (
    CountRow,
    CountTable,
    TraffickingLink,
    Treaty,
    TreatyStatus,
    table1,
    table2,
    table3,
    table4,
    treaties,
)

__all__ = [
    "CountRow",
    "CountTable",
    "Discrepancy",
    "Fact",
    "FactNotFoundError",
    "Finding",
    "LegalRule",
    "Source",
    "TraffickingLink",
    "Treaty",
    "TreatyStatus",
    "data_path",
    "discrepancies",
    "fact",
    "facts",
    "known_gaps",
    "known_ids",
    "legal_rules",
    "members",
    "read_rows",
    "recompute",
    "search",
    "series",
    "sources",
    "surprises",
    "table1",
    "table2",
    "table3",
    "table4",
    "treaties",
]
