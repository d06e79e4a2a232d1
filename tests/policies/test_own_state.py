"""A limit on foreigners has no row for a state whose own people alone it names."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from sim.policies import POLICY_KINDS
from sim.world import load_world

WORLD = load_world("northeast_asia")
OTHERS = [country.code for country in WORLD.countries if country.code != "PRK"]
KINDS = {
    "permit_ban": {"renewals": "counted"},
    "stock_cap": {"level": 5},
    "permit_quota": {"level": 5, "counts": "issued", "renewals": "counted"},
}


def limits(kind: str, **settings: Any) -> dict[str, Any]:
    """The limits that a policy writes, by name."""
    written: dict[str, Any] = {}
    policy = POLICY_KINDS[kind].model_validate(KINDS[kind] | settings | {"source": "s"}, context={"world": WORLD})
    today = SimpleNamespace(world=WORLD, params={}, month=date(2017, 9, 1), t=0)
    policy.write(SimpleNamespace(limit=written.__setitem__), today)  # type: ignore[arg-type]
    return written


@pytest.mark.parametrize("kind", KINDS)
def test_all_hosts_are_all_but_the_nationality_s_own_state(kind):
    assert list(limits(kind, nationality="PRK", hosts="all")) == OTHERS
    assert list(limits(kind, nationality="PRK", hosts=["PRK", "RUS"])) == ["RUS"]


@pytest.mark.parametrize("kind", KINDS)
def test_of_several_nationalities_those_that_are_foreign_are_counted(kind):
    rows = limits(kind, nationality=["PRK", "CHN"], hosts=["CHN", "RUS"])
    counted = {host: [WORLD.countries[n].code for n in row.nations.nonzero()[0]] for host, row in rows.items()}
    assert counted == {"CHN": ["PRK"], "RUS": ["CHN", "PRK"]}


def test_hosts_that_share_a_quota_are_those_where_somebody_is_foreign():
    (row,) = limits("permit_quota", nationality="PRK", hosts="all", per="total").values()
    assert [WORLD.countries[h].code for h in row.hosts.nonzero()[0]] == OTHERS
