"""Downloads the public documents that a list names."""
