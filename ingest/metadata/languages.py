"""The language of a text: that of most letters, by py3langid for each paragraph."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from pincite.ingest.document import BlockKind, Part

# Languages in which States and international bodies publish; fewer languages are confused less.
LANGUAGES = (
    "ar az be bg bn bs ca cs da de el en es et fa fi fr ga he hi hr hu hy id is it ja ka kk ko lt lv mk ms mt nl no"
    " pl pt ro ru sk sl sq sr sv sw th tr uk ur uz vi zh"
).split()
LEAST = 40  # letters of a paragraph whose language is detected
SAMPLES = 80  # paragraphs, spread over the text
SAMPLE_LENGTH = 600  # characters of each
BILINGUAL = 0.25  # of the letters, from which a further language is one of the document's
FEWEST_PARAGRAPHS = 3  # in a further language
DEFAULT_LANGUAGE = "en"  # of a text that is too short


@cache
def load_detector() -> None:
    """Load the model of the detector for the languages above, once."""
    import py3langid  # noqa: PLC0415  its model takes half a second

    py3langid.set_languages(LANGUAGES)


def classify(text: str) -> str:
    """The likeliest language of a text."""
    import py3langid  # noqa: PLC0415  see load_detector

    load_detector()
    return str(py3langid.classify(text)[0])


def guess_languages(parts: Sequence[Part]) -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages of a text, that of most of it first; `en` for a short text.

    >>> guess_languages([Part(BlockKind.PARAGRAPH, "Малі держави домовляються про правила щодо штучного інтелекту.")])
    ('uk',)
    """
    running = [part.text[:SAMPLE_LENGTH] for part in parts if part.kind is not BlockKind.FRONT_MATTER]
    long = sample([text for text in running if is_long(text)]) or sample(running)
    long = [text for text in long if letters(text) >= LEAST]
    if not long:
        joined = " ".join(running[:SAMPLES])
        return (classify(joined) if letters(joined) >= LEAST else by_script(joined),)
    weights: Counter[str] = Counter()
    paragraphs: Counter[str] = Counter()
    for text in long:
        language = classify(text)
        weights[language] += letters(text)
        paragraphs[language] += 1
    total = weights.total()
    first, *others = (language for language, _ in weights.most_common())
    return (
        first,
        *(one for one in others if weights[one] >= BILINGUAL * total and paragraphs[one] >= FEWEST_PARAGRAPHS),
    )


def guess_language(parts: Sequence[Part]) -> str:
    """The language of most of a text."""
    return guess_languages(parts)[0]


def is_long(text: str) -> bool:
    """Whether a text is long enough to show its language; Chinese and Japanese signs count as three letters.

    >>> is_long("A plan"), is_long("第一條規定各國應當保證渡輪安全。")
    (False, True)
    """
    return len(text) >= LEAST or (len(text) >= LEAST // 3 and "\u3040" <= text[len(text) // 2] <= "\u9fff")


def sample(texts: Sequence[str]) -> Sequence[str]:
    """At most 80 of the texts, spread evenly.

    >>> len(sample(["a"] * 1000)), sample([])
    (77, [])
    """
    return texts[:: -(-len(texts) // SAMPLES) or 1]


def letters(text: str) -> int:
    """The number of letters in a text; a Chinese or Japanese character counts as three.

    >>> letters("AI 2024"), letters("国家")
    (2, 6)
    """
    return sum(3 if "\u3040" <= sign <= "\u9fff" else 1 for sign in text if sign.isalpha())


def by_script(text: str) -> str:
    """Ukrainian or Russian by their letters, else English; enough for a title.

    >>> by_script("Правила государств"), by_script("A plan")
    ('ru', 'en')
    """
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in text)
    if cyrillic * 2 < letters(text) or not cyrillic:
        return DEFAULT_LANGUAGE
    return "uk" if any(letter in "іїєґІЇЄҐ" for letter in text) else "ru"
