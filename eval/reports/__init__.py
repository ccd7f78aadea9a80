"""Reports of a run as HTML and Markdown, with charts."""
