"""Public campaign: a state educates its public to welcome foreigners (Mongolia: urged in 2006)."""

from typing import Any

from sim.policies.base import Policy
from sim.policies.fields import Country, Number, amount


class PublicCampaign(Policy, kind="public_campaign"):
    """While the campaign lasts, the public of a host is drawn towards a kinder attitude; afterwards it moves back.

    It adds to what drives the attitude at the end of each year in which it is in force, beside acquaintance,
    competition for work and irregularity. No campaign in the region has been measured: the strength is a prior. It
    changes no right; inspectors and employers follow the public. Campaigns add up.
    """

    host: Country
    """The state whose public is addressed."""
    strength: Number
    """What it adds to the drive of the attitude; 0 does nothing, less than 0 incites."""

    def write(self, rules: Any, today: Any) -> None:
        """Add to what draws the public."""
        host = today.world.country_index(self.host)
        rules.set("welcome", (host,), rules.tables["welcome"][host] + amount(self.strength, today.params))
