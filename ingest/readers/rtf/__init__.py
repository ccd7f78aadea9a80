"""Reads RTF by its control words."""
