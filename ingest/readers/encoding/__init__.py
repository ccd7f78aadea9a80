"""From bytes to text: character encodings and their repair."""
