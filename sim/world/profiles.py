"""Profiles: the share of women and of the skilled among some people, and their ages, from the row that says most."""

from collections.abc import Sequence
from dataclasses import dataclass

SAYS = ("women", "skilled", "first_age", "last_age")


@dataclass(frozen=True, slots=True)
class Profile:
    """Who people of a group, sector and place abroad are; an empty name means any, a number left out is None.

    women, skilled [share]; first_age, last_age [completed years] between which they belong to their group.
    """

    group: str
    sector: str
    place: str
    women: float | None
    skilled: float | None
    first_age: float | None
    last_age: float | None
    source: str

    def holds(self, group: str, sector: str, place: str) -> bool:
        """Whether the row is about people of this group, sector and place."""
        return self.group in ("", group) and self.sector in ("", sector) and self.place in ("", place)

    @property
    def names(self) -> tuple[bool, bool, bool]:
        """What the row names, by weight: place before group before sector."""
        return bool(self.place), bool(self.group), bool(self.sector)


def numbers(profiles: Sequence[Profile], group: str, sector: str, place: str = "") -> dict[str, float]:
    """women, skilled, first_age and last_age: each from the row that names most of them and states it.

    A row of a place is about those whom the initial stocks put there. Each sector has a row that states all.
    """
    rows = sorted((row for row in profiles if row.holds(group, sector, place)), key=lambda row: row.names)
    return {name: float([value for row in rows if (value := getattr(row, name)) is not None][-1]) for name in SAYS}
