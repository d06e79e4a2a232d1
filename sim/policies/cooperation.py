"""Cooperation: states exchange information and cooperate against irregular migration (Manila Process 1996)."""

from itertools import permutations
from typing import Any, ClassVar

import numpy as np
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from sim.policies.base import Policy
from sim.policies.cells import countries
from sim.policies.fields import Countries


class Cooperation(Policy, kind="cooperation"):
    """Every two members see more of the smuggled crossings between them and find more of each other's nationals
    without papers: by how much is the prior cooperation_gain. A state that leaves or joins is left out or added here;
    several frameworks compose, two states cooperate or they do not.
    """

    members: Countries
    """The states that take part."""

    example: ClassVar = {"members": ["MNG", "KOR"]}

    @model_validator(mode="after")
    def _at_least_two(self) -> "Cooperation":
        if self.members != "all" and len(self.members) == 1:
            raise PydanticCustomError("one_member", "a state cannot cooperate with itself: name two members or more")
        return self

    def write(self, rules: Any, today: Any) -> None:
        """Each member with each other member."""
        members = countries(self.members, today.world)
        one, other = np.array([*permutations(members, 2)]).T
        rules.set("cooperates", (one, other), 1.0)
