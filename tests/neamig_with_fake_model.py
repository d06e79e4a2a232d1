"""The command line with the fake model in the place of the model; worker processes run this file too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from sim.cli import main
from sim.experiments import replicate
from tests.fake_model import FakeModel

replicate.build_model = FakeModel

if __name__ == "__main__":
    main()
