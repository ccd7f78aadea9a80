"""Chunking: sentences, citable units, passages."""
