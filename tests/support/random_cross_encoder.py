"""A cross-encoder with random weights, for tests of the path that a real one takes."""

from pathlib import Path

import torch
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

from pincite.ingest.embedding.weights import find_weights


def save_model(folder: Path, labels: int) -> Path:
    """A cross-encoder with random weights, large enough apart that its scores differ."""
    torch.manual_seed(7)
    tokenizer = AutoTokenizer.from_pretrained(find_weights())
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    config = BertConfig(vocab_size=tokenizer.vocab_size, num_labels=labels, initializer_range=0.5, **sizes)
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
