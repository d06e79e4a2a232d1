"""Benchmarks: what the engine costs, beside plain agents and beside its peers, in one interleaved run."""
