"""Where benchmarks find documents and gold questions: the sample in this repository, the real ones beside it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE_CORPUS = ROOT / "corpus"
SAMPLE_GOLD = ROOT / "eval" / "gold" / "sample.jsonl"

SHARED = ROOT.parent / "shared"
SHARED_CORPUS = SHARED / "corpus"
SHARED_GOLD = SHARED / "gold" / "dev.jsonl"
SCIFACT = SHARED / "bench" / "scifact"

# The real documents if they are there, or else the sample.
CORPUS, GOLD = (SHARED_CORPUS, SHARED_GOLD) if SHARED_CORPUS.is_dir() else (SAMPLE_CORPUS, SAMPLE_GOLD)

WORK = Path(".pincite-bench")  # indexes that benchmarks keep
