"""What ends in a month, and who goes home (5.8)."""

from typing import Any


def step(model: Any) -> None:
    """What ends, in the order of section 5.8."""
    for x in model.people:
        if x.end == model.month and x.status in ("worker", "student", "visitor"):
            x.stay_ends()
    surplus = {e: max(0, e.all_staff - e.posts) / e.all_staff for e in model.employers if e.all_staff}
    for x in model.people:
        if x.status == "worker":
            x.may_be_dismissed(surplus[x.employer])
    for x in model.people:
        if x.status == "worker":
            x.may_return_early()
    for x in model.people:
        x.may_flee_ill_treatment()
    for x in model.people:
        if not x.has_papers or x.status == "settled":
            x.may_go_home()
    for x in model.people:
        if not x.has_papers:
            x.may_leave_freely()
    for x in model.people:
        if x.status in ("worker", "overstayer") or (x.status == "irregular" and not x.is_korean):
            x.may_retire()
