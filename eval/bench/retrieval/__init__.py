"""Benchmarks of retrieval beside other systems."""
