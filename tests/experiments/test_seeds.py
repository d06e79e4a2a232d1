"""Seeds of replicates and their twins."""

from sim.experiments.seeds import seeds


def test_seeds_are_a_pure_function_and_all_different() -> None:
    assert seeds(1, 1) == seeds(1, 1)
    found = [seeds(seed, replicate) for seed in (1, 2) for replicate in (1, 2, 12)]
    numbers = [number for each in found for number in (each.world, each.run, each.draw)]
    assert len(set(numbers)) == len(numbers)
    assert all(0 <= number < 2**63 for number in numbers)


def test_a_twin_has_the_same_parameters_and_other_chance() -> None:
    first, twin = seeds(1, 3), seeds(1, 3, twin=True)
    assert twin.draw == first.draw
    assert {twin.run, twin.world}.isdisjoint({first.run, first.world})
