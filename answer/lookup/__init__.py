"""Looks up what a question asks for by its address, before anything is ranked."""
