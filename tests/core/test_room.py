"""The room that limits leave: what each counts, and whether it is enough for all who ask."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.core.limits import Counts, Limit, answer
from sim.core.room import contested, room_now
from sim.core.words import Grant, Status
from tests.chance.runs import built

SIZE = 3  # hosts, nations and sectors alike


@given(st.integers(0, 2**32 - 1), st.integers(0, 4), st.integers(0, 12))
def test_only_where_room_is_short_does_the_order_matter(seed, limits, asking):
    """Answers to those in doubt alone are those which they get among all; nobody else is refused."""
    rng = np.random.default_rng(seed)
    hosts, nations, sectors = (rng.random((limits, SIZE)) < 0.6 for _ in range(3))
    host, nation, sector = (rng.integers(0, SIZE, asking) for _ in range(3))
    weight, slack, order = rng.integers(1, 5, asking), rng.integers(-2, 30, limits), rng.permutation(asking)
    ids, compliance = rng.integers(0, 2**64, asking, np.uint64), rng.choice([0.3, 1.0], (limits, SIZE))

    def answered(some, left):
        covers = np.ascontiguousarray(hosts[:, host[some]] & nations[:, nation[some]] & sectors[:, sector[some]])
        return answer(
            np.argsort(order[some]), ids[some], weight[some], np.arange(some.size), covers, left, np.arange(limits),
            compliance, host[some], np.zeros(limits, np.uint64), np.uint64(1),
        )  # fmt: skip

    left, after = slack.copy(), slack.copy()
    refused, breached = answered(np.arange(asking), left)
    doubt = contested(host, nation, sector, weight, hosts, nations, sectors, after)
    in_doubt = answered(doubt, after)
    assert refused[doubt].tolist() == in_doubt[0].tolist() and breached[doubt].tolist() == in_doubt[1].tolist()
    assert (np.delete(refused, doubt) < 0).all() and (np.delete(breached, doubt) < 0).all()
    assert after.tolist() == left.tolist()


def test_slack_is_the_level_less_what_today_counts_and_a_ban_has_none():
    state = built()
    rng = np.random.default_rng(1)
    state.issued[:] = rng.integers(0, 9, state.issued.shape)
    state.renewed[:] = rng.integers(0, 9, state.renewed.shape)
    some = np.arange(state.hosts) % 2 == 0
    kinds = [
        {},
        {"is_ban": True},
        {"statuses": (Status.WORKER, Status.SETTLED)},
        {"statuses": (Status.VISITOR,), "hosts": ~some},
        {"counts": Counts.ISSUED},
        {"counts": Counts.ISSUED, "grants": (Grant.WORK, Grant.SETTLEMENT), "counts_renewals": True},
        {"counts": Counts.ISSUED, "grants": (Grant.SETTLEMENT,), "counts_renewals": True},
    ]
    for n, more in enumerate(kinds):
        told = {"hosts": some, "nations": ~some, "sectors": np.ones(len(state.world.sectors), bool)} | more
        state.rules.limits[str(n)] = Limit(str(n), "policy", level=1000, since=n, **told)
    room, today = room_now(state), state.today()
    assert [x.id for x in room.sheet.limits] == [str(n) for n in range(len(kinds))]
    assert room.slack.tolist() == [0 if x.is_ban else 1000 - today.count(x) for x in room.sheet.limits]
    assert len(set(room.slack.tolist())) == len(kinds)


def test_without_limits_there_is_room_for_everybody():
    state = built()
    room = room_now(state)
    one = np.zeros(1, np.int8)
    sheet = room.sheet
    args = one.astype(np.int16), one, one, np.ones(1, np.int32), sheet.hosts, sheet.nations, sheet.sectors, room.slack
    assert not contested(*args).size
