"""Local language models behind LlamaIndex's `LLM`."""
