"""Serves the app for load tests and screenshots; not part of the installed package."""
