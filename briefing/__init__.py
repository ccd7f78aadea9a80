"""Answers lists of questions into documents, and checks drafts against the library."""
