"""Reads Word documents, with the numbering that Word displays."""
