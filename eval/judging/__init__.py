"""Gold questions, and what is right and wrong in one answer."""
