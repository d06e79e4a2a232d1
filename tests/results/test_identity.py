"""What tells one run from another."""

from pathlib import Path

from sim.results.identity import data_hashes, digest, model_version, versions


def test_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": [1, 2], "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


def test_data_hashes_cover_facts_world_measures_and_priors(tmp_path: Path) -> None:
    priors = tmp_path / "priors.yaml"
    priors.write_text("a")
    before = data_hashes(priors)
    priors.write_text("b")
    after = data_hashes(priors)
    assert {name for name in before if before[name] != after[name]} == {"priors"}
    assert any(name.startswith("facts/") for name in before)
    assert any(name.startswith("world/") for name in before)
    assert "results/measures.csv" in before


def test_versions_name_what_computes() -> None:
    assert versions()["neamig"] == model_version()
    assert {"python", "numpy", "numba", "mesa"} <= versions().keys()
