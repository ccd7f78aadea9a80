"""Pages and charts of an evaluation run."""
