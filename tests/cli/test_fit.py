"""neamig fit, with two made-up patterns in the place of the model's."""

import json
import sys
from types import ModuleType, SimpleNamespace

import pytest
from typer.testing import CliRunner

from sim.cli import app

KNOWN = SimpleNamespace(
    id="T4",
    role="input",
    documented=100.0,
    modelled=12345.0,
    low=1.0,
    high=2.0,
    naive=3.0,
    text="departures",
    pattern="ports",
)
MISSING = SimpleNamespace(
    id="S024",
    role="prior",
    documented=None,
    modelled=None,
    low=None,
    high=None,
    naive=None,
    text="trafficking",
    pattern="none",
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Put a fit of two patterns in place and return what it is asked."""
    calls: list[dict[str, object]] = []
    module = ModuleType("calibration.fit")
    module.fit = lambda **options: calls.append(options) or [KNOWN, MISSING]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "calibration.fit", module)
    return calls


def test_json_has_every_pattern(asked: list[dict[str, object]]) -> None:
    done = CliRunner().invoke(app, ["fit", "--json", "--replicates", "2", "--scale", "1:1"])
    patterns = json.loads(done.stdout)["patterns"]
    assert [each["id"] for each in patterns] == ["T4", "S024"]
    assert patterns[0].keys() == {"id", "role", "documented", "modelled", "low", "high", "naive", "pattern", "text"}
    assert asked == [{"scenario": None, "replicates": 2, "seed": 1, "scale": "1:1", "point": True}]


def test_what_is_missing_is_said_to_be_not_yet_there(asked: list[dict[str, object]]) -> None:
    done = CliRunner().invoke(app, ["fit"])
    assert done.exit_code == 0
    known, missing = (next(line for line in done.stdout.splitlines() if word in line) for word in ("T4", "S024"))
    assert "12,300" in known and "not yet" not in known
    assert "not yet" in missing
