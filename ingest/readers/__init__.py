"""One reader for each file format: a path in, a `Reading` out."""
