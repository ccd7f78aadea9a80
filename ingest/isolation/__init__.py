"""Reads each file in a child process with limits, so that no file can harm the process that ingests it."""
