"""The words that mechanisms and policies share: statuses, events, channels, purposes, fates, and the status table."""

from enum import IntEnum

import numpy as np

Status = IntEnum(
    "Status",
    "HOME VISITOR WORKER OVERSTAYER IRREGULAR ASYLUM_SEEKER REFUGEE SETTLED DETAINED STUDENT CITIZEN RECEPTION",
    start=0,
)
Channel = IntEnum("Channel", "CONTRACT VISIT OVERSTAY SMUGGLER ASYLUM STUDY FAMILY", start=0)
Purpose = IntEnum(
    "Purpose", "OFFICIAL PRIVATE TOURISM PERMANENT_RESIDENCE OTHER WORK RETURN REMOVAL IRREGULAR", start=0
)
Event = IntEnum(
    "Event",
    "HIRE VISIT SLIP_IN APPLY_ABROAD RENEW SETTLE REGULARISE RETURN OVERSTAY FLEE LAY_OFF CAUGHT REMOVE HAND_OVER "
    "RELEASE CLAIM RECOGNISE REFUSE PASS_ON MOVE_ON REPATRIATE ENROL JOIN GRADUATE NATURALISE "
    "SEND_HOME UPROOT RESCUE RECEIVE ASSIGN",
    start=0,
)
JobFate = IntEnum("JobFate", "WAITS RAISED_WAGE OTHER_NATIONALITY WITHOUT_PAPERS WITHDRAWN", start=0)
WorkerFate = IntEnum("WorkerFate", "WAITS OTHER_VISA OTHER_HOST WITHOUT_PAPERS GIVES_UP", start=0)
Grant = IntEnum("Grant", "WORK SETTLEMENT", start=0)

MUST_REGISTER = (Status.WORKER, Status.VISITOR)  # with the authorities, if they stay over thirty days (S028)
NEVER = 32767
UNREGISTERED, REGISTERED, THIRTY_DAYS = 0, 1, -1  # in the last there is still time to register
NOWHERE = NO_EMPLOYER = -1

# status  event  status  mechanism that owns the arrow
ARROWS = """
HOME           HIRE          WORKER         journeys
HOME           VISIT         VISITOR        journeys
HOME           SLIP_IN       IRREGULAR      journeys
HOME           APPLY_ABROAD  ASYLUM_SEEKER  journeys
HOME           UPROOT        IRREGULAR      outflow
VISITOR        RETURN        HOME           stays
VISITOR        OVERSTAY      OVERSTAYER     stays
WORKER         RENEW         WORKER         permits
WORKER         SETTLE        SETTLED        permits
WORKER         RETURN        HOME           stays
WORKER         LAY_OFF       HOME           stays
WORKER         OVERSTAY      OVERSTAYER     stays
WORKER         FLEE          IRREGULAR      flight
WORKER         REPATRIATE    HOME           arrears
WORKER         SEND_HOME     HOME           repatriation
VISITOR        SEND_HOME     HOME           repatriation
STUDENT        SEND_HOME     HOME           repatriation
OVERSTAYER     RETURN        HOME           stays
OVERSTAYER     REGULARISE    WORKER         permits
OVERSTAYER     CAUGHT        DETAINED       enforcement
OVERSTAYER     RESCUE        HOME           enforcement
IRREGULAR      RETURN        HOME           stays
IRREGULAR      REGULARISE    WORKER         permits
IRREGULAR      CAUGHT        DETAINED       enforcement
IRREGULAR      CLAIM         ASYLUM_SEEKER  asylum
IRREGULAR      MOVE_ON       IRREGULAR      onward
IRREGULAR      PASS_ON       SETTLED        onward
SETTLED        RETURN        HOME           stays
DETAINED       REMOVE        HOME           enforcement
DETAINED       HAND_OVER     HOME           enforcement
DETAINED       RELEASE       IRREGULAR      asylum
DETAINED       CLAIM         ASYLUM_SEEKER  asylum
DETAINED       PASS_ON       SETTLED        asylum
ASYLUM_SEEKER  RECOGNISE     REFUGEE        asylum
ASYLUM_SEEKER  REFUSE        IRREGULAR      asylum
ASYLUM_SEEKER  CAUGHT        DETAINED       enforcement
REFUGEE        PASS_ON       SETTLED        asylum
HOME           ENROL         STUDENT        journeys
HOME           JOIN          SETTLED        journeys
STUDENT        GRADUATE      WORKER         permits
STUDENT        RETURN        HOME           stays
STUDENT        OVERSTAY      OVERSTAYER     stays
SETTLED        NATURALISE    CITIZEN        settlement
IRREGULAR      RECEIVE       RECEPTION      reception
RECEPTION      ASSIGN        WORKER         reception
"""


def arrows() -> list[tuple[Status, Event, Status, str]]:
    """The status table: from, event, to, and the mechanism that owns the arrow."""
    rows = [line.split() for line in ARROWS.strip().splitlines()]
    return [(Status[a], Event[e], Status[b], owner) for a, e, b, owner in rows]


def _next_status() -> np.ndarray:
    table = np.full((len(Status), len(Event)), -1, np.int8)
    for before, event, after, _ in arrows():
        table[before, event] = after
    return table


NEXT = _next_status()


def labels(words: type[IntEnum]) -> list[str]:
    """The words as results spell them."""
    return [word.name.lower() for word in words]


# what happens at an event, for `neamig statuses`
MEANINGS = {
    Event.HIRE: "arrives on a contract, with a permit for a named employer",
    Event.VISIT: "arrives on a visit, or to trade",
    Event.SLIP_IN: "crosses a border unseen, or passes it on a forged passport",
    Event.APPLY_ABROAD: "arrives and claims asylum",
    Event.RENEW: "the contract is prolonged",
    Event.SETTLE: "long there, is allowed to settle",
    Event.REGULARISE: "a legalisation gives a permit",
    Event.RETURN: "goes home",
    Event.OVERSTAY: "contract, visit or course is over, and stays",
    Event.FLEE: "leaves a dispatch by the own state and hides",
    Event.LAY_OFF: "is dismissed and goes home",
    Event.CAUGHT: "is found and detained",
    Event.REMOVE: "is removed by the host",
    Event.HAND_OVER: "is handed over to the own state",
    Event.RELEASE: "is let go, without papers",
    Event.CLAIM: "claims asylum in the country of stay",
    Event.RECOGNISE: "the claim is accepted",
    Event.REFUSE: "the claim is refused",
    Event.PASS_ON: "reaches the Republic of Korea and settles there",
    Event.MOVE_ON: "goes on to another state, in hiding still",
    Event.REPATRIATE: "is fetched home by the own state after a protest over pay",
    Event.ENROL: "arrives to study",
    Event.JOIN: "follows kin and may stay",
    Event.GRADUATE: "finds work after the course",
    Event.NATURALISE: "becomes a citizen",
    Event.SEND_HOME: "is sent home under an order with a deadline",
    Event.UPROOT: "flees disorder at home",
    Event.RESCUE: "is found as a victim of traffickers and helped home",
    Event.RECEIVE: "reports to a reception station",
    Event.ASSIGN: "is assigned work and sent there",
}
