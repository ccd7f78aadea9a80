"""Decides whether the library can answer a question, and says why not."""
