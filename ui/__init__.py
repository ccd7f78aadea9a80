"""The pages of the app: what `answer/` gives, shown. Knows nothing about how an answer is made."""
