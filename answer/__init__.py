"""From a question to a verified answer: retrieve, decide, draft, cite, verify. Knows nothing about files on disk."""
