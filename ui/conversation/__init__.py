"""Conversations in the chat: kept, opened, answered, exported."""
