"""Runs: gold questions answered, and kept in a folder that can be judged again."""
