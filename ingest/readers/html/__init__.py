"""Reads the main text of HTML pages, including acts as EUR-Lex lays them out."""
