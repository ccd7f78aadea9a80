"""Provisions, the units that pinpoints cite (article, annex, section, numbered paragraph), and their citation forms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from pincite.ingest.data.number_words import number_words
from pincite.ingest.data.numbering import starts_with_reference, titles_of
from pincite.ingest.data.title_words import title_words
from pincite.ingest.data.word_patterns import alternatives
from pincite.ingest.document import BlockKind, Part
from pincite.ingest.structure.numerals import chinese_number

LONGEST_TITLE = 14  # words of the title of an article or an annex
LONGEST_NAME = 120  # characters of a heading used as a pinpoint


class CitationForm(Enum):
    """How the points of a provision are written after its name, by example."""

    JOINED = "Article 5(1)(a)"
    SPACED = "para. 6 (e) (ii)"
    POINT = "Annex III, point 4(a)"
    RECITAL = "Recital 27"
    CLAUSE = "VIII(d)"
    NAMED = "Scope of the study"


@dataclass(frozen=True, slots=True)
class Provision:
    """A unit that text is cited by. `form`: how its points are written after `name`.

    `numbers_paragraphs`: whether it numbers its own paragraphs, as an article does, or the whole text numbers them.
    """

    form: CitationForm
    name: str = ""
    numbers_paragraphs: bool = False

    def cite(self, labels: Sequence[str]) -> str | None:
        """The pinpoint of a point, from its labels, outermost list first.

        >>> Provision(CitationForm.JOINED, "Article 5").cite(["1", "a"])
        'Article 5(1)(a)'
        >>> Provision(CitationForm.SPACED).cite(["6", "e", "ii"])
        'para. 6 (e) (ii)'
        >>> Provision(CitationForm.SPACED, "Annex II").cite(["3"])
        'Annex II, para. 3'
        >>> Provision(CitationForm.POINT, "Annex III").cite(["4", "a"])
        'Annex III, point 4(a)'
        """
        if not labels or self.form is CitationForm.NAMED:
            return self.name or None
        first, *rest = labels
        if self.form is CitationForm.JOINED:
            return self.name + "".join(f"({label})" for label in labels)
        if self.form in {CitationForm.RECITAL, CitationForm.CLAUSE}:
            first = f"Recital {first}" if self.form is CitationForm.RECITAL else first
            return first + "".join(f"({label})" for label in rest)
        separator, first = (" ", f"para. {first}") if self.form is CitationForm.SPACED else ("", f"point {first}")
        return ", ".join(filter(None, [self.name, first])) + "".join(f"{separator}({label})" for label in rest)


ARTICLE = re.compile(
    rf"(?:(?P<word>(?:{titles_of('article')})(?=\s)|§)\s*"
    r"(?P<number>\d+(?:\.\d+)*[a-z]?(?:-\d{1,2}(?!\d))?[°º]?"
    r"(?:[- ](?:bis|ter|quater|quinquies|sexies|septies|octies)\b)?|[IVXLC]+|premier|único)(?:\b|(?<=[°º]))"
    r"|(?P<whole>第[一二三四五六七八九十百零〇\d]+[条條]))(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
ANNEX = re.compile(
    rf"(?:the\s+)?(?:(?P<ordinal>{'|'.join(number_words().ordinal_ones[1:])})\s+)?(?P<word>{titles_of('annex')})\b"
    r"(?:\s+[“\"]?(?P<number>\d+[a-z]?|[IVXLC]+|[A-Z])\b[”\"]?)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
ANNEX_SECTION = re.compile(r"(section|part)\s+([A-Z]|\d+|[IVXLC]+)\b(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
# `3. (1)`, `3.—(1)`, `4A.`: how acts of the Commonwealth open a section, perhaps with its first subsection.
SECTION_OF_ACT = re.compile(
    r"(?P<number>\d{1,4}[A-Z]{0,3})\.\s*(?:[—–-]\s*)?(?P<subsection>\(\d{1,3}[A-Z]?\)\s*)?(?=[^\s\d])"
)
SECTION_OF_ORDER = re.compile(r"(?:sec\.|section)\s+(\d+(?:\.\d+)*)\.\s", re.IGNORECASE)
DOTTED_SECTION = re.compile(r"(\d+(?:\.\d+)+)\.?\s+\S")
LABELLED = re.compile(
    r"(?P<word>principle|recommendation|rule|guideline|standard|goal|target|objective|commitment|action|pillar|clause"
    r"|finding|requirement|key area|priority area)\s+(?P<number>\d+(?:\.\d+)*[a-z]?|[IVXLC]+)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
CODED = re.compile(r"([A-Z]{2,12}(?:[-.][A-Z]{1,6})? \d+(?:\.\d+)*):")
NUMBERED_HEADING = re.compile(
    r"(?:section\s+|§\s*)?(\d{1,2}(?:\.\d{1,2})*|[IVXLC]+(?=[.):])|[A-Z](?=[.)]))[.):]?(?:\s+\S|$)", re.IGNORECASE
)
TABLE = re.compile(
    r"(table|figure|fig\.|box|chart|таблиця|рис\.)\s*(\d+(?:\.\d+)*|[IVX]+|[A-Z]\.\d+)\s*[.:–—|-]", re.IGNORECASE
)
RUN_IN_TITLE = re.compile(rf"({titles_of('abstract')})\s*[.:–—]\s", re.IGNORECASE)
OPENS_TEXT = re.compile(r"\s*[.:–—](?:[-–—]\s*|\s+)[(A-ZÀ-ŽА-ЯІЇЄҐ]")  # behind the number of an article
CHAPTER = re.compile(rf"(?:{alternatives(title_words('chapter'))})\s+(?:\d{{1,3}}|[IVXLC]+)\b", re.IGNORECASE)
NAMED_PROVISION = re.compile(rf"(?:{titles_of('named_provision')})(?=[.:\s]|$)", re.IGNORECASE)
RECITAL_OF_ACT = re.compile(rf"(?:{titles_of('recital')})\b[,:]?\s+\S", re.IGNORECASE)
CAPTION = re.compile(rf"({titles_of('caption').upper()}):\s")  # in capitals only


def is_standalone_title(part: Part, rest: str) -> bool:
    """Whether a part that opens like a title is one: a heading, or a short line that is not a running sentence.

    `rest`: the text after the number.
    """
    if part.kind is BlockKind.HEADING:
        return True
    closes = re.match(r"\s*(?:$|[.:–—-])", rest) is not None or rest[:1] == "\n"
    return closes and len(part.text.split()) <= LONGEST_TITLE and not part.text.rstrip().endswith((",", ";"))


def article_of(part: Part) -> str | None:
    """`Article 5` if a part is the title of an article, or begins with it on the same line.

    >>> article_of(Part(BlockKind.HEADING, "ARTICLE 5 – Scope"))
    'Article 5'
    >>> article_of(Part(BlockKind.PARAGRAPH, "Article 5 of it applies."))
    """
    found = ARTICLE.match(part.text)
    if found and found["whole"] and re.match(r"\s|$", found["rest"]):
        return f"Article {chinese_number(found['whole'][1:-1])}"
    if not found or not (
        is_standalone_title(part, found["rest"]) or OPENS_TEXT.match(found["rest"]) or is_title_of_code(part, found)
    ):
        return None
    word = found["word"].capitalize() if found["word"].lower() != "art." else "Article"
    return f"{word} {found['number'].replace('°', '').replace('º', '')}"


def is_title_of_code(part: Part, found: re.Match[str]) -> bool:
    """Whether a short line is the title of a section of a code, `§ 1417.12 Notice of closures.`, and no sentence.

    >>> lines = ("§ 12.4 Notice of closures.", "§ 12.4 Absatz 2 gilt.", "§ 12.4 applies.")
    >>> [article_of(Part(BlockKind.PARAGRAPH, line)) for line in lines]
    ['§ 12.4', None, None]
    """
    title = found["rest"].strip()
    is_short = part.text.startswith("§") and 0 < len(title.split()) <= LONGEST_TITLE
    return is_short and title[:1].isupper() and not starts_with_reference().match(title)


def named_provision_of(part: Part) -> str | None:
    """`Disposición adicional primera` and the like if a part is the title of a provision that has no number.

    >>> named_provision_of(Part(BlockKind.HEADING, "Disposición final única. Entrada en vigor."))
    'Disposición final única'
    """
    found = NAMED_PROVISION.match(part.text)
    is_short = len(part.text.split()) <= LONGEST_TITLE
    return found[0].capitalize() if found and is_short else None


def chapter_of(part: Part) -> str | None:
    """`Розділ II` if a part is the title of a chapter that is not marked as a heading.

    >>> [chapter_of(Part(BlockKind.PARAGRAPH, text)) for text in ("Розділ II\\nОХОРОНА", "Part 2 applies.")]
    ['Розділ II', None]
    """
    found = CHAPTER.match(part.text)
    rest = part.text[found.end() :] if found else ""
    is_title = part.kind is not BlockKind.HEADING and (rest.strip() == "" or rest[:1] == "\n" or rest.isupper())
    return found[0] if found and is_title and len(part.text.split()) <= LONGEST_TITLE else None


def annex_of(part: Part) -> str | None:
    """`Annex III` if a part is the title of an annex, `Annex` if that has no number.

    >>> annex_of(Part(BlockKind.HEADING, "ANNEX III")), annex_of(Part(BlockKind.PARAGRAPH, "Annexes are part of it."))
    ('Annex III', None)
    >>> annex_of(Part(BlockKind.PARAGRAPH, "SECOND SCHEDULE")), annex_of(Part(BlockKind.HEADING, "Anlage 2 Mengen"))
    ('Second Schedule', 'Anlage 2')
    """
    found = ANNEX.match(part.text)
    if not found or not is_standalone_title(part, found["rest"]) or re.match(r"\w", found["rest"]):
        return None
    ordinal, number = (found["ordinal"] or "").capitalize(), found["number"]
    return " ".join(filter(None, [ordinal, found["word"].capitalize(), number]))


def annex_section_of(part: Part) -> str | None:
    """`Section A` if a part is the title of a section of an annex."""
    found = ANNEX_SECTION.match(part.text)
    if not found or not is_standalone_title(part, found["rest"]):
        return None
    return f"{found[1].capitalize()} {found[2]}"


def label_of(part: Part) -> str | None:
    """`Principle 1.2`, `GOVERN 1.1` and the like if a part opens with such a label.

    >>> label_of(Part(BlockKind.HEADING, "Principle 3: Fairness"))
    'Principle 3'
    >>> label_of(Part(BlockKind.PARAGRAPH, "GOVERN 1.1: Rules are kept."))
    'GOVERN 1.1'
    """
    if coded := CODED.match(part.text):
        return coded[1]
    found = LABELLED.match(part.text)
    if found and (part.kind is BlockKind.HEADING or re.match(r"\s*[.:–—]", found["rest"])):
        return f"{found['word'].capitalize()} {found['number']}"
    return None


def table_of(part: Part) -> str | None:
    """`Table 1` if a part opens with the caption of a table or figure.

    >>> table_of(Part(BlockKind.PARAGRAPH, "Table 2. Cases by year"))
    'Table 2'
    """
    found = TABLE.match(part.text)
    return f"{found[1].capitalize().replace('Fig.', 'Figure')} {found[2]}" if found else None


def heading_name(heading: str) -> str:
    """A heading as a pinpoint: on one line, shortened, without footnote markers; of a numbered chapter its number.

    >>> heading_name("Scope of the\\nstudy[2]"), heading_name("Capítulo 5 La ciberseguridad")
    ('Scope of the study', 'Capítulo 5')
    """
    if chapter := CHAPTER.match(heading):
        return " ".join(chapter[0].split())
    words = re.sub(r"\[\d{1,3}\]", "", " ".join(heading.split()))
    return words if len(words) <= LONGEST_NAME else words[:LONGEST_NAME].rsplit(" ", 1)[0] + " …"


def behind_number(text: str) -> str:
    """What follows the number of an article on its line.

    >>> behind_number("§ 3. (1) Der Weg ist frei."), behind_number("Article 5")
    ('(1) Der Weg ist frei.', '')
    """
    found = ARTICLE.match(text)
    return (found["rest"] or "").lstrip(" .:–—-") if found else ""


def is_number_alone(text: str) -> bool:
    """Whether a text is the number of a provision and nothing else, so that its title may follow.

    >>> is_number_alone("Article 44"), is_number_alone("Article 44 Transfers are lawful.")
    (True, False)
    """
    return len(text.split()) <= 2  # noqa: PLR2004  word and number
