"""Two small scenarios and the fake model in the place of the model."""

from pathlib import Path
from typing import Any

import pytest

from sim.experiments import replicate
from tests.fake_model import FakeModel, write_files


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The files base.yaml, cap.yaml and priors.yaml."""
    return write_files(tmp_path)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, files: dict[str, Path], tmp_path: Path) -> dict[str, Any]:
    """Put the fake model in place and return the settings it needs."""
    monkeypatch.setattr(replicate, "build_model", FakeModel)
    return {"priors": files["priors"], "out": tmp_path / "out"}
