"""The `pincite` command line."""
