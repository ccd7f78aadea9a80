"""Measures over many questions, with bootstrap intervals."""
