"""The index: catalog in SQLite, vectors in Chroma, words in Tantivy."""
