"""The rules by which a statement is held against the words it cites, one module for each."""
