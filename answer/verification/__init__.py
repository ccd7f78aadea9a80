"""Checks each statement against the text that it cites, one rule a module."""
