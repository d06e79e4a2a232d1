"""Treaty accession: a state becomes party to a treaty; what follows are the lines of the world's table."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sim.core.rates import UNHCR_DECIDES
from sim.policies.base import Policy
from sim.policies.cells import claimed
from sim.policies.fields import Code, Country, world_of
from sim.policies.numbers import Fraction, amount
from sim.world import load_world

PROTECTS = "protect"  # the rule table that the setting `protects` writes


class WithEffect(Code):
    """A treaty that changes something in the rule book; of the others the error says why not."""

    def check(self, value: str, info: core_schema.ValidationInfo) -> str:
        """Return `value`, or say why joining that treaty would change nothing."""
        treaty = world_of(info).treaties.by_id[super().check(value, info)]
        if treaty.no_effect:
            what = "joining '{value}' would change nothing that is modelled. {why}"
            raise PydanticCustomError("treaty_without_effect", what, {"value": value, "why": treaty.no_effect})
        return value

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        treaties = load_world("northeast_asia").treaties.all
        return {"type": "string", "enum": [treaty.id for treaty in treaties if not treaty.no_effect]}


class TreatyAccession(Policy, kind="treaty_accession"):
    """A state joins a treaty of Table 2. What follows in the rule book, and by which article, `neamig treaties
    --effects` tells; a state that is bound already, by the treaty or by one that applies its articles, gains nothing.

    The refugee convention is taken to be joined with its protocol, without which it covers events before 1951 only.
    Party is not practice: for the refugee convention and its protocol the law opens claims and makes a return count as
    one against Art. 33; how far a claim protects, and how much better known the way becomes, are priors.
    """

    state: Country
    """The state that joins."""
    treaty: Annotated[str, WithEffect("treaty")] = "refugee_convention"
    """The treaty."""
    protects: Fraction | None = None
    """How much less likely a claimant is to be detained and returned; left out: the treaty's own amount."""
    procedure: Literal["state", "unhcr", "none"] = "state"
    """Who decides claims under the convention: an office of the state, UNHCR for it and within its own capacity, or
    nobody, so that none is heard."""

    @model_validator(mode="after")
    def _joins_something_new(self, info: ValidationInfo) -> "TreatyAccession":
        treaties = world_of(info).treaties
        if treaties.is_bound(self.state, self.treaty):
            status = treaties.by_state[self.state, self.treaty].status
            what = "{state} is party to '{treaty}' from the start ({status}); what a party does is not told by joining"
            raise PydanticCustomError("party_already", what, {
                "state": self.state, "treaty": self.treaty, "status": status,
            })  # fmt: skip
        hears = PROTECTS in {line.rule for line in treaties.effects_of(self.treaty)}
        said = {"protects": self.protects is not None, "procedure": self.procedure != "state"}
        for name in (name for name, given in said.items() if given and not hears):
            raise PydanticCustomError(name, "joining '{treaty}' protects no claimants: leave `{name}` out", {
                "treaty": self.treaty, "name": name,
            })  # fmt: skip
        if self.procedure == "unhcr" and self.state not in UNHCR_DECIDES:
            what = "UNHCR decides no claims in {state} here, only in {hosts}: leave `procedure` out, or write none"
            raise PydanticCustomError("no_mandate", what, {"state": self.state, "hosts": ", ".join(UNHCR_DECIDES)})
        return self

    example: ClassVar = {"state": "MNG"}

    def claims(self, world: Any) -> frozenset[tuple[Any, ...]]:
        """A state joins a treaty once, or one that applies its articles."""
        return claimed(f"accession {world.treaties.articles_of(self.treaty)}", world, ((self.state,), "country"))

    def write(self, rules: Any, today: Any) -> None:
        """Write each line into the state's row; nothing where the state is bound by these articles already."""
        treaties, state = today.world.treaties, today.world.country_index(self.state)
        cell = state, treaties.index(self.treaty)
        if rules.tables["bound"][cell]:
            return
        rules.set("bound", cell, 1.0)
        for line in treaties.effects_of(self.treaty):
            given = self.protects if line.rule == PROTECTS else None
            value = line.value(today.params) if given is None else amount(given, today.params)
            rules.set(line.rule, (state,), line.on(rules.tables[line.rule][state], value))
        if self.procedure == "unhcr":
            rules.set("decisions", (state,), 0.0)
        elif self.procedure == "none":
            rules.set("claim_open", (state,), 0.0)
