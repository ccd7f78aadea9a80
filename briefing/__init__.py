"""Lists of questions into documents that can be put before a minister; others' drafts checked. Knows no screen."""
