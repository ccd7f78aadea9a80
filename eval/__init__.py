"""Judges what `answer` gives against gold questions. Knows nothing about how answers are made."""
