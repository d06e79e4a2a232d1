"""Measures: what a run records, each with its unit, its meaning and how it is totalled over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from sim.results.trafficking import TRAFFICKING

Kind = Literal["stock", "flow", "flag"]


class MeasureError(ValueError):
    """A measure that the registry does not know."""


@dataclass(frozen=True)
class Measure:
    """One thing that is measured.

    A stock is what there is at the end of the month and is averaged over months. A flow is what happened within the
    month and is added up. A flag is 1 in the months in which something holds, and its months are counted.
    A headline is put at the top of a comparison, without the rows whose `status` is in `leaves_out`.
    """

    name: str
    title: str
    unit: str
    sentence: str
    kind: Kind
    headline: bool = False
    leaves_out: tuple[str, ...] = ()

    @property
    def over_time(self) -> Literal["sum", "mean"]:
        """How the months of a period become one number."""
        return "mean" if self.kind == "stock" else "sum"


_ALL = (
    Measure(
        "stock", "People abroad", "persons", "People by legal status at the end of the month.", "stock", True, ("home",)
    ),
    Measure(
        "women_abroad",
        "Women abroad",
        "persons",
        "Women who live abroad, by legal status, at the end of the month.",
        "stock",
    ),
    Measure(
        "skilled_abroad",
        "Skilled people abroad",
        "persons",
        "Skilled people who live abroad at the end of the month.",
        "stock",
    ),
    Measure(
        "skilled_at_home",
        "Skilled people at home",
        "persons",
        "Skilled people of the groups that migrate who are at home, or on a visit, at the end of the month.",
        "stock",
    ),
    Measure(
        "came_of_age",
        "People who came of age",
        "persons",
        "People who took the place of others past the age of their group.",
        "flow",
    ),
    Measure(
        "flow", "Border crossings", "persons", "Border crossings that the ports counted in the month.", "flow", True
    ),
    Measure(
        "authorisations",
        "Authorisations",
        "persons",
        "Foreign workers whom employers were newly allowed to hire.",
        "flow",
        True,
    ),
    Measure(
        "permits_issued",
        "Permits issued",
        "persons",
        "Work permits given to named persons, at entry or on renewal.",
        "flow",
        True,
    ),
    Measure(
        "permits_in_force",
        "Permits in force",
        "persons",
        "Work permits in force at the end of the month.",
        "stock",
        True,
    ),
    Measure(
        "requests", "Requests opened", "persons", "Requests for authorisation opened in the month, each once.", "flow"
    ),
    Measure(
        "requests_blocked",
        "Requests blocked",
        "persons",
        "Requests that a limit refused, in the month of the first refusal.",
        "flow",
    ),
    Measure(
        "leakage",
        "Fate of blocked requests",
        "persons",
        "Blocked requests by fate, in the month it was decided; the waiting in the last month.",
        "flow",
    ),
    Measure(
        "unfilled_jobs",
        "Unfilled jobs",
        "jobs",
        "Jobs open to foreign workers and empty when employers looked at the month's beginning.",
        "stock",
        True,
    ),
    Measure(
        "earnings_usd",
        "Earnings",
        "USD",
        "Pay of migrants, with what is taken of it; arrears when paid.",
        "flow",
        True,
    ),
    Measure(
        "kept_usd", "Pay kept", "USD", "Pay of migrants less what their state takes and what repays debts.", "flow"
    ),
    Measure("withheld_usd", "Pay withheld", "USD", "Pay kept by the sending state or its agency.", "flow", True),
    Measure(
        "revenue_shortfall_usd",
        "Revenue goal missed",
        "USD",
        "What the DPRK's workers brought in less than a twelfth of its goal for the year.",
        "flow",
    ),
    Measure("arrears_usd", "Pay in arrears", "USD", "Pay that employers owe migrants after the month's pay.", "stock"),
    Measure(
        "arrears_lost_usd",
        "Arrears lost",
        "USD",
        "Pay that migrants were owed when they left their employer, and lost.",
        "flow",
    ),
    Measure("remittances_usd", "Remittances", "USD", "Money that migrants sent home.", "flow", True),
    Measure("levies_usd", "Levies", "USD", "What employers paid host states for foreign workers.", "flow", True),
    Measure("support_usd", "Support of students", "USD", "Money that families at home sent to students.", "flow"),
    Measure(
        "fined", "People fined", "persons", "People fined for staying without permission or registration.", "flow", True
    ),
    Measure(
        "ill_treated", "People ill-treated", "persons", "Foreigners ill-treated at work in the month.", "flow", True
    ),
    Measure(
        "attitude",
        "Public attitude",
        "index",
        "How the host's public feels about foreigners, -1 to 1; 0 is the run's first year. Hosts do not add up.",
        "stock",
    ),
    Measure("detained", "People detained", "persons", "People held at the end of the month.", "stock", True),
    Measure(
        "barred", "People barred", "persons", "People whom a state removed and does not let in lawfully yet.", "stock"
    ),
    Measure("removed", "People removed", "persons", "People removed by the host state.", "flow", True),
    Measure(
        "repatriated",
        "Sent home as a group",
        "persons",
        "Workers whom their state fetched home as a group after a protest over unpaid wages.",
        "flow",
    ),
    Measure(
        "sent_home",
        "Sent home under an order",
        "persons",
        "Workers, students and visitors at work whom their host sent home under a repatriation order.",
        "flow",
        True,
    ),
    Measure("uprooted", "Fled disorder", "persons", "People who fled a breakdown of order at home.", "flow", True),
    Measure(
        "overdue",
        "Remaining past a deadline",
        "persons",
        "People whom a repatriation order reaches and who are there at the end of the month, its deadline past.",
        "stock",
        True,
    ),
    Measure(
        "fled",
        "Fled their dispatch",
        "persons",
        "DPRK workers who left their dispatch and hide where they are.",
        "flow",
        True,
    ),
    Measure("claims", "Claims for asylum", "persons", "Claims for asylum made in the month.", "flow", True),
    Measure("recognised", "People recognised", "persons", "Claims for asylum accepted in the month.", "flow", True),
    Measure(
        "returned_against_art33",
        "Returns against Article 33",
        "persons",
        "People returned to a state where they risk persecution (Refugee Convention, Art. 33).",
        "flow",
        True,
    ),
    Measure("claims_refused", "Claims refused", "persons", "Claims for asylum refused in the month.", "flow", True),
    Measure(
        "waited_months",
        "Wait for a decision",
        "person-months",
        "Months that those had waited whose claim was decided.",
        "flow",
        True,
    ),
    Measure("handed_over", "Handed over", "persons", "North Koreans whom a state held and gave back.", "flow", True),
    Measure(
        "set_out",
        "Set out for the ROK",
        "persons",
        "North Koreans who left hiding in China for the host named.",
        "flow",
        True,
    ),
    Measure(
        "caught_leaving",
        "Caught leaving China",
        "persons",
        "Those whom China caught on the way to the host named.",
        "flow",
        True,
    ),
    Measure("fetched_by_kin", "Fetched by kin", "persons", "North Koreans for whose way kin in the ROK paid.", "flow"),
    Measure(
        "returned_against_cat",
        "Returns against CAT Article 3",
        "persons",
        "People returned by a party to the Convention against Torture (Art. 3), perhaps also against Art. 33.",
        "flow",
        True,
    ),
    Measure(
        "arrived_kor",
        "Arrivals in the ROK",
        "persons",
        "North Koreans who reached the Republic of Korea.",
        "flow",
        True,
    ),
    Measure(
        "soldiers",
        "Soldiers at work abroad",
        "persons",
        "Workers with a permit whom an army sent, at the end of the month; permits in force count them too.",
        "stock",
        True,
    ),
    Measure(
        "without_guide",
        "Turned away by smugglers",
        "persons",
        "People who would have gone with a smuggler and found none with a place left.",
        "flow",
    ),
    Measure(
        "forged_passports_seized",
        "Forged passports seized",
        "passports",
        "Forged passports found on people in transit: host is the state that they pass, nationality their own.",
        "flow",
    ),
    Measure(
        "brokers_prosecuted",
        "Brokers prosecuted",
        "brokers",
        "Brokers whom a host state began to prosecute, by the nationality that they bring.",
        "flow",
        True,
    ),
    Measure(
        "bondage_months",
        "Months in debt bondage",
        "person-months",
        "Months worked by people who owe more than they can earn in the months that the priors name.",
        "flow",
        True,
    ),
    *(Measure(*row) for row in TRAFFICKING),
    Measure(
        "months_without_status",
        "Months without status",
        "person-months",
        "Months that people spent as overstayers or without papers, those in detention left out.",
        "flow",
    ),
    Measure(
        "excess",
        "People above a limit",
        "persons",
        "People above a limit who were there lawfully before it fell below them.",
        "stock",
    ),
    Measure(
        "breach",
        "Permits in breach",
        "persons",
        "Permits granted although a limit was full, where it is not fully kept.",
        "flow",
    ),
    Measure("limit_level", "Level of a limit", "persons", "The level at which a limit stands.", "stock"),
    Measure(
        "binds", "Months in which a limit binds", "months", "One if the limit refused somebody in the month.", "flag"
    ),
    Measure(
        "overstayers_beside",
        "Overstayers beside a cap",
        "persons",
        "Overstayers whom a cap by share of the population leaves out.",
        "stock",
    ),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}

# What policies are judged on beside counts and money: what befalls people themselves, by nationality and host.
HARM = ("kept_usd", "arrears_lost_usd", "bondage_months", "ill_treated", "trafficked", "months_without_status",
        "detained", "returned_against_art33", "returned_against_cat")  # fmt: skip


def measure(name: str) -> Measure:
    """Return the measure of this name; MeasureError names the nearest right one."""
    if name in MEASURES:
        return MEASURES[name]
    raise MeasureError(f"unknown measure {name!r}{nearest(name, MEASURES)}")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the nearest known word, or nothing."""
    close = get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
