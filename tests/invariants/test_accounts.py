"""People, requests, permits, posts and cents balance in every step of any scenario that the schema accepts."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from sim.policies import POLICY_KINDS
from sim.world.priors import Priors, default_priors_path
from tests.invariants.audit import Audited
from tests.invariants.policies import KINDS, MONTHS, groups, policies, rule_books, scenario
from tests.ways import share_ways

PRIORS = Priors.load(default_priors_path())
MADE_UP = {"source": "made up"}
BAN = {"kind": "permit_ban", "nationality": "PRK", "hosts": "all", "renewals": "counted", "compliance": 0.5} | MADE_UP
CAP = {"kind": "stock_cap", "nationality": "all", "hosts": "all", "level": 100_000} | MADE_UP
LEGALISATION = {"kind": "legalisation", "host": "KOR", "share": 0.5, "from": "2017-08-01"} | MADE_UP
QUOTA = {"kind": "permit_quota", "hosts": "RUS", "counts": "issued"} | MADE_UP
NESTED = {
    "for_some": QUOTA | {"nationality": "PRK", "level": 3_000, "renewals": "counted"},
    "for_all": QUOTA | {"nationality": "all", "level": 20_000, "renewals": "exempt"},
}


def audited_run(rules, months, scale, seed, draw):
    """A run of these policies with open books."""
    params = PRIORS.draw(draw) if draw else PRIORS.point()
    model = Audited(scenario(rules, months), world_seed=seed, run_seed=seed, params=params, scale=scale)
    share_ways(model).run()
    return model


def balances(rules, months, scale, seed, draw):
    """Carry a run out with open books, and add up the fates of the requests that were blocked."""
    rows = audited_run(rules, months, scale, seed, draw).series.table().to_pandas()
    leakage = rows[rows.measure == "leakage"].groupby("purpose", observed=True).value.sum()
    for account in ("job", "worker"):
        assert leakage.get(account, 0) == rows[rows.measure == "requests_blocked"].value.sum()


@pytest.mark.parametrize("kinds", groups(4), ids=lambda kinds: kinds[0])
@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    data=st.data(),
    months=st.integers(*MONTHS),
    scale=st.sampled_from((50, 100, 200)),
    seed=st.integers(1, 1000),
    draw=st.integers(0, 5),
)
def test_accounts_balance_whatever_the_policies(kinds, data, months, scale, seed, draw):
    rules = data.draw(rule_books(kinds))
    note(f"policies: {rules}")
    balances(rules, months, scale, seed, draw)


@pytest.mark.parametrize(
    ("rules", "scale"),
    [({"ban": BAN}, 50), ({"cap": CAP, "legalisation": LEGALISATION}, 150), (NESTED, 50)],
)
def test_accounts_balance_under_policies_that_once_broke_them(rules, scale):
    balances(rules, 8, scale, 1, 0)


def test_each_kind_is_in_a_set_each_time_and_no_two_sets_are_alike():
    sets = groups(4)
    assert [sorted(sum(sets[n : n + 3], ())) for n in range(0, 12, 3)] == [sorted(POLICY_KINDS)] * 4
    assert len({frozenset(each) for each in sets}) == len(sets)


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=5)
@given(data=st.data())
def test_every_kind_that_is_drawn_is_valid(kind, data):
    drawn = data.draw(policies((kind,)))
    assert scenario({"one": drawn}, 8).policies["one"].kind == kind


def add_one(table, at):
    table[at] += 1


@pytest.mark.parametrize(("spoil", "words"), [
    (lambda state: add_one(state.people.stock, (0, 0, 0, 0)), "the stock is not"),
    (lambda state: add_one(state.people.staff, (0, 0)), "staff is not"),
    (lambda state: add_one(state.ledger.balance, 0), "do not add up"),
    (lambda state: add_one(state.people.cols.savings, 0), "people's money"),
    (lambda state: state.people.cols.owed.__setitem__(state.people.cols.employer < 0, 1), "by no employer"),
    (lambda state: add_one(state.requests.table.weight, 0), "changed its size"),
    (lambda state: add_one(state.people.cols.queued, -1), "held up"),
    (lambda state: state.requests.close(np.arange(1)), "which is not for offers to do"),
])  # fmt: skip
def test_the_audit_finds_what_does_not_balance(spoil, words):
    model = Audited(scenario({"ban": BAN}, 8), params=PRIORS.point(), scale=200)
    model.step()
    spoil(model.state)
    with pytest.raises(AssertionError, match=words):
        model.step()
