"""Drafts an answer from evidence: extractive by default, generative with a local model."""
