"""From a question to a verified answer: read the question, retrieve, decide, draft and cite, verify."""
