"""Turns a follow-up into a self-contained question."""
