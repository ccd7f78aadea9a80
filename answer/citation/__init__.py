"""Cites documents: quotes by offsets, short references, table rows."""
