"""What each kind of policy writes on the rule book, one function a kind, as section 5.11 of docs/odd.md says."""

import math
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from sim.scenario import Scenario
from tests.oracle.rules import CHANNELS, Limit

LAWFUL = ("contract", "visit", "overstay", "asylum", "study", "family")
TRAFFIC = {"all": LAWFUL, "visitors": ("visit", "overstay"), "workers": ("contract",), "unlawful": ()}
FEW = 20
WRITERS: dict[str, Callable[["Writer", Any], None]] = {}


def writes(kind: str) -> Callable[[Callable[["Writer", Any], None]], Callable[["Writer", Any], None]]:
    """Enter the function that writes policies of a kind."""

    def enter(function: Callable[["Writer", Any], None]) -> Callable[["Writer", Any], None]:
        WRITERS[kind] = function
        return function

    return enter


class Writer:
    """One policy at work: the model, its rule book, and the policy's name."""

    def __init__(self, model: Any, name: str) -> None:
        self.model, self.rules, self.world, self.name = model, model.rules, model.world, name
        self.all = range(len(model.world.countries))

    def countries(self, codes: Any) -> list[int]:
        """Rows of the countries named."""
        return [*self.all] if codes == "all" else [self.world.country_index(code) for code in codes]

    def bound(self, hosts: Any, nationality: Any) -> list[tuple[int, list[int]]]:
        """Hosts where some of these nationalities are foreign, and which of them are."""
        nations = self.countries(nationality)
        return [(h, [n for n in nations if n != h]) for h in self.countries(hosts) if set(nations) - {h}]

    def sectors(self, codes: Any) -> list[int]:
        """Rows of the sectors named."""
        every = range(len(self.world.sectors))
        return [*every] if codes == "all" else [self.world.sector_index(code) for code in codes]

    def amount(self, value: float | str) -> float:
        """A number, or the value of the prior named."""
        return self.model.params[value.removeprefix("prior:")] if isinstance(value, str) else float(value)

    def remember(self, what: str, first: Any) -> Any:
        """What the policy noted when it came into force."""
        return self.rules.notes.setdefault((self.name, what), first)

    def compliance(self, several: Any) -> dict[int, float]:
        """The share of refusals that stand, by host."""
        codes = [country.code for country in self.world.countries]
        of = several if isinstance(several, dict) else {"default": several}
        return {h: self.amount(of.get(code, of["default"])) for h, code in enumerate(codes)}

    def limit(self, suffix: str, hosts: Iterable[int], nations: Iterable[int], sectors: Any, level: int,
              compliance: Any = 1.0, **more: Any) -> None:  # fmt: skip
        """Put a limit in force."""
        since, comply = self.remember(f"since {suffix}", self.model.month), self.compliance(compliance)
        name = f"{self.name}/{suffix}" if suffix else self.name
        self.rules.limits.append(
            Limit(name, set(hosts), set(nations), set(self.sectors(sectors)), level, since, compliance=comply, **more)
        )


def write(model: Any, case: Scenario) -> None:
    """Write the rule book of this month; a policy that ends forgets what it noted."""
    model.rules.begin()
    for name, policy in sorted(case.policies.items()):
        if is_in_force(policy, model.day):
            WRITERS[policy.kind](Writer(model, name), policy)
        else:
            model.rules.notes = {where: x for where, x in model.rules.notes.items() if where[0] != name}


def is_in_force(policy: Any, day: date) -> bool:
    """Whether it binds in the month that begins on `day`."""
    return (policy.from_ is None or policy.from_ <= day) and (policy.until is None or day <= policy.until)


def floor_of(share: float, of: float) -> int:
    """The floor of the exact product with a share as it is written."""
    return math.floor(Fraction(str(share)) * int(of))


@writes("stock_cap")
def stock_cap(w: Writer, policy: Any) -> None:
    """A cap for each host; at adoption it is the count; without refill it follows the count down."""
    sectors = w.sectors(policy.sectors)
    for host, nations in w.bound(policy.hosts, policy.nationality):
        code = w.world.countries[host].code
        count = w.model.in_force({host}, set(nations), set(sectors), ("worker",))
        level = w.remember(f"level {code}", count if policy.level == "at_adoption" else policy.level)
        if not policy.refill:
            level = w.rules.notes[w.name, f"level {code}"] = min(level, count)
        level += sum(x.persons for x in policy.exceptions if x.host == code and x.approved <= w.model.day)
        w.limit(code, [host], nations, policy.sectors, level, policy.compliance)


