"""Measures over the verdicts of a run, with intervals."""
