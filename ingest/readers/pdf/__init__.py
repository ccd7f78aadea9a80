"""Reads PDF pages into paragraphs, headings, tables and footnotes."""
