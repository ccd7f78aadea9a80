"""Trains the reader on questions with the sentences that answer them: `make train-reader`.

The reader scores each sentence of a text for a question, all in one pass; it is a trial that the program does not use
(see LOG.md). Its input is `[CLS] question [SEP] title sentence sentence … [SEP]`.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.multiprocessing.spawn import spawn

from pincite.eval.bench.measuring import print_line
from pincite.eval.bench.paths import WORK
from pincite.eval.training import question_data
from pincite.eval.training.encoding import (
    CONTEXT_TOKENS,
    MARKS,
    QUESTION_TOKENS,
    SENTENCE_TOKENS,
    Reading,
    Sequences,
    open_tokenizer,
    pad,
    token_ids,
)
from pincite.eval.training.examples import Example, Texts, shuffled, without_answer
from pincite.eval.training.reader_model import FROZEN, ReaderModel, log_share, tensors, untrained
from pincite.ingest.embedding.weights import find_weights


@dataclass(frozen=True, slots=True)
class TrainSettings:
    """How the reader is trained; the schedule is linear up for `warmup` steps, even, and down for the share `decay`.

    `processes`, each on a core, take a batch of each step. `widths`: tokens of a sequence, drawn at random.
    `span_weight`: of the loss over the words that answer beside that over the sentences. `reach`: sequences that are
    sorted by length into batches of at most `batch_tokens`.
    """

    seed: int = 7
    steps: int = 920
    processes: int = 2
    learning_rate: float = 2.5e-4
    weight_decay: float = 0.01
    warmup: int = 60
    decay: float = 0.35
    batch_tokens: int = 2048
    reach: int = 400
    widths: tuple[int, ...] = (64, 80, 96, 128, 192)
    span_weight: float = 0.5
    largest_gradient: float = 1.0
    report_every: int = 10
    save_every: int = 50


@dataclass(frozen=True, slots=True)
class Target:
    """A sequence with what is to be found: places of sentences, and of tokens in them if known."""

    reading: Reading
    gold: frozenset[int]
    tokens: frozenset[tuple[int, int]]  # (sentence, token)


def training_examples(chance: random.Random) -> list[Example]:
    """The mixture: what each data set gives, near misses of each, and small sets twice."""
    squad, policy = list(question_data.squad2(held_out=False)), list(question_data.policyqa("dev"))
    selqa, qed = list(question_data.selqa("dev")), list(question_data.qed())
    nqg = shuffled(chance, question_data.nqg())[:7500]
    qamr = shuffled(chance, [*question_data.qamr("dev"), *question_data.qamr("test")])[:4000]
    chosen = [*squad, *squad, *policy, *selqa, *selqa, *qed, *qed, *nqg, *qamr, *question_data.condaqa()]
    chosen += shuffled(chance, question_data.policyqa_near_misses("dev"))[:1200]
    for examples, misses, gaps in ((squad, 700, 300), (nqg, 1600, 700), (qamr, 900, 300), (selqa, 300, 150)):
        chosen += near_misses(chance, examples, misses)
        chosen += [gap for one in answered(chance, examples, gaps) if (gap := without_answer(one))]
    return shuffled(chance, chosen)


def answered(chance: random.Random, examples: Sequence[Example], count: int) -> list[Example]:
    """Some of the examples with an answer."""
    return shuffled(chance, [one for one in examples if one.answers])[:count]


def near_misses(chance: random.Random, examples: Sequence[Example], count: int) -> Iterator[Example]:
    """Questions over texts of the same data set that share their words and do not answer."""
    texts = Texts(examples)
    found = (texts.near_miss(one) for one in answered(chance, examples, count))
    return (one for one in found if one)


def target_of(tokenizer: Tokenizer, example: Example, width: int, chance: random.Random) -> Target:
    """An example as a sequence of about `width` tokens around a sentence that answers or seems to."""
    [asked] = token_ids(tokenizer, [example.question], QUESTION_TOKENS)
    [about] = token_ids(tokenizer, [example.context], CONTEXT_TOKENS)
    encoded = tokenizer.encode_batch(list(example.sentences), add_special_tokens=False)
    lengths = [min(len(one.ids), SENTENCE_TOKENS) for one in encoded]
    middle = chance.choice(sorted(example.answers) or [example.near or 0])
    first, last = window(lengths, middle, width - MARKS - len(asked) - len(about), chance)
    read = Reading(asked, about, [encoded[place].ids[:SENTENCE_TOKENS] for place in range(first, last + 1)])
    tokens = {
        (place - first, number)
        for place, spans in example.answers.items()
        if first <= place <= last
        for number, (a, b) in enumerate(encoded[place].offsets[:SENTENCE_TOKENS])
        if any(a < end and b > start for start, end in spans)
    }
    return Target(
        read, frozenset(place - first for place in example.answers if first <= place <= last), frozenset(tokens)
    )


def window(lengths: Sequence[int], middle: int, room: int, chance: random.Random) -> tuple[int, int]:
    """The first and last of consecutive places around one, as many as fit, growing to either side at random."""
    first = last = middle
    room -= lengths[middle]
    while sides := [place for place in (first - 1, last + 1) if 0 <= place < len(lengths) and lengths[place] <= room]:
        place = chance.choice(sides)
        first, last, room = min(first, place), max(last, place), room - lengths[place]
    return first, last


def batches(targets: Sequence[Target], settings: TrainSettings, chance: random.Random) -> Iterator[list[Target]]:
    """Batches of similar length, in random order within each reach."""
    for start in range(0, len(targets), settings.reach):
        near = sorted(targets[start : start + settings.reach], key=lambda one: one.reading.length)
        made: list[list[Target]] = [[]]
        for one in near:
            if made[-1] and one.reading.length * (len(made[-1]) + 1) > settings.batch_tokens:
                made.append([])
            made[-1].append(one)
        yield from chance.sample(made, len(made))


def masks(batch: Sequence[Target], read: Sequences) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Which tokens belong to the text, to sentences that answer, and to the answers themselves, bool (n, t)."""
    text, gold, exact = read.sentences >= 0, np.zeros_like(read.sentences, bool), np.zeros_like(read.sentences, bool)
    for row, one in enumerate(batch):
        gold[row] = np.isin(read.sentences[row], list(one.gold)) & text[row]
        begin = len(one.reading.question) + len(one.reading.context) + MARKS - 1
        starts = np.cumsum([begin, *map(len, one.reading.sentences)])
        exact[row, [starts[place] + number for place, number in one.tokens]] = True
    return torch.from_numpy(text), torch.from_numpy(gold), torch.from_numpy(exact)


