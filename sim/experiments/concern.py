"""Concern: whom the changed policies are about, what is to be shown of them, and what about them no data tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.policies.numbers import PRIOR
from sim.policies.treaty_accession import PROTECTS
from sim.world import load_world

NATIONS = ("nationality",)
HOSTS = ("host", "hosts", "state", "members")

LABOUR = ("permits_in_force", "authorisations", "permits_issued", "stock", "unfilled_jobs", "earnings_usd",
          "withheld_usd", "remittances_usd", "removed")  # fmt: skip
LEVIED = (*LABOUR, "levies_usd")
PROTECTION = ("claims", "recognised", "claims_refused", "waited_months", "fled", "set_out", "caught_leaving",
              "arrived_kor", "handed_over", "returned_against_art33", "returned_against_cat", "fined", "detained",
              "removed", "earnings_usd", "stock")  # fmt: skip
TRAVEL = ("flow", "stock", "permits_in_force", "claims", "returned_against_art33", "earnings_usd", "remittances_usd")
RECALL = ("permits_in_force", "sent_home", "overdue", "stock", "fled", "unfilled_jobs", "earnings_usd",
          "withheld_usd")  # fmt: skip
WELCOME = ("ill_treated", "fined", "detained", "removed", "stock")
REFUGE = ("uprooted", "stock", "detained", "removed", "claims", "arrived_kor", "returned_against_art33")
TRAFFICKING = ("trafficked", "victims", "rescued", "trafficking_cases", "trafficking_prosecutions")
POLICING = ("fined", "detained", "removed", "stock")
RECEPTION = ("received", "assigned", "fled", "sent_home", "removed", "stock", "unfilled_jobs")
MEASURES_OF = {
    "stock_cap": LABOUR,
    "permit_ban": LABOUR,
    "permit_quota": LABOUR,
    "population_share_cap": LABOUR,
    "labour_agreement": LABOUR,
    "legalisation": LABOUR,
    "economic_shock": LABOUR,
    "border_closure": TRAVEL,
    "treaty_accession": PROTECTION,
    "readmission_agreement": PROTECTION,
    "cooperation": POLICING,
    "own_quota": LABOUR,
    "sanction_designation": LABOUR,
    "special_economic_zone": LABOUR,
    "repatriation_order": RECALL,
    "employer_share": LEVIED,
    "enforcement_campaign": POLICING,
    "public_campaign": WELCOME,
    "origin_instability": REFUGE,
    "citizenship_rule": ("stock",),
    "trafficking_law": TRAFFICKING,
    "visa_regime": TRAVEL,
    "reception_policy": RECEPTION,
}
TOTALS_OF = {
    LABOUR: ("stock", "permits_in_force", "unfilled_jobs", "earnings_usd"),
    LEVIED: ("stock", "permits_in_force", "unfilled_jobs", "levies_usd"),
    TRAVEL: ("flow", "stock", "permits_in_force", "earnings_usd"),
    RECALL: ("sent_home", "stock", "permits_in_force", "unfilled_jobs"),
    WELCOME: ("ill_treated", "detained", "stock"),
    REFUGE: ("uprooted", "arrived_kor", "returned_against_art33", "stock"),
    ("stock",): ("stock",),
    POLICING: ("detained", "removed", "stock"),
    PROTECTION: ("claims", "set_out", "arrived_kor", "returned_against_art33", "stock"),
    TRAFFICKING: ("trafficked", "victims", "trafficking_cases"),
    RECEPTION: ("received", "assigned", "fled", "stock"),
}
ROOM = "whom compatriots draw, and how many can be housed"
EMPLOYERS = "how employers answer a refusal"
SENDERS = "how agencies and workers answer a refusal"
LEVY = "how employers answer a levy"
PRACTICE = "how far a state keeps the rule"
POLICED = "what follows from being found"
PUBLIC = "how the public moves, and who follows it"
HIDING = "how many in hiding are found, handed over, or move on"
FINDING = "what states that cooperate see and find more"
DECEIT = "whom traffickers deceive, and which cases break"
REACH = "whom the sanctioning state can reach"
SAFETY = "who claims, and who is recognised"
JOINING = "what joining a treaty changes in practice"
ANSWERS = {
    EMPLOYERS: ("raise_wage_rate", "other_nationality_rate", "without_papers_rate", "withdraw_rate",
                "post_turnover_rate"),
    SENDERS: ("sender_answer_rate", "prk_evasion", "prk_other_host", "prk_goal_growth"),
}  # fmt: skip
ACCESSION = ("strict_art31", "claims_when_held", "p_recognition", "p_recognition_unhcr", "state_decisions")
ASSUMED_OF: dict[str, dict[str, tuple[str, ...]]] = {
    "stock_cap": ANSWERS,
    "permit_ban": ANSWERS,
    "permit_quota": ANSWERS,
    "population_share_cap": ANSWERS,
    "treaty_accession": {SAFETY: ACCESSION},
    "readmission_agreement": {"how far a claim protects": ("protect_by_practice", "claims_when_held")},
    "own_quota": ANSWERS,
    "employer_share": ANSWERS | {LEVY: ("labour_demand_elasticity",)},
    "sanction_designation": {REACH: ("exposure_dollar", "exposure_others")},
    "cooperation": {FINDING: ("cooperation_gain",)},
    "trafficking_law": {DECEIT: ("deceit_believed", "offer_without_visa", "case_recording", "case_prosecuted")},
    "enforcement_campaign": {POLICED: ("p_removal", "register_usd")},
    "public_campaign": {PUBLIC: ("attitude_rate", "attitude_practice")},
    "reception_policy": {ROOM: ("tau", "housing_1961")},
    "origin_instability": {HIDING: ("inspection_chn", "handover_chn", "onward_rate", "kin_each", "kin_pays")},
}


@dataclass(frozen=True)
class Concern:
    """Nationalities and hosts that the changed policies name (none: all alike), and the kinds of these policies."""

    nationalities: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """What to show of those concerned."""
        return _distinct(name for kind in self.kinds for name in MEASURES_OF[kind])

    @property
    def totals(self) -> tuple[str, ...]:
        """What to show of everybody beside it."""
        return _distinct(name for kind in self.kinds for name in TOTALS_OF[MEASURES_OF[kind]])


def concern(policies: Iterable[Mapping[str, Any]]) -> Concern:
    """Return whom policies are about (settings as `resolved` gives them); one that names nobody is about all."""
    given = list(policies)
    return Concern(_named(given, NATIONS), _named(given, HOSTS), _distinct(sorted(map(_topic, given))))


def _topic(policy: Mapping[str, Any]) -> str:
    """The kind whose measures are to be shown: joining the Trafficking Protocol is about trafficking."""
    return "trafficking_law" if policy.get("treaty") == "trafficking_protocol" else str(policy["kind"])


def assumed(policies: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return what in the effect of policies rests on priors alone, each with the names of these priors."""
    found: dict[str, list[str]] = {}
    for policy in policies:
        of_policy = {**_of_kind(policy), JOINING: _in_lines(policy), PRACTICE: _priors_in(policy)}
        for what, names in of_policy.items():
            found[what] = list(_distinct([*found.get(what, ()), *names]))
    return {what: names for what, names in found.items() if names}


