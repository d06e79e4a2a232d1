"""A person: one head, standing for `weight` alike people. What the person does in a month, by mechanism."""

import math
from typing import Any

import mesa

from tests.oracle import chance

NEVER = 32767
REGISTERED, UNREGISTERED, STILL_TIME = 1, 0, -1
HIDDEN = ("overstayer", "irregular")


class Person(mesa.Agent):
    """Somebody of a group. Places, hosts, nations and sectors are rows of the world's tables; money is in cents."""

    __slots__ = (
        "asked_to_register", "barred", "barred_until", "born", "breach", "channel", "crowd", "debt",
        "employer", "end", "extended", "group", "group_row", "home", "host", "id", "is_korean", "is_member",
        "kind", "leaving", "model", "nation", "owed", "place", "plan", "registered", "request", "row", "savings",
        "sector", "since", "skilled", "status", "weight", "woman",
    )  # fmt: skip

    def __init__(self, model: Any, known: dict[str, Any]) -> None:
        super().__init__(model)
        self.id: int = known["id"]
        self.weight: int = known["weight"]
        self.group = model.world.groups[known["group"]]
        self.group_row: int = known["group"]
        self.nation: int = known["nation"]
        self.sector: int = known["sector"]
        self.woman, self.skilled = bool(known["sex"]), bool(known["skilled"])
        self.kind = self.group_row, self.sector, self.woman, self.skilled
        self.is_korean = self.nation == model.north_korea
        self.is_member = bool(self.group.is_programme)
        self.born: int = known["born"]
        self.home: int = known["home"]
        self.place: int = known["place"]
        self.host: int = model.host_of[self.place]
        self.status: str = known["status"]
        self.since: int = known["since"]
        self.end: int = known["end"]
        self.employer = model.employers[known["employer"]] if known["employer"] >= 0 else None
        self.channel: str = known["channel"]
        self.plan: int | None = None  # host for whose employers a candidate waits at home
        self.request: Any = None  # the blocked request that names this person
        self.leaving: Any = None  # where to, how and to whom somebody sets out this month
        self.barred, self.barred_until = -1, 0
        self.extended, self.registered, self.breach = 0, known["registered"], ""
        self.asked_to_register = -1
        self.savings, self.debt, self.owed = known["savings"], known["debt"], known["owed"]
        self.crowd = model.crowd
        self.crowd.add(self)
        if self.employer:
            self.hired(self.employer)

    def draw(self, decision: str, t: int | None = None) -> float:
        """A number in [0, 1) for a decision of this month."""
        return chance.uniform(self.model.luck(decision, t), self.id)

    @property
    def at_home(self) -> bool:
        """Whether the person lives at home."""
        return self.status == "home"

    @property
    def has_papers(self) -> bool:
        """Whether the stay is lawful."""
        return self.status not in HIDDEN

    def bars(self, host: int) -> bool:
        """Whether this host removed the person and does not yet let them in again."""
        return self.barred == host and self.model.month < self.barred_until

    def becomes(self, status: str, end: int = NEVER, place: int | None = None, employer: Any = None,
                channel: str | None = None) -> None:  # fmt: skip
        """Change status; who leaves an employer loses what it owes, and who comes home what belongs to a stay."""
        if self.employer:
            self.employer.let_go(self)
            del self.crowd.at_work[self]
            if employer is not self.employer:
                self.owed = 0
        self.crowd.leaves(self)
        self.status, self.since, self.end, self.employer = status, self.model.month, end, None
        self.place = self.home if status == "home" else self.place if place is None else place
        self.host = self.model.host_of[self.place]
        self.channel = self.channel if channel is None else channel
        self.crowd.joins(self)
        if employer:
            self.hired(employer)
        if status != "home":
            self.waits_for(None)
        else:
            self.extended, self.registered, self.breach = 0, UNREGISTERED, ""

    def goes_home(self) -> None:
        """Leave for home."""
        self.becomes("home")

    def hired(self, employer: Any) -> None:
        """Begin to work."""
        self.employer = employer
        self.crowd.at_work[self] = None
        employer.hire(self)

    def waits_for(self, host: int | None) -> None:
        """Wait at home for a contract in a host, or no longer."""
        self.plan = host
        if host is None:
            self.crowd.waiting.pop(self, None)
        else:
            self.crowd.waiting[self] = None

    def sets_out(self, place: int, channel: str, employer: Any = None) -> None:
        """Be on the way this month."""
        self.leaving = place, channel, employer
        self.crowd.leaving[self] = None

    def stays_at_home(self) -> None:
        """No longer be on the way."""
        self.leaving = None
        del self.crowd.leaving[self]

    # work (5.7)

    def work(self) -> None:
        """Be paid, hand over what a state takes, live, repay, send home and save."""
        p, employer = self.model.params, self.employer
        gross = paid = employer.pay[self.status == "worker", self.skilled]
        if self.owed > 0 or employer.held > 0:
            due = gross + math.ceil(self.owed * chance.monthly(p["arrears_due_rate"]))
            paid = due - math.floor(due * employer.held)
            self.owed += gross - paid
        if employer.held > 0 and self.draw("work unpaid") < employer.held:
            self.model.beliefs.harm(self.host, self.nation, self.channel, self.weight)
        if self.is_member and self.status != "irregular":
            spent = self._hand_over(gross, paid)
        else:
            spent = min(paid, math.floor(gross * p["living_share"]))
        left = paid - spent
        if self.debt > 0:
            repaid = min(self.debt, math.floor(left * p["repay_share"]))
            left, self.debt = left - repaid, self.debt - repaid
        self.savings += left - math.floor(left * p["remit_share"])

    def _hand_over(self, gross: int, paid: int) -> int:
        """What the sending state takes of the pay; what this does not cover is the worker's debt."""
        p = self.model.params
        share = p["prk_soldier_take" if self.group.is_soldier else "prk_take_share"]
        plan = p["prk_plan_rus_usd" if self.host == self.model.russia else "prk_plan_usd"]
        take = max(math.floor(gross * share), round(plan * 100))
        taken = min(take, paid)
        self.debt += take - taken
        self.model.revenue.takes[-1] += taken * self.weight
        return taken

    # stays (5.8)

    def stay_ends(self) -> None:
        """A contract, course or visit is over."""
        rules, p = self.model.rules, self.model.params
        if self.status == "worker":
            overstays = self.draw("stays contract") < rules["p_overstay"][self.host][self.nation]
        elif self.status == "student":
            overstays = self.draw("stays study") < p["p_overstay_study"]
        else:
            overstays = self.channel == "overstay"
        if overstays:
            self.becomes("overstayer")
        else:
            self.returns()

    def returns(self) -> None:
        """Go home, and tell."""
        if self.status != "visitor":
            self.model.beliefs.came_home[self.host, self.nation] += self.weight
        self.goes_home()

    @property
    def is_bound(self) -> bool:
        """Whether the debt is worth more than some months of pay."""
        if not self.employer or self.debt <= 0:
            return False
        p, pay = self.model.params, self.employer.wage
        pay = pay if self.status == "worker" else math.floor(pay * p["informal_wage"])
        return bool(self.debt > p["bondage_months"] * pay)

    def debt_holds(self) -> bool:
        """Whether debt keeps the person this month."""
        return self.is_bound and self.draw("stays held") < self.model.params["bondage_hold"]

    def may_be_dismissed(self, surplus: float) -> None:
        """Be one of those whom an employer with too many dismisses; who is held by debt stays on without papers."""
        if self.draw("stays layoff") < surplus * chance.monthly(self.model.params["layoff_rate"]):
            if self.debt > 0:
                self.model.market.note("caught", self, self.host, "contract")
            if self.debt_holds() and not self.is_member:
                self.becomes("overstayer")
            else:
                self.returns()

    def may_return_early(self) -> None:
        """Go home before the contract ends, the sooner the more pay is owed."""
        p = self.model.params
        rate = p["prk_early_return" if self.is_korean else "early_return"]
        rate *= math.exp(p["flight_arrears"] * (self.owed / max(self.employer.wage, 1)))
        if self.draw("stays early") < chance.monthly(rate) and not self.debt_holds():
            self.returns()

    def may_flee_ill_treatment(self) -> None:
        """Go home who was ill-treated this month, if still at work; North Koreans cannot."""
        if (
            self.employer
            and not self.is_korean
            and self.draw("stays hurt") < self.model.params["ill_treated_return"]
            and not self.debt_holds()
        ):
            self.returns()

    def may_go_home(self) -> None:
        """Of those without papers and the settled some go home of themselves."""
        p = self.model.params
        if self.status == "settled":
            rate = 0.0 if self.is_korean else p["settled_return"]
        elif self.is_korean:
            rate = p["hidden_return"]
        else:
            rate = p["overstayer_return"] * (1 if self.employer else p["idle_return_factor"])
        if self.draw("stays homeward") < chance.monthly(rate):
            self.returns()

    def may_leave_freely(self) -> None:
        """Leave under an amnesty."""
        if self.draw("stays freely") < self.model.rules["leaves_freely"][self.host][self.nation]:
            self.returns()

    def may_retire(self) -> None:
        """Go home past the last working age."""
        years = (self.model.month - self.born) / 12
        if years >= self.model.params["last_working_age"] and self.draw("stays retires") < chance.monthly(
            self.model.params["retirement_rate"]
        ):
            self.returns()
