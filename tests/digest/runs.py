"""Two short runs in which much happens, and the digest of all that they leave behind.

`python -m tests.digest.runs` prints the digests, `python -m tests.digest.runs tiny` that of one run.
"""

import hashlib
import json
import sys
from datetime import date

import numpy as np
import pyarrow as pa

from sim.model import MigrationModel
from sim.scenario import Scenario
from sim.world.priors import Priors, default_priors_path

SOURCE = {"source": "made up for the digest"}
POLICIES = {
    "cap": {"kind": "stock_cap", "nationality": "PRK", "level": "at_adoption", "from": "2017-08-05"} | SOURCE,
    "ban": {
        "kind": "permit_ban", "nationality": "CHN", "hosts": ["MNG", "RUS"], "renewals": "counted",
        "from": "2017-07-01", "compliance": {"RUS": 0.5, "default": 0.9},
    } | SOURCE,
    "quota": {
        "kind": "permit_quota", "nationality": ["XPS", "XOT"], "hosts": "RUS", "level": 50_000, "counts": "issued",
        "renewals": "counted",
    } | SOURCE,
    "share": {"kind": "population_share_cap", "host": "MNG", "share": 0.01, "counts": ["worker", "settled"]} | SOURCE,
    "legal": {"kind": "legalisation", "host": "KOR", "share": 0.3, "from": "2017-08-01"} | SOURCE,
    "boom": {"kind": "economic_shock", "host": "CHN", "jobs": 1.5, "wages": 1.2} | SOURCE,
    "shut": {"kind": "border_closure", "ports": ["Zamiin-Uud"], "from": "2017-07-01", "until": "2017-07-31"} | SOURCE,
}  # fmt: skip
RUNS = {"tiny": (3, 2000), "short": (12, 100)}  # months, scale


def scenario(months: int) -> Scenario:
    """The scenario of the digests: a month more or less is the same run longer."""
    end = date(2017 + (5 + months - 1) // 12, (5 + months - 1) % 12 + 1, 1)
    settings = {"name": "digest", "question": "Is it the same?", "start": "2017-06", "policies": POLICIES}
    return Scenario.model_validate(settings | {"end": end.isoformat()})


def run(name: str) -> MigrationModel:
    """One of the runs, carried out."""
    months, scale = RUNS[name]
    params = Priors.load(default_priors_path()).point()
    model = MigrationModel(scenario(months), world_seed=11, run_seed=12, params=params, scale=scale)
    model.run()
    return model


def digest(model: MigrationModel) -> str:
    """SHA-256 of the tidy table, byte for byte, and of everybody's columns at the end."""
    found = hashlib.sha256()
    table = model.series.table()
    for name in table.column_names:
        found.update(name.encode() + b"\0" + _bytes(table[name].combine_chunks()))
    for name, column in model.state.people.cols._asdict().items():
        found.update(name.encode() + b"\0" + np.ascontiguousarray(column).astype("<i8").tobytes())
    return found.hexdigest()


def _bytes(column: pa.Array) -> bytes:
    """Words by a line each; days and numbers as they are stored, the least byte first."""
    if pa.types.is_dictionary(column.type):
        return "\n".join(column.to_pylist()).encode()
    if pa.types.is_date32(column.type):
        return column.cast(pa.int32()).to_numpy().astype("<i4").tobytes()
    return column.to_numpy().astype("<f8").tobytes()


if __name__ == "__main__":
    print(json.dumps({name: digest(run(name)) for name in sys.argv[1:] or RUNS}))
