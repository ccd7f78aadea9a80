"""Decides whether the library can answer a question, and explains why not."""
