"""Writes a briefing book as Word, Excel, Markdown, HTML, CSV and JSON Lines."""
