"""Mechanisms: one file each; the month in `sim.model` says their order."""
