"""Reads whether a question asks for something that has an address, such as a provision or a definition."""
