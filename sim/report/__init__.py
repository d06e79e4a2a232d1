"""Report: what an experiment found, as figures, a map and a page."""