@writes("permit_ban")
def permit_ban(w: Writer, policy: Any) -> None:
    """No new authorisation; in the first month those not used are void, if the ban says so."""
    first = w.remember("month", w.model.month) == w.model.month
    for host, nations in w.bound(policy.hosts, policy.nationality):
        counted = policy.renewals == "counted"
        w.limit(w.world.countries[host].code, [host], nations, policy.sectors, 0, policy.compliance,
                counts_renewals=counted)  # fmt: skip
        if policy.signed_before == "void" and first:
            for nation in nations:
                for sector in w.sectors(policy.sectors):
                    w.rules["void"][host][nation][sector] = 1


@writes("permit_quota")
def permit_quota(w: Writer, policy: Any) -> None:
    """So many a year, or in force; for each host or for all together."""
    parts = [([host], abroad) for host, abroad in w.bound(policy.hosts, policy.nationality)]
    if policy.per == "total":
        parts = [([host for (host,), _ in parts], w.countries(policy.nationality))]
    settles, issued = policy.permit == "settlement", policy.counts == "issued"
    for covered, nations in parts:
        suffix = "" if policy.per == "total" else w.world.countries[covered[0]].code
        w.limit(suffix, covered, nations, policy.sectors, policy.level, policy.compliance,
                counts=policy.counts, statuses=("settled",) if settles else ("worker",),
                grants=("settlement",) if settles else ("work",),
                counts_renewals=issued and not settles and policy.renewals == "counted")  # fmt: skip


@writes("population_share_cap")
def population_share_cap(w: Writer, policy: Any) -> None:
    """A share of the last official population, for all foreigners and perhaps for each nationality."""
    host = w.world.country_index(policy.host)
    people = w.model.outlook.inhabitants(host, w.model.day.year)
    others = [n for n in w.all if n != host]
    grants = tuple(
        grant for status, grant in (("worker", "work"), ("settled", "settlement")) if status in policy.counts
    )
    parts = [("all", others, policy.share)]
    if policy.per_nationality is not None:
        parts += [(w.world.countries[n].code, [n], policy.per_nationality) for n in others]
    for suffix, nations, share in parts:
        w.limit(suffix, [host], nations, "all", floor_of(w.amount(share), people), policy.compliance,
                statuses=tuple(policy.counts), grants=grants)  # fmt: skip


@writes("own_quota")
def own_quota(w: Writer, policy: Any) -> None:
    """New permits of the year, cut each January if the public's attitude lies below the threshold."""
    host, year = w.world.country_index(policy.host), w.model.day.year
    decided, level = w.remember("decided", (year, policy.level))
    if decided != year and w.model.publics.attitude[host] < w.amount(policy.threshold):
        level = math.floor(level * (1 - Fraction(str(w.amount(policy.cut)))))
    w.rules.notes[w.name, "decided"] = (year, level)
    w.limit("", [host], [n for n in w.all if n != host], "all", level, counts="issued")


@writes("employer_share")
def employer_share(w: Writer, policy: Any) -> None:
    """A limit for each staff that is written in the rule, and a levy."""
    host = w.world.country_index(policy.host)
    for x in policy.shares:
        codes = [s.code for s in w.world.sectors] if x.sectors == "all" else x.sectors
        level = 1 if x.staff < FEW else floor_of(x.share, x.staff)
        w.limit("+".join(codes), [host], [n for n in w.all if n != host], x.sectors, level, policy.compliance)
    if policy.levy_usd != 0:
        for sector in w.sectors(policy.levy_sectors):
            w.rules["levy"][host][sector] = w.amount(policy.levy_usd)


@writes("labour_agreement")
def labour_agreement(w: Writer, policy: Any) -> None:
    """A channel, and what the agreement says of posts, fee, test and term."""
    host, nation = w.world.country_index(policy.host), w.world.country_index(policy.nationality)
    w.rules["open_work"][host][nation] = 1
    w.rules["extra_posts"][host][nation] = policy.posts
    w.rules["pass_share"][host][nation] = w.amount(policy.pass_share)
    if policy.agency_fee_usd is not None:
        w.rules["agency_fee"][host][nation] = w.amount(policy.agency_fee_usd)
    if policy.term_months is not None:
        w.rules["term"][host][nation] = policy.term_months


