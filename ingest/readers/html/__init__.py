"""Reads the main text of HTML pages, including acts in the layout of EUR-Lex."""
