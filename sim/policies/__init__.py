"""Kinds of policy: one file a kind; every module of this package is read, so that its kind is known."""

import importlib
import pkgutil

from sim.policies.base import POLICY_KINDS, Policy

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["POLICY_KINDS", "Policy"]