@writes("special_economic_zone")
def special_economic_zone(w: Writer, policy: Any) -> None:
    """Posts beside those that output brings, and an open channel for those whom somebody there would hire."""
    place = w.world.place_index(policy.place)
    employers = {job.sector for job in w.world.jobs if job.place == policy.place}
    sectors = [s for s in w.sectors(policy.sectors) if w.world.sectors[s].code in employers]
    for sector in sectors:
        w.rules["zone_posts"][place][sector] += policy.posts
    for nation in w.countries(policy.nationality):
        if any(w.world.preference_table[place, sector, nation] > 0 for sector in sectors):
            w.rules["open_work"][int(w.world.host_of_place[place])][nation] = 1


@writes("sanction_designation")
def sanction_designation(w: Writer, policy: Any) -> None:
    """Sending is dearer, and fewer firms ask and prolong, the more the longer it lasts."""
    nation = w.world.country_index(policy.nationality)
    years = (w.model.day - w.remember("since", w.model.day)).days / 365.25
    for host in w.countries(policy.hosts):
        exposure = w.rules.base["exposure"][host]
        asks = math.exp(-w.amount(policy.exit) * exposure * years)
        w.rules["sending_cost"][host][nation] = 1 + w.amount(policy.cost) * exposure
        w.rules["asks"][host][nation] = asks
        w.rules["p_renew"][host][nation] *= asks


@writes("economic_shock")
def economic_shock(w: Writer, policy: Any) -> None:
    """Factors on posts and wages."""
    for n, place in enumerate(w.world.places):
        if policy.host == place.country or policy.places == "all" or place.id in (policy.places or ()):
            for sector in w.sectors(policy.sectors):
                w.rules["jobs"][n][sector] *= w.amount(policy.jobs)
                w.rules["wages"][n][sector] *= w.amount(policy.wages)


@writes("border_closure")
def border_closure(w: Writer, policy: Any) -> None:
    """Ports shut; or a share of those who enter, or of its own nationals who leave, stopped; or more crossings seen."""
    if policy.ports is not None:
        for n, port in enumerate(w.world.ports):
            if policy.ports == "all" or port.id in policy.ports:
                w.rules["port_open"][n] = 0.0
        return
    state, nations, passes = (
        w.world.country_index(policy.state),
        w.countries(policy.nationality),
        1 - w.amount(policy.share),
    )
    into, out_of = policy.direction != "out", policy.direction != "in"
    for channel in TRAFFIC[policy.traffic]:
        entry = w.rules["entry"][CHANNELS.index(channel)]
        for nation in nations if into else ():
            entry[state][nation] *= passes
        for host in w.all if out_of and state in nations else ():
            entry[host][state] *= passes if host != state else 1
    seen = w.rules["seen"]
    for other in w.all if policy.traffic == "unlawful" else ():
        if into:
            seen[other][state] = 1 - (1 - seen[other][state]) * passes
        if out_of:
            seen[state][other] = 1 - (1 - seen[state][other]) * passes


@writes("cooperation")
def cooperation(w: Writer, policy: Any) -> None:
    """Every two members exchange information."""
    members = w.countries(policy.members)
    for a in members:
        for b in members:
            if a != b:
                w.rules["cooperates"][a][b] = 1


@writes("legalisation")
def legalisation(w: Writer, policy: Any) -> None:
    """For one month."""
    if w.remember("month", w.model.month) == w.model.month:
        host = w.world.country_index(policy.host)
        for nation in w.countries(policy.nationality):
            w.rules["regularise"][host][nation] = w.amount(policy.share)
            w.rules["leaves_freely"][host][nation] = w.amount(policy.leaves)


@writes("enforcement_campaign")
def enforcement_campaign(w: Writer, policy: Any) -> None:
    """Inspection so many times as often; and perhaps another share removed, of all but North Koreans."""
    host, prk = w.world.country_index(policy.host), w.world.country_index("PRK")
    w.rules["inspection"][host] *= w.amount(policy.factor)
    for nation in w.all if policy.removal is not None else ():
        if nation != prk:
            w.rules["p_removal"][host][nation] = w.amount(policy.removal)


@writes("readmission_agreement")
def readmission_agreement(w: Writer, policy: Any) -> None:
    """The share of North Koreans handed over, or of others removed."""
    host, nation = w.world.country_index(policy.host), w.world.country_index(policy.nationality)
    for table, share in (("handover", policy.hand_over), ("p_removal", policy.removal)):
        if share is not None:
            w.rules[table][host][nation] = w.amount(share)
