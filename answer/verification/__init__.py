"""Verifies each statement against the text that it cites, one rule per module."""
