"""Where the time goes: every mechanism once a month, parts that add up, and the same results as without."""

import pytest

from sim.experiments.profile import FILE, REST, Profile, name_of
from sim.experiments.settings import SettingError, Settings
from sim.experiments.single import run
from sim.model import MigrationModel
from sim.results.files import read_json
from sim.results.store import digest_series
from tests.oracle.both import scenario

MONTHS, SCALE = 4, 500


@pytest.fixture(scope="module")
def profiled(tmp_path_factory):
    """A profile of two replicates, and their directory of results."""
    out, profile = tmp_path_factory.mktemp("profile") / "with", Profile()
    run(scenario({}, MONTHS), replicates=2, scale=SCALE, out=out, profile=profile)
    return profile, out


def test_every_mechanism_is_counted_once_in_each_month_but_the_first(profiled):
    calls = {part["name"]: part["calls"] for part in profiled[0].parts()}
    names = {name_of(mechanism) for mechanism in MigrationModel(scenario({}, 1), scale=SCALE).MONTH}
    assert calls == dict.fromkeys(names | {REST}, 2 * (MONTHS - 1))


def test_the_parts_make_up_the_months(profiled):
    parts = profiled[0].parts()
    assert sum(part["share"] for part in parts) == pytest.approx(1)
    whole = sum(part["ms_a_month"] for part in parts) * profiled[0].months / 1000
    assert whole == pytest.approx(profiled[0].other_months)
    assert min(part["ms_a_month"] for part in parts) >= 0, "a month is longer than its mechanisms"
    assert parts == sorted(parts, key=lambda part: -part["ms_a_month"])


def test_it_is_saved_beside_the_results_and_changes_none(profiled, tmp_path):
    profile, out = profiled
    saved = read_json(out / FILE)
    assert (saved["runs"], saved["months"], saved["heads"]) == (2, 2 * (MONTHS - 1), profile.heads)
    assert saved["parts"] == profile.parts()
    run(scenario({}, MONTHS), replicates=2, scale=SCALE, out=tmp_path / "without")
    assert digest_series(out) == digest_series(tmp_path / "without")
    assert not (tmp_path / "without" / FILE).exists()


def test_a_model_without_a_profile_runs_its_own_mechanisms():
    model = MigrationModel(scenario({}, 1), scale=SCALE)
    assert set(model.MONTH) < set(MigrationModel.MONTH)  # nothing stands around them; some this world leaves out


def test_nothing_computed_is_no_profile(profiled):
    again = Profile()
    run(scenario({}, MONTHS), replicates=2, scale=SCALE, out=profiled[1], profile=again)
    assert (again.runs, again.parts()) == (0, [])


def test_a_profile_of_one_process_only():
    with pytest.raises(SettingError, match=r"--profile.*--workers 2"):
        Settings(workers=2, profile=Profile())
