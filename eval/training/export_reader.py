"""Writes the trained weights of a checkpoint in float16, 14 MB, and prints their sha256."""

import argparse
from pathlib import Path

import torch
from safetensors.torch import save_file

from pincite.eval.bench.measuring import print_line
from pincite.eval.training.reader import WEIGHTS
from pincite.ingest.hashing import hash_file


def export(checkpoint: Path, target: Path) -> None:
    """Write the weights of a checkpoint."""
    weights = torch.load(checkpoint, weights_only=True)["weights"]
    save_file({name: one.half().contiguous() for name, one in weights.items()}, str(target))
    print_line(f"{hash_file(target)}  {target}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.to)


if __name__ == "__main__":
    main()
