"""What a worked example says: some people, some requests, a rule, and what the law makes of them month by month."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from sim.world import WORLDS

FOLDER = Path(__file__).parent
DAYS_A_WEEK = 7
ALWAYS = 1e9  # a yearly rate at which a thing surely happens within the month
Shared = str | dict[str, int]  # a word that holds for all, or persons by word


class Strict(BaseModel):
    """A misspelt key is an error, so that nothing a case says goes unchecked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class People(Strict):
    """Some alike people."""

    group: str
    number: int = 1
    persons_each: int = 1
    status: str = "home"
    at: str | None = None  # place abroad
    home: str | None = None  # the group's first home if not given
    sector: str | None = None  # the group's first sector if not given
    employed: bool | None = None  # workers are, others not
    ends: str | None = None  # month in which contract, visit, procedure or detention ends
    channel: str | None = None  # the way they came, if not the usual one of their status
    candidate_for: str | None = None  # host for which they wait at home for a contract
    registered: bool = True
    savings_usd: float = 0
    debt_usd: float = 0
    owed_usd: float = 0  # by the employer
    held_in: str | None = None  # host whose traffickers hold them
    woman: bool = False
    skilled: bool = False
    age: int = 30  # on the first day of the run, which is a birthday


class Broker(Strict):
    """What the case says of a broker of the world; the rest is the world's."""

    fee_usd: float | None = None
    loan_share: float | None = None
    capacity_month: float | None = None


class Request(Strict):
    """Some alike requests of one employer, each for `persons_each`."""

    employer: str  # place and sector
    nationality: str
    asked: str  # month
    number: int = 1
    persons_each: int = 1


class Row(BaseModel):
    """A number of the results: measure, cell and value; cells not named are added up."""

    model_config = ConfigDict(extra="allow", frozen=True)

    measure: str
    value: float


class Expected(Strict):
    """What is true at the end of a month."""

    month: str
    people: dict[str, Shared] = {}
    requests: dict[str, Shared] = {}
    in_breach: dict[str, int] = {}  # persons whose permit breaches a limit
    savings_usd: dict[str, float] = {}
    debt_usd: dict[str, float] = {}
    age: dict[str, int] = {}  # completed years
    results: list[Row] = []


class Shown(Strict):
    """What a case is an example of."""

    kinds: list[str] = []
    mechanisms: list[str] = []
    arrows: list[str] = []  # status and event
    fates: list[str] = []  # account and fate
    limits: list[int] = []  # points of limits.yaml


class Case(Strict):
    """One worked example.

    channels: nationalities that a host's employers may ask for of themselves; closed unless named. posts: if given, all
    there are. housing: persons by place, where the case gives any. assume: settings of the model that are not nought.
    same_without: policies whose removal changes nothing.
    """

    title: str
    law: str
    note: str | None = None
    start: str
    end: str
    world: str = "northeast_asia"
    shows: Shown
    policies: dict[str, Any] = {}
    people: dict[str, People] = {}
    requests: dict[str, Request] = {}
    assume: dict[str, float | str] = {}
    channels: dict[str, list[str]] = {}
    posts: dict[str, int] | None = None
    posts_without_papers: dict[str, int] = {}
    wage_usd: dict[str, float] = {}
    brokers: dict[str, Broker] = {}
    population: dict[str, dict[int, int]] = {}
    housing: dict[str, int] = {}
    expect: list[Expected] = []
    same_without: list[str] = []
    warns: list[str] = []
    error: str | None = None

    def month(self, text: str) -> int:
        """Steps since the start: months, or weeks of a world that runs in weeks, named by a day in them."""
        if WORLDS[self.world].step == "week":
            return (date.fromisoformat(text) - date.fromisoformat(f"{self.start}-01")).days // DAYS_A_WEEK
        (year, month), (first_year, first) = (map(int, x.split("-")) for x in (text, self.start))
        return (year - first_year) * 12 + month - first

    def settings(self) -> dict[str, float]:
        """The model's settings: nought where the case says nothing."""
        values = quiet() | self.assume
        return {name: ALWAYS if value == "always" else float(value) for name, value in values.items()}


@cache
def quiet() -> dict[str, float]:
    """The settings with which nothing happens by chance."""
    return dict(read(FOLDER / "quiet.yaml"))


def read(path: Path) -> Any:
    """The content of a YAML file."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def all_cases() -> list[Case]:
    """Every case of every file."""
    return [Case.model_validate(case) for path in sorted((FOLDER / "cases").glob("*.yaml")) for case in read(path)]
