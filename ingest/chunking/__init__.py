"""From a document to passages: sentences, citable units, passages."""
