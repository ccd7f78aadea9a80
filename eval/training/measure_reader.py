"""Measures the reader on held-out public data, beside the rule: which sentence answers, and whether any does."""

import argparse
import random
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.stats import mannwhitneyu

from pincite.answer.draft.extractive import ExtractSettings
from pincite.answer.query.answer_types import answer_type_of, contains_answer
from pincite.answer.retrieval.term_weights import coverage, question_weights
from pincite.eval.bench.measuring import heading, print_line, row
from pincite.eval.training import question_data
from pincite.eval.training.examples import Example, shuffled
from pincite.eval.training.reader import WEIGHTS, Reader, Text
from pincite.ingest.index.lexical import LexicalIndex

Scores = Sequence[float]
Score = Callable[[Example], Scores]  # of each sentence of the text


def held_out() -> dict[str, list[Example]]:
    """The data that the reader was not trained on."""
    return {
        "SQuAD 2": list(question_data.squad2(held_out=True)),
        "SelQA": list(question_data.selqa("test")),
        "PolicyQA": list(question_data.policyqa("test")),
    }


def rule(lexical: LexicalIndex) -> Score:
    """The score of sentences without a reader: the words of the question and the type of the answer."""
    settings = ExtractSettings()

    def scores(example: Example) -> Scores:
        weight, wanted = question_weights(lexical, example.question, ()), answer_type_of(example.question)
        context = set(lexical.words(example.context))
        return [
            coverage(weight, context | set(lexical.words(one))) + settings.type_weight * contains_answer(wanted, one)
            for one in example.sentences
        ]

    return scores


def add_texts(lexical: LexicalIndex, examples: Iterable[Example]) -> None:
    """Index the texts, so that words have weights."""
    texts = {(one.context, " ".join(one.sentences)) for one in examples}
    lexical.update([], [(number, number, text, context) for number, (context, text) in enumerate(sorted(texts))])


def precision_at_1(examples: Sequence[Example], score: Score) -> float:
    """The share of questions whose best sentence answers, over texts with a choice."""
    choices = [one for one in examples if one.answers and len(one.answers) < len(one.sentences)]
    return float(np.mean([int(np.argmax(score(one))) in one.answers for one in choices]))


def auc(examples: Sequence[Example], score: Score) -> float:
    """The area under the curve of the best sentence's score for texts that answer against others."""
    best = [(bool(one.answers), max(score(one))) for one in examples]
    answering, others = ([found for answers, found in best if answers is wanted] for wanted in (True, False))
    return float(mannwhitneyu(answering, others).statistic / (len(answering) * len(others)))


def measure(sets: Mapping[str, Sequence[Example]], reader: Reader) -> None:
    """Print a table."""

    def read(example: Example) -> Scores:
        return reader.scores(example.question, [Text(example.context, example.sentences)])[0]

    for line in heading("set", "questions", "P@1, rule", "P@1, reader", "AUC, rule", "AUC, reader"):
        print_line(line)
    for name, examples in sets.items():
        with tempfile.TemporaryDirectory() as folder:
            lexical = LexicalIndex(Path(folder))
            add_texts(lexical, examples)
            ways = (rule(lexical), read)
            cells = [f"{precision_at_1(examples, way):.3f}" for way in ways]
            open_questions = any(not one.answers for one in examples)
            cells += [f"{auc(examples, way):.3f}" if open_questions else "" for way in ways]
        print_line(row(name, str(len(examples)), *cells))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--limit", type=int, help="only so many questions of each set, drawn at random")
    arguments = parser.parse_args()
    chance = random.Random(0)  # noqa: S311  a sample, not a secret
    sets = {name: shuffled(chance, found)[: arguments.limit] for name, found in held_out().items()}
    measure(sets, Reader(arguments.weights))


if __name__ == "__main__":
    main()
