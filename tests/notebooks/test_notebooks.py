"""Every notebook runs from the first cell to the last."""

import runpy
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.py"))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(notebook, capsys):
    runpy.run_path(str(notebook), run_name="__main__")
    assert "filled under contract" in capsys.readouterr().out
