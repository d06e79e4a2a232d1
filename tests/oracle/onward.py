"""North Koreans move on to the Republic of Korea: of themselves, or fetched by kin (5.10)."""

import math
from heapq import merge
from typing import Any

from tests.oracle import chance


class Onward:
    """Those in the Republic of Korea who pay, the kin whom they mean to fetch, and how many ways they have paid for."""

    def __init__(self, model: Any) -> None:
        self.model, p = model, model.params
        self.korea, self.china, self.mongolia = (model.country(code) for code in ("KOR", "CHN", "MNG"))
        self.inner_mongolia = model.world.place_index("CHN-Inner-Mongolia")
        settled = (x for x in model.crowd.of("settled") if x.is_korean and x.host == self.korea)
        self.payers = float(sum(x.weight for x in settled))
        self.kin = self.named = p["kin_each"] * self.payers  # still to be fetched, and all whom somebody ever named
        self.paid = 0.0

    def to_korea(self, x: Any) -> None:
        """Settle in the Republic of Korea."""
        x.becomes("settled", place=self.model.host_of.index(self.korea))
        self.payers += x.weight

    def claim(self) -> None:
        """Recognised North Koreans go on; those in hiding may claim."""
        model, p = self.model, self.model.params
        for x in [x for x in model.crowd.of("refugee") if x.is_korean]:
            if x.draw("asylum passes") < chance.monthly(p["refugee_onward_rate"]):
                self.to_korea(x)
        claims = [self._claims(host) for host in model.hosts]
        for x in model.perhaps("asylum claims", max(claims), "irregular"):
            if x.is_korean and x.draw("asylum claims") < claims[x.host]:
                x.becomes("asylum_seeker", model.month + round(p["procedure_months"]))

    def _claims(self, host: int) -> float:
        """Chance that somebody in hiding claims, where the state hears claims."""
        rules = self.model.rules
        rate = self.model.params["claim_rate"] * rules["route_known"][host]
        return chance.monthly(rate) if rules["claim_open"][host] > 0 else 0.0

    def step(self) -> None:
        """Those in Mongolia are found; of those in China some set out, and others are fetched."""
        model, p = self.model, self.model.params
        found = chance.monthly(p["found_in_mongolia"])
        for x in [x for x in model.crowd.of("irregular") if x.host == self.mongolia]:
            if x.is_korean and x.since < model.month and x.draw("onward found") < found:
                x.becomes("detained", model.month + 1)
        pull = {near: self._pull(near) for near in (False, True)}
        p_alone = {near: chance.monthly(p["onward_rate"] * pull[near]) for near in pull}
        alone = [x for x in model.perhaps("onward sets out", max(p_alone.values()), "irregular")
                 if x.is_korean and x.host == self.china and x.draw("onward sets out") < p_alone[self._is_near(x)]
                 ]  # fmt: skip
        fetched = self._fetched(set(alone), pull)
        for x in alone:
            if self._gets_out(x):
                self._owe(x)
                self._name_kin(x)
                self._arrive(x)
        for x in fetched:
            if self._gets_out(x):
                self._arrive(x)

    def _is_near(self, x: Any) -> bool:
        return bool(x.place == self.inner_mongolia)

    def _pull(self, near: bool) -> float:
        """How much more people set out over the Gobi, for all they fear to be returned."""
        if not near:
            return 1.0
        model, p, rules = self.model, self.model.params, self.model.rules
        kept = 1 - rules["protect"][self.mongolia] * (rules["claim_open"][self.mongolia] > 0)
        returned = rules["handover"][self.mongolia][model.north_korea] * kept
        return float(p["gobi_pull"] * rules["route_known"][self.mongolia] * math.exp(-p["flight_return"] * returned))

    def _fetched(self, alone: set[Any], pull: dict[bool, float]) -> list[Any]:
        """Of the others those who came within the year, in the order of a race, as many as kin can pay for."""
        model, p = self.model, self.model.params
        unseen = 1 - model.rules["seen"][model.north_korea][self.china]
        price = p["border_fee_usd"] / unseen + p["way_fee_usd"] if unseen > 0 else math.inf
        self.payers *= math.exp(-1 / (12 * p["sponsor_years"]))
        apart = self.kin / self.named if self.named > 0 else 0.0
        ways = self.payers * apart * p["kin_pays"] * model.mean_wage(self.korea) / price
        room = min(self.kin, self.paid + ways) if price < math.inf else 0.0
        stream, persons, line = model.luck("onward fetched"), 0, []
        new = [x for x in model.crowd.of("irregular")
               if x.is_korean and x.host == self.china and model.month - x.since < 12 and x not in alone
               and pull[self._is_near(x)] > 0]  # fmt: skip
        if room < min((x.weight for x in new), default=0):
            new = []
        lines = [model.crowd.in_order(stream, (x for x in new if self._is_near(x) == near)) for near in pull]
        for x in merge(*lines, key=lambda x: -math.log(1 - chance.uniform(stream, x.id)) / pull[self._is_near(x)]):
            if persons + x.weight > room:
                break
            persons += x.weight
            line.append(x)
        self.paid, self.kin = room - persons, self.kin - persons
        return line

    def _gets_out(self, x: Any) -> bool:
        """Whether somebody leaves China unseen; who is seen is held."""
        goal = self.mongolia if self._is_near(x) else self.korea
        if x.draw("onward seen") >= self.model.rules["seen"][self.china][goal]:
            return True
        self.model.beliefs.harm(x.host, x.nation, x.channel, x.weight)
        x.becomes("detained", self.model.month + 1)
        return False

    def _owe(self, x: Any) -> None:
        fee = math.floor(self.model.params["way_fee_usd"] * 100)
        own = min(x.savings, fee)
        x.savings -= own
        x.debt += fee - own + math.floor((fee - own) * self.model.params["interest"])

    def _name_kin(self, x: Any) -> None:
        """Who comes of themselves has kin to fetch."""
        kin = self.model.params["kin_each"] * x.weight
        self.kin, self.named = self.kin + kin, self.named + kin

    def _arrive(self, x: Any) -> None:
        if not self._is_near(x):
            self.to_korea(x)
            return
        x.becomes("irregular", place=self.model.world.place_index("MNG-Gobi"), channel="smuggler")
