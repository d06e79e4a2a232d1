"""Experiments: replicates, paired comparison, and the engine that carries the runs out."""
