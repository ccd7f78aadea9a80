"""From files to an index: read, structure, chunk, embed, store."""
