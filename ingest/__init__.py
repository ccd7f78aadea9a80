"""Ingestion: read, structure, chunk, embed and index documents."""
