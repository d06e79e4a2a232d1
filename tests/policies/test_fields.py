"""Codes, dates and compliance as settings."""

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.policies.fields import (
    Channel,
    Compliance,
    Countries,
    Day,
    LegalStatus,
    PlaceId,
    Ports,
    Purpose,
    codes,
    compliance_of,
)
from sim.world import load_world

WORLD = load_world("northeast_asia")


def read(kind, value):
    return TypeAdapter(kind).validate_python(value, context={"world": WORLD})


@pytest.mark.parametrize(
    ("kind", "value", "meant"),
    [
        (Countries, "KOR", ("KOR",)),
        (Countries, ["KOR", "JPN"], ("KOR", "JPN")),
        (Countries, "all", "all"),
        (Ports, WORLD.ports[0].id, (WORLD.ports[0].id,)),
        (PlaceId, "KOR", "KOR"),
        (LegalStatus, "asylum_seeker", "asylum_seeker"),
        (Channel, "smuggler", "smuggler"),
        (Purpose, "permanent_residence", "permanent_residence"),
        (Day, "2000-02-29", date(2000, 2, 29)),
        (Day, "2017-08", date(2017, 8, 1)),
        (Day, date(2017, 8, 5), date(2017, 8, 5)),
        (Compliance, 0.5, 0.5),
        (Compliance, {"RUS": 0.9, "default": 1}, {"RUS": 0.9, "default": 1.0}),
    ],
)
def test_what_is_right_is_read(kind, value, meant):
    assert read(kind, value) == meant


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Countries, "kor"),
        (Countries, 3),
        (Ports, "KOR"),
        (LegalStatus, "WORKER"),
        (Day, "1900-02-29"),
        (Day, "0000-01-01"),
        (Day, "2017-08-05T00:00"),
        (Day, 20170805),
    ],
)
def test_what_is_wrong_is_refused(kind, value):
    with pytest.raises(ValidationError):
        read(kind, value)


def test_codes_are_checked_without_a_world_being_named():
    with pytest.raises(ValidationError, match="did you mean 'PRK'"):
        TypeAdapter(Countries).validate_python("PKR")


def test_all_means_all_of_the_world():
    assert codes("all", WORLD, "country") == tuple(c.code for c in WORLD.countries)
    assert codes(("KOR",), WORLD, "country") == ("KOR",)


def test_compliance_by_host():
    assert compliance_of(0.5, "KOR") == 0.5
    by_host = {"RUS": 0.9, "default": 1.0}
    assert (compliance_of(by_host, "RUS"), compliance_of(by_host, "KOR")) == (0.9, 1.0)
