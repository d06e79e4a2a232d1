"""Documents: facts and tables together, as the checks see them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sim.facts.reader import facts
from sim.facts.records import Fact, LegalRule, Source
from sim.facts.references import legal_rules, sources
from sim.facts.tables import (
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


@dataclass(frozen=True, slots=True)
class Documents:
    """Everything the checks recompute; a changed copy stands for a changed source."""

    facts: Mapping[str, Fact]
    rules: Mapping[str, LegalRule]
    sources: Mapping[str, Source]
    table1: tuple[TraffickingLink, ...]
    table2: tuple[TreatyStatus, ...]
    treaties: tuple[Treaty, ...]
    table3: CountTable
    table4: CountTable

    @classmethod
    def load(cls) -> "Documents":
        """The documents as the data files hold them."""
        return cls(
            facts={f.id: f for f in facts()},
            rules={r.id: r for r in legal_rules()},
            sources={s.source: s for s in sources()},
            table1=table1(),
            table2=table2(),
            treaties=treaties(),
            table3=table3(),
            table4=table4(),
        )

    def number(self, id: str) -> float:
        """The value of a fact as a number.

        Raises
        ------
        ValueError
            If the fact is not a plain number.
        """
        number = self.facts[id].number
        if number is None:
            raise ValueError(f"fact {id} is not a plain number: {self.facts[id].value!r}")
        return number

    def with_value(self, id: str, value: str) -> "Documents":
        """A copy in which one fact has another value."""
        return replace(self, facts={**self.facts, id: replace(self.facts[id], value=value)})
