"""Calendar: the steps of a run, months or weeks, and the dates on which they begin."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

PER_YEAR = {"month": 12, "week": 52}
DAYS_A_WEEK, MONTHS_A_YEAR, DAYS_A_YEAR = 7, 12, 365


@dataclass(frozen=True)
class Calendar:
    """Steps 0 .. steps-1; a step is named by its first day."""

    start: date
    steps: int
    step: str = "month"

    @cached_property
    def per_year(self) -> int:
        """Steps in a year."""
        return PER_YEAR[self.step]

    @property
    def years_per_step(self) -> float:
        """Length of a step [years]."""
        return 1 / self.per_year

    @classmethod
    def of_months(cls, start: date, months: int, step: str = "month") -> "Calendar":
        """The calendar of so many whole months: steps that begin in them."""
        if step == "month":
            return cls(start, months, step)
        end = cls(start, months).day(months)
        return cls(start, -((start - end).days // DAYS_A_WEEK), step)

    @property
    def days_per_step(self) -> float:
        """Length of a step [days]."""
        return DAYS_A_WEEK if self.step == "week" else DAYS_A_YEAR / self.per_year

    def months_of(self) -> list[int] | None:
        """The month of the run in which each step begins; None where steps are months."""
        if self.step == "month":
            return None
        first = self.start.year * MONTHS_A_YEAR + self.start.month
        days = map(self.day, range(self.steps))
        return [day.year * MONTHS_A_YEAR + day.month - first for day in days]

    @cached_property
    def _days(self) -> dict[int, date]:
        """The first days of steps that were asked for."""
        return {}

    def day(self, t: int) -> date:
        """First day of step t (t may lie before or after the run)."""
        found = self._days.get(t)
        if found is None:
            found = self._days[t] = self._day(t)
        return found

    def _day(self, t: int) -> date:
        if self.step == "week":
            return self.start + timedelta(weeks=t)
        months = self.start.year * 12 + self.start.month - 1 + t
        return date(months // 12, months % 12 + 1, 1)

    def year(self, t: int) -> int:
        """Calendar year of step t."""
        return self.day(t).year

    def month(self, t: int) -> int:
        """Month of the year of step t, 0 for January."""
        return self.day(t).month - 1

    def step_of_year(self, t: int) -> int:
        """Steps since the first of the calendar year that the run has."""
        steps = 0
        while steps < t and self.year(t - steps - 1) == self.year(t):
            steps += 1
        return steps

    def opens_year(self, t: int) -> bool:
        """Whether step t is the first of its calendar year."""
        return t == 0 or self.day(t).year != self.day(t - 1).year

    def first_on_or_after(self, day: date) -> int:
        """The step at whose beginning a rule dated `day` takes effect."""
        t = (
            (day - self.start).days // 7
            if self.step == "week"
            else (day.year - self.start.year) * 12 + (day.month - self.start.month)
        )
        while self.day(t) < day:
            t += 1
        return t
