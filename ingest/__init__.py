"""From files to an index: read, cut into passages, embed, store. Knows nothing about questions and answers."""
