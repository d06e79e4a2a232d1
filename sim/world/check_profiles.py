"""Checks of profiles: every sector has a row that says all, and ages are in order."""

from collections.abc import Iterator

from sim.world.located import Problem
from sim.world.model import World
from sim.world.profiles import SAYS, Profile
from sim.world.tables import Tables


def sectors_have_profiles(world: World, tables: Tables) -> Iterator[Problem]:
    """Each sector has a row of its own, for any group and place, that states every number."""
    whole = {x.sector for x in world.profiles if x.names == (False, False, True) and _says_all(x)}
    for sector, row in zip(world.sectors, tables["sectors"], strict=True):
        if sector.code not in whole:
            yield row.problem("code", f"profiles.csv has no full row for {sector.code} alone; write {', '.join(SAYS)}")


def _says_all(profile: Profile) -> bool:
    return all(getattr(profile, name) is not None for name in SAYS)


def ages_are_in_order(world: World, tables: Tables) -> Iterator[Problem]:
    """People are born before they come of age, and come of age before they are too old."""
    for profile, row in zip(world.profiles, tables["profiles"], strict=True):
        if profile.first_age is not None and profile.first_age <= 0:
            yield row.problem("first_age", f"{profile.first_age:g} must be above 0")
        if (profile.first_age is None) != (profile.last_age is None):
            yield row.problem("last_age", "first_age and last_age go together; write both or neither")
        elif profile.first_age is not None and profile.last_age is not None and profile.first_age > profile.last_age:
            yield row.problem("last_age", f"{profile.last_age:g} is below first_age {profile.first_age:g}")


CHECKS = (sectors_have_profiles, ages_are_in_order)
