"""Priors: draws in range, pure in (seed, name), of the distribution that the file names."""

import pytest
from scipy import stats

from sim.world.priors import Prior, Priors, PriorsError, default_priors_path, uniform

FALSE_ALARM = 1e-6  # the chance that a right generator fails a test here; seeds are fixed, so it fails always or never
DRAWS = 4000
SHAPES = {
    "uniform": Prior("a", 3.0, 2.0, 6.0, "uniform", "USD", "r"),
    "loguniform": Prior("b", 1.0, 0.1, 100.0, "loguniform", "1", "r"),
    "triangular": Prior("c", 0.2, 0.0, 1.0, "triangular", "1", "r"),
}
KNOWN = {
    "uniform": stats.uniform(2, 4),
    "loguniform": stats.loguniform(0.1, 100),
    "triangular": stats.triang(0.2, 0, 1),
}
FILE = """\
tie:
  value: 0.4
  low: 0.1
  high: 1.0
  dist: uniform
  unit: "1"
  reason: between the two studies
"""


@pytest.fixture
def load(tmp_path):
    """Load a priors file from text."""

    def of(text: str) -> Priors:
        path = tmp_path / "priors.yaml"
        path.write_text(text, encoding="utf-8")
        return Priors.load(path)

    return of


@pytest.mark.parametrize("shape", SHAPES)
def test_quantiles_are_those_of_scipy(shape):
    for u in (0.0, 0.05, 0.2, 0.5, 0.9, 1 - 2**-53):
        assert SHAPES[shape].at(u) == pytest.approx(KNOWN[shape].ppf(u), rel=1e-9)


@pytest.mark.parametrize("shape", SHAPES)
def test_draws_over_seeds_follow_the_distribution(shape):
    draws = [Priors(SHAPES).draw(seed)[shape] for seed in range(DRAWS)]
    assert SHAPES[shape].low <= min(draws) <= max(draws) <= SHAPES[shape].high
    assert stats.kstest(draws, KNOWN[shape].cdf).pvalue > FALSE_ALARM


def test_draws_over_names_are_uniform():
    assert stats.kstest([uniform(1, f"prior {n}") for n in range(DRAWS)], "uniform").pvalue > FALSE_ALARM


def test_two_priors_of_one_seed_do_not_move_together():
    one, other = zip(*((uniform(seed, "one"), uniform(seed, "other")) for seed in range(DRAWS)), strict=True)
    assert stats.pearsonr(one, other).pvalue > FALSE_ALARM


def test_a_draw_is_a_function_of_seed_and_name():
    assert uniform(1, "tie") == uniform(1, "tie") == 0.3365209801791972
    assert Priors(SHAPES).draw(7) == Priors(SHAPES).draw(7) != Priors(SHAPES).draw(8)


def test_another_prior_changes_no_draw_of_the_others():
    fewer = {name: prior for name, prior in SHAPES.items() if name != "uniform"}
    draw = Priors(SHAPES).draw(3)
    del draw["uniform"]
    assert Priors(fewer).draw(3) == draw


def test_a_fixed_prior_is_its_value():
    assert Prior("a", 2.0, 2.0, 2.0, "triangular", "1", "r").at(0.7) == 2.0


def test_a_file_is_read(load):
    priors = load(FILE)
    assert priors.point() == {"tie": 0.4}
    assert priors["tie"].reason == "between the two studies"
    assert list(priors) == ["tie"] and len(priors) == 1


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("value: 0.4", "value: 4", 1, "tie: the value 4 must lie between low 0.1 and high 1.0"),
        ("value: 0.4", "value: x", 2, "tie.value: must be a finite number, not 'x'"),
        ("low: 0.1", "low: .nan", 3, "tie.low: must be a finite number, not nan"),
        ("dist: uniform", "dist: unifrm", 5, "tie.dist: unknown distribution 'unifrm'; did you mean 'uniform'?"),
        ("0.1\n  high: 1.0\n  dist: ", "0\n  high: 1.0\n  dist: log", 1, "tie: a loguniform prior needs low above 0"),
        ("between the two studies", '""', 7, "tie.reason: must be a text with something in it, not ''"),
        ("  reason: between the two studies\n", "", 1, "tie: 'reason' is missing"),
        ("reason:", "raeson:", 7, "tie.raeson: unknown setting; did you mean 'reason'?"),
        (
            'unit: "1"',
            "unit: factor",
            1,
            "tie: a factor has the point value 1, not 0.4: put the base number in the table",
        ),
        ("tie:", "tie: 3\nother:", 1, "tie: must be a mapping with value, low, high, dist, unit, reason, source"),
        ("low: 0.1", "value: 0.1\n  low: 0.1", 3, "tie.value: stands twice in this mapping, first on line 2"),
    ],
)
def test_a_mistake_is_named_with_its_line(load, before, after, line, message):
    assert before in FILE
    with pytest.raises(PriorsError) as caught:
        load(FILE.replace(before, after))
    assert f"priors.yaml:{line}: {message}" in str(caught.value)


def test_all_mistakes_are_told_at_once(load):
    with pytest.raises(PriorsError) as caught:
        load(
            FILE + FILE.replace("tie", "second").replace("0.4", "7") + FILE.replace("tie", "third").replace("0.4", "x")
        )
    assert [p.line for p in caught.value.problems] == [8, 16]


@pytest.mark.parametrize(
    ("text", "message"), [("", "the file is empty"), ("- a\n", "not a mapping"), ("a: [", "not YAML")]
)
def test_what_is_no_priors_file(load, text, message):
    with pytest.raises(PriorsError, match=message):
        load(text)


def test_the_priors_of_the_package_are_right():
    priors = Priors.load(default_priors_path())
    assert set(priors.draw(1)) == set(priors.point()) != set()
