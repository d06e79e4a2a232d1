"""Calibration: targets, priors and fit. It imports `sim`; `sim` gets its priors as a file path."""