def loss_of(model: ReaderModel, tokenizer: Tokenizer, batch: Sequence[Target], span_weight: float) -> torch.Tensor:
    """The mean loss of a batch."""
    read = pad(tokenizer, [one.reading for one in batch])
    text, gold, exact = masks(batch, read)
    scores = model(*tensors(read)).float()
    known = exact.any(dim=1) | ~gold.any(dim=1)
    by_words = torch.where(known, log_share(scores, exact, text), 0.0)
    return -(log_share(scores, gold, text) + span_weight * by_words).mean()


def rate(step: int, steps: int, settings: TrainSettings) -> float:
    """The share of the learning rate at a step.

    >>> [round(rate(step, 1000, TrainSettings()), 2) for step in (0, 99, 500, 800, 999)]
    [0.02, 1.0, 1.0, 0.57, 0.0]
    """
    return min((step + 1) / settings.warmup, (steps - step) / (steps * settings.decay), 1.0)


class HalfPrecision:
    """A model in bfloat16, which this kind of processor multiplies fast, with its trained weights in float32."""

    def __init__(self, model: ReaderModel, settings: TrainSettings) -> None:
        self.model, self.settings = model, settings
        chosen = {
            name: one for name, one in model.named_parameters() if not name.removeprefix("encoder.").startswith(FROZEN)
        }
        for one in model.parameters():
            one.requires_grad = False
        self.exact = {name: torch.nn.Parameter(one.detach().clone().float()) for name, one in chosen.items()}
        model.to(torch.bfloat16)
        self.trained = {name: one for name, one in model.named_parameters() if name in self.exact}
        for one in self.trained.values():
            one.requires_grad = True
        self.optimizer = torch.optim.AdamW(
            self.exact.values(), lr=settings.learning_rate, weight_decay=settings.weight_decay, betas=(0.9, 0.98)
        )

    def step(self, share: float) -> None:
        """Apply the gradients at a share of the learning rate."""
        for name, one in self.trained.items():
            gradient = torch.zeros_like(self.exact[name]) if one.grad is None else one.grad.float()
            torch.distributed.all_reduce(gradient)
            self.exact[name].grad = gradient / self.settings.processes
            one.grad = None
        torch.nn.utils.clip_grad_norm_(self.exact.values(), self.settings.largest_gradient)
        for group in self.optimizer.param_groups:
            group["lr"] = self.settings.learning_rate * share
        self.optimizer.step()
        with torch.no_grad():
            for name, one in self.trained.items():
                one.copy_(self.exact[name])

    def save(self, file: Path, step: int) -> None:
        """Write the trained weights, in float32, with what is needed to go on."""
        weights = {name: one.detach() for name, one in self.exact.items()}
        state = {"weights": weights, "optimizer": self.optimizer.state_dict(), "step": step}
        torch.save(state, file.with_suffix(".part"))
        file.with_suffix(".part").replace(file)

    def load(self, file: Path) -> int:
        """Go on from a checkpoint; returns its step."""
        state = torch.load(file, weights_only=True)
        with torch.no_grad():
            for name, one in self.trained.items():
                self.exact[name].copy_(state["weights"][name])
                one.copy_(self.exact[name])
        self.optimizer.load_state_dict(state["optimizer"])
        return int(state["step"])


