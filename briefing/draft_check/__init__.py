"""Checks every claim and reference of somebody's draft against the library."""
