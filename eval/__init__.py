"""Judges answers against gold questions."""