@dataclass(frozen=True, slots=True)
class Run:
    """What each process needs: where to write, the batches, how to train, a checkpoint to go on from."""

    folder: Path
    made: Sequence[list[Target]]
    settings: TrainSettings
    checkpoint: Path | None = None

    @property
    def steps(self) -> int:
        """The number of steps; in each, every process takes a batch."""
        return len(self.made) // self.settings.processes


def train(folder: Path, settings: TrainSettings, checkpoint: Path | None = None) -> None:
    """Train and write `reader-STEP.pt` into a folder; from a checkpoint, go on as if there had been no break."""
    chance = random.Random(settings.seed)  # noqa: S311  a seed, not a secret
    tokenizer = open_tokenizer(find_weights() / "tokenizer.json")
    made: list[list[Target]] = []
    while len(made) < settings.steps * settings.processes:
        examples = training_examples(chance)  # each time with other near misses and other parts of the large sets
        targets = [target_of(tokenizer, one, chance.choice(settings.widths), chance) for one in examples]
        made += batches(targets, settings, chance)
    made = made[: settings.steps * settings.processes]
    run = Run(folder, made, settings, checkpoint)
    print_line(json.dumps(asdict(settings) | counts(made) | {"steps": run.steps}))
    with tempfile.TemporaryDirectory() as meeting:
        spawn(  # type: ignore[no-untyped-call]
            work, (run, f"file://{meeting}/processes"), settings.processes
        )


def work(place: int, run: Run, meeting: str) -> None:
    """One process: a batch of each step, with the gradients of all."""
    torch.set_num_threads(1)  # threads that share an operation wait for each other at each of thousands
    torch.manual_seed(run.settings.seed)
    torch.distributed.init_process_group("gloo", meeting, rank=place, world_size=run.settings.processes)
    weights = find_weights()
    tokenizer = open_tokenizer(weights / "tokenizer.json")
    model = HalfPrecision(untrained(weights), run.settings)
    first = model.load(run.checkpoint) if run.checkpoint else 0
    began, losses = perf_counter(), []
    for step in range(first + 1, run.steps + 1):
        batch = run.made[(step - 1) * run.settings.processes + place]
        loss = loss_of(model.model, tokenizer, batch, run.settings.span_weight)
        loss.backward()  # type: ignore[no-untyped-call]
        model.step(rate(step - 1, run.steps, run.settings))
        losses.append(loss.item())
        if place == 0 and step % run.settings.report_every == 0:
            recent = losses[-run.settings.report_every :]
            print_line(f"{step}/{run.steps} loss {sum(recent) / len(recent):.3f} {perf_counter() - began:.0f} s")
        if place == 0 and (step % run.settings.save_every == 0 or step == run.steps):
            model.save(run.folder / f"reader-{step}.pt", step)


def counts(made: Sequence[Sequence[Target]]) -> dict[str, int]:
    """What is trained on: sequences, those with an answer, tokens and batches."""
    chosen = [one for batch in made for one in batch]
    answering = sum(bool(one.gold) for one in chosen)
    tokens = sum(one.reading.length for one in chosen)
    return {"sequences": len(chosen), "answering": answering, "tokens": tokens, "batches": len(made)}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WORK / "reader")
    parser.add_argument("--steps", type=int, default=TrainSettings().steps)
    parser.add_argument("--checkpoint", type=Path, help="go on from this file")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    train(arguments.out, TrainSettings(steps=arguments.steps), arguments.checkpoint)


if __name__ == "__main__":
    main()
