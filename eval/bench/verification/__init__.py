"""Benchmarks of the verifier on altered and paraphrased statements."""
