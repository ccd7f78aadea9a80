"""Facts about the world that the rules use, as TOML files: bodies, document types, stop words, number words."""
