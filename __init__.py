"""Pincite answers questions over policy texts and pins every sentence to the page and paragraph that supports it."""
