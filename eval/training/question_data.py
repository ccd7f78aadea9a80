"""Public data of questions with the sentences that answer them; `../shared/DATA.md` states sources and licences."""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from pincite.eval.bench.paths import SHARED
from pincite.eval.training.examples import Example, from_paragraph

TRAIN = SHARED / "train"
XQUAD = SHARED / "bench" / "xquad" / "xquad.en.json.gz"
HELD_OUT_EVERY = 3  # every third article of SQuAD 2 is held out
NEIGHBOURS = 4  # sentences on each side that stand in for a paragraph where the data have single sentences
BRACKETS = {"-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "``": '"', "''": '"'}
BEFORE_PUNCTUATION = re.compile(r" (?=[,.;:?!%)\]]|'s\b|n't\b)")
AFTER_BRACKET = re.compile(r"(?<=[(\[$]) ")
TOKEN_LABELS = 8  # fields of a line of QAMR


def lines_of(file: str) -> list[str]:
    """The lines of a packed file."""
    with gzip.open(TRAIN / file, "rt", encoding="utf-8") as stream:
        return stream.read().splitlines()


def json_of(path: Path) -> Any:
    """The content of a packed JSON file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return json.load(stream)


def plain(text: str) -> str:
    """Tokenised text as it is printed.

    >>> plain("next to it is the `` grotto '' , of course -lrb- 1896 -rrb- .")
    'next to it is the " grotto ", of course (1896).'
    """
    text = " ".join(BRACKETS.get(word.lower(), word) for word in text.split())
    return AFTER_BRACKET.sub("", BEFORE_PUNCTUATION.sub("", text))


def squad2(*, held_out: bool) -> Iterator[Example]:
    """Questions of SQuAD 2, answerable or not, of the articles for training or of those held out.

    Paragraphs of XQuAD, on which search is measured, are left out.
    """
    measured = {one["context"][:60] for article in json_of(XQUAD)["data"] for one in article["paragraphs"]}
    for number, article in enumerate(json_of(TRAIN / "squad2" / "dev-v2.0.json.gz")["data"]):
        if (number % HELD_OUT_EVERY == 0) == held_out:
            for paragraph in article["paragraphs"]:
                if paragraph["context"][:60] not in measured:
                    yield from squad_questions(article["title"].replace("_", " "), paragraph)


def squad_questions(title: str, paragraph: dict[str, Any]) -> Iterator[Example]:
    """The questions of a paragraph."""
    for asked in paragraph["qas"]:
        spans = [(one["answer_start"], one["answer_start"] + len(one["text"])) for one in asked["answers"]]
        near = next((one["answer_start"] for one in asked.get("plausible_answers", ())), 0)
        yield from_paragraph(asked["question"], title, paragraph["context"], spans, near)


def policyqa(part: str) -> Iterator[Example]:
    """Questions over privacy policies (`dev`, `test`); the spans of a question over one text are taken together."""
    for policy in json_of(TRAIN / "policyqa" / f"{part}.json.gz")["data"]:
        for text in policy["paragraphs"]:
            spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
            for asked in text["qas"]:
                for one in asked["answers"]:
                    spans[asked["question"]].append((one["answer_start"], one["answer_start"] + len(one["text"])))
            for question, found in spans.items():
                yield from_paragraph(question, policy["title"], text["context"], found)


def policyqa_near_misses(part: str) -> Iterator[Example]:
    """Questions over a text of the same policy for which none of their category was annotated."""
    for policy in json_of(TRAIN / "policyqa" / f"{part}.json.gz")["data"]:
        texts = policy["paragraphs"]
        for number, text in enumerate(texts):
            other = texts[(number + 1) % len(texts)]
            there = {category(asked) for asked in other["qas"]}
            for asked in text["qas"]:
                if category(asked) not in there:
                    yield from_paragraph(asked["question"], policy["title"], other["context"], ())


def category(asked: dict[str, Any]) -> str:
    """The practice that a question of PolicyQA is about."""
    return str(asked["type"]).split("|||", maxsplit=1)[0]


def selqa(part: str) -> Iterator[Example]:
    """Questions with the sentences of a section of Wikipedia (`dev`, `test`)."""
    for asked in json_of(TRAIN / "selqa" / f"selqa-ass-{part}.json.gz"):
        context = f"{asked['article']}: {asked['section']}"
        yield Example(asked["question"], context, tuple(asked["candidates"]), dict.fromkeys(asked["answers"], ()))


def qed() -> Iterator[Example]:
    """Questions of searchers with the one sentence of a paragraph that answers."""
    for line in lines_of("qed/qed-dev.jsonlines.gz"):
        asked = json.loads(line)
        note = asked["annotation"]
        if note["explanation_type"] != "single_sentence":
            continue
        starts, text = asked["sentence_starts"], asked["paragraph_text"]
        places = list(zip(starts, [*starts[1:], len(text)], strict=True))
        gold = starts.index(note["selected_sentence"]["start"])
        spans = [one["paragraph_reference"] for one in note["answer"]]
        first, last = places[gold]
        inside = tuple((one["start"] - first, one["end"] - first) for one in spans if first <= one["start"] < last)
        sentences = tuple(text[a:b].strip() for a, b in places)
        yield Example(asked["question_text"], asked["title_text"], sentences, {gold: inside})


def nqg() -> Iterator[Example]:
    """Questions with single sentences of Wikipedia, read among the sentences before and after."""
    pairs = list(zip(lines_of("nqg/src-test.txt.gz"), lines_of("nqg/tgt-test.txt.gz"), strict=True))
    groups = [(plain(text), [plain(one[1]) for one in same]) for text, same in groupby(pairs, key=lambda one: one[0])]
    texts = [text for text, _ in groups]
    for place, (_, questions) in enumerate(groups):
        first = max(place - NEIGHBOURS, 0)
        around = tuple(texts[first : place + NEIGHBOURS + 1])
        for question in questions:
            yield Example(question, "", around, {place - first: ()})


def qamr(part: str) -> Iterator[Example]:
    """Questions about single sentences (`dev`, `test`), read among others of the same article or nearby."""
    rows = [line.split("\t") for line in lines_of("qamr/wiki-sentences.tsv.gz")]
    order = sorted(rows, key=lambda row: row[0])
    place_of = {name: place for place, (name, _) in enumerate(order)}
    texts = [plain(text) for _, text in order]
    seen: set[tuple[str, str]] = set()
    for line in lines_of(f"qamr/{part}.tsv.gz"):
        name, _, _, _, _, question, answer = line.split("\t")[: TOKEN_LABELS - 1]
        if (name, question) in seen or name not in place_of:
            continue
        seen.add((name, question))
        place = place_of[name]
        first = max(place - NEIGHBOURS, 0)
        spans = answer_span(order[place][1], texts[place], answer)
        yield Example(question, "", tuple(texts[first : place + NEIGHBOURS + 1]), {place - first: spans})


def answer_span(tokenised: str, text: str, tokens: str) -> tuple[tuple[int, int], ...]:
    """The characters of the tokens of an answer in the text as it is printed, if found there once."""
    words = tokenised.split()
    numbers = [int(one) for one in tokens.split()]
    answer = plain(" ".join(words[number] for number in numbers if number < len(words)))
    found = [one.start() for one in re.finditer(re.escape(answer), text)] if answer else []
    return ((found[0], found[0] + len(answer)),) if len(found) == 1 else ()


def condaqa() -> Iterator[Example]:
    """Yes/no questions over unedited passages, with the sentence that decides; none where it is left open."""
    for line in lines_of("condaqa/condaqa_dev.json.gz"):
        asked = json.loads(line)
        text, decisive = asked["sentence1"], asked["original sentence"]
        start = text.find(decisive)
        if asked["PassageEditID"] == 0 and start >= 0:
            found: Sequence[tuple[int, int]] = [(start, start + len(decisive))]
            yield from_paragraph(asked["sentence2"], "", text, () if "KNOW" in asked["label"] else found, start)
