"""Starsim: an SIR epidemic on a random network. Arguments: agents, steps. Runs in the peers' own environment."""

import json
import sys
from importlib.metadata import version
from time import process_time

import starsim as ss

CONTACTS, SICK_STEPS, BETA, WARM = 4, 10, 0.1, 1000


def sim(agents: int, steps: int) -> ss.Sim:
    """An epidemic of as many steps as asked for."""
    return ss.Sim(
        n_agents=agents, diseases=ss.SIR(dur_inf=SICK_STEPS, beta=BETA), networks=ss.RandomNet(n_contacts=CONTACTS),
        start=0, dur=steps, dt=1, verbose=0,
    )  # fmt: skip


def main(agents: int, steps: int) -> None:
    """Time a run after a small one, in which its kernels are compiled, and without its set-up."""
    sim(WARM, steps).run()
    run = sim(agents, steps)
    run.init()
    began = process_time()
    run.run()
    seconds = process_time() - began
    print(json.dumps({"agents": agents, "steps": run.t.npts, "seconds": seconds, "version": version("starsim")}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
