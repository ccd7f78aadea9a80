"""Reads OpenDocument texts with their numbering."""
