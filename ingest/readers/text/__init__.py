"""Reads plain text: unwraps lines, finds headings, lists and tables."""
