"""Questions about one document as a whole: when it was adopted and by whom, and what its main points are."""

from collections.abc import Sequence
from functools import cache

from pincite.answer.query.address.remaining_words import remaining_words
from pincite.answer.query.aliases import Aliases
from pincite.answer.query.mentions import Mention
from pincite.answer.query.tokens import normalise_word
from pincite.ingest.data.question_forms import form_words, has_word, pattern_of

DATE, ISSUER = "date", "issuer"


def asked_of_masthead(text: str, named: Sequence[Mention], aliases: Aliases) -> str:
    """DATE or ISSUER, if a question asks when a document was made or by whom and for nothing else; else empty."""
    asked = DATE if has_word("dating", text) else ISSUER if has_word("issuing", text) else ""
    left = [
        word
        for word in remaining_words(text, (), named, aliases)
        if word not in words_of(("dating", "issuing", "making"))
    ]
    return asked if asked and not left and has_word("making", text) else ""


def asks_for_summary(text: str, named: Sequence[Mention], aliases: Aliases) -> bool:
    """Whether a question asks for the main points of a document and for nothing else."""
    spans = [match.span() for match in pattern_of("summary").finditer(text)]
    left = [word for word in remaining_words(text, spans, named, aliases) if word not in words_of(("summary",))]
    return bool(spans) and not left


@cache
def words_of(kinds: tuple[str, ...]) -> frozenset[str]:
    """The single words of some kinds, as in questions."""
    return frozenset(normalise_word(part) for kind in kinds for word in form_words(kind) for part in word.split())