def _named(policies: list[Mapping[str, Any]], settings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the countries that all policies together name; none if one of them speaks of all."""
    each = [next((policy[name] for name in settings if policy.get(name)), "all") for policy in policies]
    lists = [[words] if isinstance(words, str) else list(words) for words in each]
    return () if ["all"] in lists else tuple(sorted({word for words in lists for word in words}))


def _priors_in(setting: Any) -> list[str]:
    """Return the priors that a setting names, however deep."""
    if isinstance(setting, str):
        return [setting.removeprefix(PRIOR)] if setting.startswith(PRIOR) else []
    inner = setting.values() if isinstance(setting, Mapping) else setting if isinstance(setting, list | tuple) else ()
    return [name for each in inner for name in _priors_in(each)]


def _of_kind(policy: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return what is assumed of the policy's kind; nothing of a treaty by which no claims are heard."""
    lines = load_world().treaties.effects_of(policy["treaty"]) if "treaty" in policy else None
    is_about_claims = lines is None or any(line.rule == "claim_open" for line in lines)
    return ASSUMED_OF.get(policy["kind"], {}) if is_about_claims else {}


def _in_lines(policy: Mapping[str, Any]) -> list[str]:
    """Return the priors that the lines of a treaty name, but for an amount that the policy gives itself."""
    lines = load_world().treaties.effects_of(policy["treaty"]) if "treaty" in policy else ()
    return [line.prior for line in lines if line.prior and not (line.rule == PROTECTS and "protects" in policy)]


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
