"""The index: a catalog in SQLite, with vector search and word search derived from it."""
