"""What the verification rules share: parsed text, numerals, antonyms, alignment."""
