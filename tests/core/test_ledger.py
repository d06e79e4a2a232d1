"""Accounts and tallies."""

from sim.core.ledger import Account, Ledger


def test_what_one_pays_another_receives():
    ledger = Ledger(2, 3)
    ledger.pay(Account.EMPLOYERS, Account.WORKERS, 500)
    ledger.pay(Account.WORKERS, Account.HOUSEHOLDS, 120)
    assert ledger.balance[Account.WORKERS] == 380
    assert ledger.balance[Account.EMPLOYERS] == -500
    assert ledger.balance.sum() == 0


def test_tallies_are_added_to_in_place_and_end_with_the_step():
    ledger = Ledger(2, 3)
    ledger.tally("fined")[1, 2] += 4
    assert ledger.tally("fined")[1, 2] == 4 and ledger.tally("fined").shape == (2, 3)
    ledger.begin()
    assert not ledger.tally("fined").any()


def test_a_limit_keeps_its_index_for_the_run():
    ledger = Ledger(1, 1)
    assert [ledger.limit_index(x) for x in ("a", "b", "a")] == [0, 1, 0]
    ledger.begin()
    assert ledger.limit_index("b") == 1 and ledger.limits == ["a", "b"]
