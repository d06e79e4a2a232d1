"""Seeds: what each replicate is drawn from, a pure function of the command's seed and the replicate's number."""

from dataclasses import dataclass
from hashlib import blake2b

SEED_BYTES = 8
SIGN_BITS = 1  # seeds stay below 2^63, so that any library takes them


@dataclass(frozen=True)
class Seeds:
    """The seeds of one run: who the people are, what happens to them, and which parameters are drawn."""

    world: int
    run: int
    draw: int


def seeds(seed: int, replicate: int, twin: bool = False) -> Seeds:
    """Return the seeds of a replicate; its twin has the same parameters and other chance."""
    chance = "twin" if twin else "first"
    return Seeds(
        world=_hash(seed, replicate, "world", chance),
        run=_hash(seed, replicate, "run", chance),
        draw=_hash(seed, replicate, "draw"),
    )


def _hash(*parts: int | str) -> int:
    text = "/".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=SEED_BYTES).digest()) >> SIGN_BITS
