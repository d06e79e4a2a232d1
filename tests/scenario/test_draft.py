"""What `neamig new` writes is right as it stands, for every kind of policy, and says what each setting means."""

import re
from pathlib import Path

import pytest

from sim.policies import POLICY_KINDS
from sim.scenario import load_scenario
from sim.scenario.draft import draft

BASELINE = Path(__file__).parent.parent.parent / "scenarios" / "baseline.yaml"
ELSEWHERE = {"reception_policy"}  # of the other world: beside the baseline it binds nobody, and says so
SETTING = re.compile(r"^    # (\w+: \S.*)$", re.MULTILINE)


@pytest.fixture
def write(tmp_path):
    """Write a draft of a kind beside the baseline, changed or not, and return its path."""

    def written(kind, change=lambda text: text):
        path = tmp_path / "draft.yaml"
        path.write_text(change(draft("draft", kind, str(BASELINE))))
        return path

    return written


@pytest.mark.parametrize("kind", POLICY_KINDS)
def test_the_draft_of_each_kind_is_right(write, kind):
    scenario = load_scenario(write(kind))
    assert scenario.policies["draft"].kind == kind
    assert bool(scenario.warnings) == (kind in ELSEWHERE)
    assert len(scenario.policies) == len(load_scenario(BASELINE).policies) + 1


@pytest.mark.parametrize("kind", POLICY_KINDS)
def test_the_settings_that_are_left_out_stand_there_with_their_defaults(write, kind):
    """With the comment signs gone it is the same policy."""

    def uncommented(text):
        fields = {field.alias or name for name, field in POLICY_KINDS[kind].model_fields.items()}
        return SETTING.sub(lambda m: f"    {m[1]}" if m[1].partition(":")[0] in fields else m[0], text)

    assert uncommented(write(kind).read_text()) != write(kind).read_text()
    assert load_scenario(write(kind, uncommented)).policies["draft"] == load_scenario(write(kind)).policies["draft"]


@pytest.mark.parametrize("kind", POLICY_KINDS)
def test_every_setting_is_explained(kind):
    text = " ".join(re.sub(r"\n *#", "", draft("draft", kind, "baseline.yaml")).split())
    for name, field in POLICY_KINDS[kind].model_fields.items():
        assert f"{field.alias or name}:" in text
        assert name == "kind" or " ".join((field.description or "no description").split()) in text
