"""Tales: one sentence for each event and notice, the word by which `--where` asks for it, and the rates behind it.

A sentence is filled in with what the recorder knows: place, host, origin (the state of home), employer, until, limit,
fate, fee. `tables` are those of the rule book that the event follows; `grant` says which limits it had to pass.
"""

from dataclasses import dataclass

from sim.core.ledger import Item
from sim.core.witness import Notice
from sim.core.words import Event, Grant, Status


@dataclass(frozen=True)
class Tale:
    """How an event is told."""

    word: str
    says: str
    tables: tuple[str, ...] = ()
    grant: Grant | None = None


EVENTS = {
    Event.HIRE: Tale(
        "hired",
        "is hired by {employer}; the contract runs until {until}",
        ("open_work", "extra_posts", "term"),
        Grant.WORK,
    ),
    Event.VISIT: Tale("visited", "enters {host} as a visitor, for {place}"),
    Event.SLIP_IN: Tale("slipped_in", "crosses into {host} without papers and reaches {place}", ("seen",)),
    Event.APPLY_ABROAD: Tale("applied_abroad", "asks for asylum in {host}", ("claim_open", "party")),
    Event.RENEW: Tale(
        "renewed", "has the contract with {employer} prolonged until {until}", ("p_renew", "extension"), Grant.WORK
    ),
    Event.SETTLE: Tale("settled_from_work", "settles in {place}", ("settle",), Grant.SETTLEMENT),
    Event.REGULARISE: Tale("regularised", "is given papers and works for {employer}", ("regularise",)),
    Event.RETURN: Tale("returned", "returns home from {was}"),
    Event.OVERSTAY: Tale("overstayed", "stays in {place} without papers", ("p_overstay",)),
    Event.FLEE: Tale("fled", "flees the dispatch and hides in {place}", ("handover", "protect", "claim_open")),
    Event.LAY_OFF: Tale("laid_off", "is dismissed by {former} and goes home", ("jobs",)),
    Event.CAUGHT: Tale("caught", "is caught in {was} and held"),
    Event.REMOVE: Tale("removed", "is removed from {was_host}", ("p_removal", "bar")),
    Event.HAND_OVER: Tale("handed_over", "is handed over by {was_host}", ("handover", "party")),
    Event.RELEASE: Tale("released", "is let go in {place}", ("handover",)),
    Event.CLAIM: Tale("claimed", "claims asylum in {host}", ("claim_open", "route_known", "party")),
    Event.RECOGNISE: Tale("recognised", "is recognised as a refugee in {host}", ("claim_open", "decisions", "mandate")),
    Event.REFUSE: Tale("refused", "is refused asylum in {host}", ("claim_open", "decisions", "mandate")),
    Event.PASS_ON: Tale("passed_on", "reaches {host} from {was} and settles there", ("seen", "handover")),
    Event.MOVE_ON: Tale("moved_on", "moves on from {was} to {place}", ("route_known", "seen")),
    Event.REPATRIATE: Tale("repatriated", "is fetched home by the state after a protest over pay at {former}"),
    Event.ENROL: Tale("enrolled", "begins to study in {place}"),
    Event.JOIN: Tale("joined", "joins kin in {place}", ("family",), Grant.SETTLEMENT),
    Event.GRADUATE: Tale(
        "graduated", "is employed by {employer} after the course, until {until}", ("open_work", "term"), Grant.WORK
    ),
    Event.NATURALISE: Tale("naturalised", "becomes a citizen of {host}", ("naturalise", "dual_citizenship")),
    Event.SEND_HOME: Tale("sent_home", "is sent home from {was} by order"),
    Event.UPROOT: Tale("uprooted", "flees home in disorder and reaches {place}", ("flees", "seen")),
    Event.RESCUE: Tale("rescued", "is freed from traffickers in {was} and goes home", ("victim_care",)),
    Event.RECEIVE: Tale("received", "reports to {place}", ("station_days",)),
    Event.ASSIGN: Tale("assigned", "is sent to work in {place}", ("documents", "diplomas", "housing")),
}
NOTICES = {
    Notice.HELD_UP: Tale("held_up", "is named for a post at {employer} that limit {limit} refuses"),
    Notice.ANSWERED: Tale("answered", "answers to the refusal: {fate}"),
    Notice.NOT_GRANTED: Tale("not_granted", "is refused {permit}, by limit {limit}"),
    Notice.BROUGHT: Tale("brought", "is found a post by {broker}"),
    Notice.TURNED_BACK: Tale(
        "turned_back", "is turned back on the way to {place} ({channel})", ("entry", "visas_a_year")
    ),
    Notice.FINED: Tale("fined", "is fined {fine}", ("fine_usd", "inspection")),
    Notice.ILL_TREATED: Tale("ill_treated", "is ill-treated at work in {place}"),
    Notice.SUCCEEDED: Tale("succeeded", "gives up the place in the group to somebody who comes of age, born {born}"),
    Notice.DECEIVED: Tale("deceived", "believes a trafficker who offers work, and pays", ("visas", "traffic_law")),
    Notice.ESCAPED: Tale("escaped", "escapes in {place} from those who held her"),
}
PERMITS = {Event.RENEW: "a longer contract", Event.SETTLE: "a permit to settle", Event.GRADUATE: "a permit to work"}
STATUSES = {
    Status.HOME: "lives in {place}",
    Status.VISITOR: "is a visitor in {place}",
    Status.WORKER: "works in {place} on a contract until {until}",
    Status.OVERSTAYER: "stays in {place} without papers",
    Status.IRREGULAR: "hides in {place}",
    Status.ASYLUM_SEEKER: "waits for an answer to a claim in {place}",
    Status.REFUGEE: "is a refugee in {place}",
    Status.SETTLED: "is settled in {place}",
    Status.DETAINED: "is held in {place}",
    Status.STUDENT: "studies in {place}",
    Status.CITIZEN: "is a citizen in {place}",
    Status.RECEPTION: "waits at {place}",
}
OWN = {
    "waits": Tale("waits", "waits for a contract in {host}"),
    "waits_no_more": Tale("waits_no_more", "waits no longer for a contract in {host}"),
    "trips": Tale("trips", "enters {hosts} as a visitor, {times} times until {until}"),
    "pay": Tale("pay", "has worked {months} of {year}: {sums}"),
}
SUMS = {  # of a year's work, in the order of telling
    Item.PAID: "{usd} USD of pay",
    Item.TAKE: "{usd} to the state",
    Item.LIVING: "{usd} to live on",
    Item.REPAID: "{usd} of debt repaid",
    Item.SENT: "{usd} sent home",
    Item.OWED: "{usd} short of what the state asks, as debt",
}

# Where the rules behind an event depend on who did it.
BY_MECHANISM = {("caught", "enforcement"): ("inspection", "cooperates", "p_removal")}

# Events whose rules are those of the place that is left.
DRIVEN_OUT = (Event.UPROOT, Event.LAY_OFF)
