"""Reads a question once: what it asks for, names, filters by and compares."""
