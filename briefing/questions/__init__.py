"""Reads lists of questions from CSV, Excel, JSON Lines, Markdown and text files."""
