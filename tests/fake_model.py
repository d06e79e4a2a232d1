"""A model of one number, for tests of what surrounds a model: it records, draws from its seeds, and takes time."""

import os
import signal
import time
from pathlib import Path

import numpy as np

from sim.experiments.replicate import Task
from sim.results.series import Series

LABELS = {
    "nationality": ["PRK"],
    "host": ["PRK", "RUS", "CHN"],
    "status": ["home", "worker"],
    "limit": ["cap"],
    "purpose": ["job", "worker"],
    "outcome": ["waits", "withdrawn", "gives_up"],
}
HOME, RUS, CHN = range(3)
EFFECT_FROM = 6
REFUSED = 3  # persons a month

PRIORS = """
level: {value: 1000, low: 900, high: 1100, dist: uniform, unit: persons, reason: for tests}
effect: {value: 0, low: -500, high: 500, dist: uniform, unit: persons, reason: for tests}
unread: {value: 1, low: 0, high: 2, dist: uniform, unit: persons, reason: for tests}
"""
BASE = """
name: base
question: What happens without the cap?
start: 2017-01
end: 2018-12
parameters: {effect: {value: 0, source: test}}
"""
CAP = """
name: cap
extends: base.yaml
question: What does the cap do?
parameters: {effect: {value: 50, source: test}}
"""
MECHANISMS = """
taking:
  says: The cap takes workers away.
  off: {effect: 0}
  where: '5.1'
size:
  says: There are as many as there are.
  off: {level: 4000}
  where: '5.1'
idle:
  says: Nothing reads it.
  off: {unread: 0}
  where: '5.1'
"""


class FakeModel:
    """Workers in two hosts; from the seventh month on the parameter `effect` takes some of them away from one."""

    def __init__(self, task: Task) -> None:
        self.months = task.rules.months
        self.series = Series(LABELS, task.rules.start)
        self.task = task
        self.level = task.params["level"] + task.run_seed % 10 + task.world_seed % 10
        self.effect = task.params["effect"] * (1 + task.run_seed % 7 / 10)
        self.t = 0
        _perhaps_die(task)

    def step(self) -> None:
        """Record a month."""
        time.sleep(float(os.environ.get("FAKE_MONTH_SECONDS", "0")))
        is_on = self.effect != 0 and self.t >= EFFECT_FROM
        stock = np.array([5000.0, self.level - self.effect * is_on, self.level])
        self.series.record("stock", self.t, stock, nationality=0, host=[HOME, RUS, CHN], status=[0, 1, 1])
        self.series.record("flow", self.t, 7, nationality=0, host=RUS)
        if is_on:
            self._record_limit()
        self.t += 1

    def _record_limit(self) -> None:
        self.series.record("limit_level", self.t, 900, limit=0, host=[RUS, CHN])
        self.series.record("binds", self.t, 1, limit=0, host=RUS)
        self.series.record("requests_blocked", self.t, REFUSED, limit=0, host=RUS)
        self.series.record("leakage", self.t, [1, 2], limit=0, purpose=0, outcome=[0, 1], host=RUS)
        self.series.record("leakage", self.t, 3, limit=0, purpose=1, outcome=2, host=RUS)


def _perhaps_die(task: Task) -> None:
    """Kill this process when asked to: once (FAKE_KILL_ONCE names a file that says it was done), or each time."""
    once = os.environ.get("FAKE_KILL_ONCE")
    if once and not Path(once).exists():
        Path(once).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if os.environ.get("FAKE_KILL_REPLICATE") == str(task.replicate):
        os.kill(os.getpid(), signal.SIGKILL)


def write_files(folder: Path) -> dict[str, Path]:
    """Write two scenarios of two years that differ in the parameter `effect`, their priors and mechanisms."""
    texts = {"priors": PRIORS, "base": BASE, "cap": CAP, "mechanisms": MECHANISMS}
    paths = {name: folder / f"{name}.yaml" for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name], encoding="utf-8")
    return paths
