"""neamig new: files that `neamig check` finds right, and refusals that write nothing."""

import pytest

BASE = "name: base\nquestion: What happens?\n"


def test_a_new_scenario_is_written_and_right(real_neamig, tmp_path):
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "baseline.yaml").write_text(BASE)
    (tmp_path / "scenarios" / "schema.json").write_text("{}")
    done = real_neamig("new", "my_ban", "--kind", "permit_ban")
    assert (done.returncode, done.stderr) == (0, "")
    assert "scenarios/my_ban.yaml is written" in done.stdout
    text = (tmp_path / "scenarios" / "my_ban.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=schema.json\nname: my_ban\n")
    assert "\nextends: baseline.yaml\n" in text
    checked = real_neamig("check", "scenarios/my_ban.yaml")
    assert checked.stdout == "scenarios/my_ban.yaml: right (1 policy, 312 months)\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("new", "base2", "--kind", "stok_cap"), "--kind: unknown kind 'stok_cap'; did you mean 'stock_cap'?"),
        (("new", "base2", "--kind", "xyzzy"), "there are border_closure, "),
        (("new", "../base2"), "a name is made of letters, digits, _ and -"),
        (("new", "baseline"), "baseline.yaml is there already: choose another name"),
        (("new", "base2", "--out", "none"), "--out: there is no directory none"),
        (("new", "base2", "--extends", "none.yaml"), "there is no none.yaml to extend"),
    ],
)
def test_what_cannot_be_written_is_told(neamig_here, tmp_path, arguments, message):
    (tmp_path / "baseline.yaml").write_text(BASE)
    done = neamig_here(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["baseline.yaml"]
    assert (tmp_path / "baseline.yaml").read_text() == BASE
