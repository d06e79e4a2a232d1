"""The signed rule book: it rules as the plain one does, and its signatures are right."""

import numpy as np
import pytest

from sim.core.authors import SignedBook, described
from sim.core.rates import base_rates
from sim.core.rules import RuleBook
from sim.world import load_world
from sim.world.priors import Priors, default_priors_path
from tests.digest.runs import RUNS, digest, scenario


@pytest.fixture(scope="module")
def base():
    world = load_world("northeast_asia")
    return base_rates(world, Priors.load(default_priors_path()).point(), len(world.ports))


def test_every_table_of_the_rule_book_is_described_with_its_axes(base):
    known = described()
    assert {name: len(known[name][0]) for name in base} == {name: table.ndim for name, table in base.items()}


def test_changes_are_signed_and_idle_writes_are_not():
    book = SignedBook({"fee": np.zeros((2, 3)), "share": np.ones(3)})
    book.begin()
    with book.writer("law", 0):
        book.set("fee", ([0, 1], 2), 5.0)
        book.set("share", (slice(None),), 1.0)
    with book.writer("shock", 0):
        book.scale("fee", (1,), 2.0)
    assert [(x.policy, x.table, x.where.tolist(), x.before.tolist(), x.after.tolist()) for x in book.changes] == [
        ("law", "fee", [2, 5], [0, 0], [5, 5]),
        ("shock", "fee", [5], [5], [10]),
    ]
    assert book.authors("fee", 1, 2) == ["law", "shock"]
    assert book.authors("fee", 0, 2) == ["law"]
    assert book.authors("fee", 0, 0) == []
    book.begin()
    assert book.changes == [] and book.authors("fee", 1, 2) == []


def test_a_run_under_the_signed_book_is_the_same_run():
    from sim.model import MigrationModel

    months, scale = RUNS["tiny"]
    digests = []
    for kind in (RuleBook, SignedBook):
        model = MigrationModel(scenario(months), world_seed=11, run_seed=12, scale=scale)
        model.state.rules = kind(model.state.rules.base)
        model.run()
        digests.append(digest(model))
    assert digests[0] == digests[1]
