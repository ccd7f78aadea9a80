"""Metadata of documents: title, type, issuer, symbol, date, language, authors, relations."""
