"""Benchmarks of ingestion and batches: speed, memory, crash safety."""
