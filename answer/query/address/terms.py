"""The term whose definition a question asks for: `What is a deployer?`, `Meaning of “quay” in the by-law`."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pincite.answer.query.decomposition import remove_spans
from pincite.answer.query.mentions import CONFIDENT, Mention
from pincite.ingest.data.question_forms import definition_forms, form_words, where_pattern
from pincite.ingest.data.word_patterns import alternatives

ARTICLE = re.compile(r"^(?:an?|the|une?|l[ae]s?|d['’]une?|eine?[nmrs]?|de[rnms]|das|die|el|los) ", re.IGNORECASE)
QUOTED = re.compile(r"(?<!\w)[‘'“\"«„]([^‘’'“”\"«»„]{2,80})[’'”\"»“](?!\w)")
LONGEST = 9  # words of a term


def asked_terms(text: str, named: Sequence[Mention]) -> tuple[str, ...]:
    """What a question asks to define, in possible readings, the longest first; empty if it asks for no definition.

    >>> asked_terms("What is a buoy?", ()), asked_terms("Define mole in the by-law", ())
    (('a buoy', 'buoy'), ('mole in the by-law', 'mole'))
    >>> asked_terms("How does the treaty define a “light on a coast”?", ()), asked_terms("Who pays?", ())
    (('light on a coast',), ())
    """
    spans = [(one.start, one.end) for one in named if one.confidence >= CONFIDENT]
    asked = remove_spans(text, spans) if spans else text
    for form in definition_forms():
        if match := form.match(asked):
            quoted = QUOTED.search(asked)
            return tuple(dict.fromkeys([quoted[1]] if quoted else readings(match["term"])))
    return ()


def readings(term: str) -> Iterator[str]:
    """A term with and without its article and the words that say where it is used."""
    for words in (term, where().sub("", term)):
        for reading in (words, ARTICLE.sub("", words)):
            if len(reading.split()) <= LONGEST:
                yield reading.strip(" ,;:")


@cache
def where() -> re.Pattern[str]:
    """The words that say where a term is used, and what follows them."""
    return re.compile(rf",? {where_pattern()} .*$", re.IGNORECASE)


def asked_topic(text: str) -> str:
    """What a question wants to know what a document says about; empty if it asks for something else.

    >>> asked_topic("What does the Harbour Act say on small States?"), asked_topic("What does Article 5 say?")
    ('small States', '')
    """
    match = on_topic().search(text)
    return match["topic"].strip(" ?!.\"“”'") if match else ""


@cache
def on_topic() -> re.Pattern[str]:
    """A verb of saying, a preposition and what follows it."""
    says, on = (alternatives(form_words(kind)) for kind in ("says", "on"))
    return re.compile(rf"\b(?:{says})\b(?: [\w’'-]+){{0,6}}? (?:{on})\s(?P<topic>[^,;:]+?)\W*$", re.IGNORECASE)
