"""Analysis of text that several rooms share: words and stems, numbers, dates, names, negation, alignment."""
