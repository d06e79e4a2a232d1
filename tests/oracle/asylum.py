"""What becomes of those held and not handed over; claims are decided in their order, so many a month (5.10)."""

from typing import Any

from tests.oracle import chance


def step(model: Any) -> None:
    """Those held claim, are passed on or released; then what is due is decided, host by host."""
    for x, claims in model.spared:
        spare(model, x, claims)
    model.spared.clear()
    due: dict[int, list[Any]] = {}
    for x in model.crowd.of("asylum_seeker"):
        if x.end <= model.month:
            due.setdefault(x.host, []).append(x)
    for host in model.hosts:
        decide(model, host, due.get(host, []))


def spare(model: Any, x: Any, claims: bool) -> None:
    """A claimant waits for a decision; others go on to the ROK from Mongolia, and are let go elsewhere."""
    if claims:
        x.becomes("asylum_seeker", model.month + round(model.params["procedure_months"]))
    elif x.host == model.country("MNG"):
        model.onward.to_korea(x)
    else:
        x.becomes("irregular")


def decide(model: Any, host: int, due: list[Any]) -> None:
    """Whole heads from the front of the queue while they fit; what is left is kept up to the next head."""
    stream = model.luck("asylum key", 0)
    due.sort(key=lambda x: (x.end, chance.bits(stream, x.id)))
    decisions = model.rules["decisions"][host] if model.rules["claim_open"][host] > 0 else 0.0
    mandate = model.rules["mandate"][host]
    room = model.decisions_left.get(host, 0.0) + (mandate + decisions) / 12
    while due and due[0].weight <= room:
        x = due.pop(0)
        room -= x.weight
        x.becomes("refugee" if x.draw("asylum decides") < recognised(model, mandate, decisions) else "irregular")
    model.decisions_left[host] = min(room, due[0].weight) if due else 0.0


def recognised(model: Any, mandate: float, decisions: float) -> float:
    """Chance that a claim is recognised: by the state, by UNHCR, or by both in proportion to what they decide."""
    p = model.params
    if decisions == float("inf") or mandate + decisions == 0:
        return float(p["p_recognition"])
    return float((mandate * p["p_recognition_unhcr"] + decisions * p["p_recognition"]) / (mandate + decisions))
