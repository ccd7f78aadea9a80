"""Local language models behind LlamaIndex's `LLM`, and the prompts they are given."""
