"""People at home decide whether to leave, and candidates without a post choose again (5.1, 5.4)."""

from collections import Counter
from typing import Any

from tests.oracle import chance


def step(model: Any) -> None:
    """People at home whose moment has come choose."""
    model.compatriots = Counter()
    for (status, host, nation, _channel), persons in model.crowd.persons.items():
        if status not in ("home", "visitor"):
            model.compatriots[nation, host] += persons
    model.choice.weigh()
    for x in model.perhaps("intentions moment", model.choice.bounds_of_all(), "home"):
        if x.plan is None and not x.leaving and x.group.hosts and not x.is_member:
            often = model.choice.clock * model.choice.eagerness(model.month - x.born)
            set_out(model, x, model.choice.decide(x, "intentions", often))


def set_out(model: Any, x: Any, chosen: tuple[int, str] | None) -> None:
    """Wait for a contract, if the test is passed; or leave this month for a region of the host."""
    if not chosen:
        return
    host, channel = chosen
    if channel == "contract":
        if x.draw("departures test") < model.rules["pass_share"][host][x.nation]:
            x.waits_for(host)
        return
    place = chance.part(x.draw("departures where"), model.goals[host])
    x.sets_out(place, channel)


def choose_again(model: Any, x: Any, host: int) -> None:
    """Choose at once, without a contract in this host."""
    x.waits_for(None)
    set_out(model, x, model.choice.decide(x, "departures", 1.0, (host, "contract")))


def lose_patience(model: Any) -> None:
    """Candidates without a post tire of waiting."""
    tires = chance.monthly(model.params["sender_answer_rate"])
    for x in model.perhaps("recruitment patience", tires, "home"):
        if x.plan is not None and not x.request and not x.leaving:
            choose_again(model, x, x.plan)
