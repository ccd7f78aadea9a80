"""Gold questions, and the judging of single responses to them."""
