"""Cites documents: quotes cut by offsets, short references, rows of tables."""
