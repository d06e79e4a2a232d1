"""Agents: states, employers and brokers as Mesa agents."""

from sim.agents.broker import Broker
from sim.agents.employer import Employer
from sim.agents.state import State

__all__ = ["Broker", "Employer", "State"]
