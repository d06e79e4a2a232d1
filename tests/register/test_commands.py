"""Each command is carried out and prints what it is for; the model is the fake one where it would be run."""

import json

import pytest
from typer.testing import CliRunner

from sim.cli import COMMANDS, app
from sim.experiments import replicate
from tests.fake_model import FakeModel, write_files

