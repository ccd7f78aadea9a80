"""Reads Markdown: lists, tables, quotes, footnotes, front matter."""
