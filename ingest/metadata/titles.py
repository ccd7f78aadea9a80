"""What a document is called: its own title among mastheads, contents and running heads."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from rapidfuzz import fuzz

from pincite.ingest.data.body_names import body_of, general_body
from pincite.ingest.data.document_types import document_nouns
from pincite.ingest.data.naming import any_naming
from pincite.ingest.document import BlockKind
from pincite.ingest.metadata.head_lines import HEAD_PARTS, FoundValue, TextLine, found_in, is_row, joined
from pincite.ingest.metadata.title_lines import (
    FOOTNOTE_MARK,
    NUMBERED_SENTENCE,
    UNFINISHED,
    are_parallel,
    goes_on,
    has_words,
    is_sentence,
    may_name,
    without_notes,
)

REACH = 3  # lines between which a title that is cut goes on
LENGTH = 400
WORDS = 25
MOST_WORDS = 80  # of a title that goes on over several lines
ACT_LINES = 15
PROPERTY_LINES = 40  # in which the title that a file's properties state must be found
AGREEMENT = 95  # percent, of a file property with the text
MIN_HEADING_WORDS = 3  # words that a heading must have to overrule the title of a web page
NUMBERED = re.compile(r"\d+/\d+\.\s+(.+)", re.DOTALL)  # of a UN resolution
COUNCIL = re.compile(r"Resolution \d+ \(\d{4}\)")  # all the title that a resolution of the Security Council has
DECISION = re.compile(
    r"(?:Draft )?Decision (?:-/)?[\dIVXL]+/[A-Z]{2,4}[./]?\d*", re.IGNORECASE
)  # of a conference of parties
DRAFT = re.compile(r"[^.]*\bdraft (?:resolution|decision)", re.IGNORECASE)
SUBJECT = re.compile(r"^\W*(?:subject|re): *(\S.*)$", re.IGNORECASE)  # of a memorandum
SUBJECT_LINES = 40
ACT_SOURCE = "title of the act"
BILL = re.compile(r"(?:a bill|an act|an ordinance|a law)\b", re.IGNORECASE)  # how the long title of an act begins
NO_TITLE = frozenset({BlockKind.FRONT_MATTER, BlockKind.BOILERPLATE, BlockKind.FOOTNOTE, BlockKind.REFERENCE})
MARKDOWN = frozenset({".md", ".markdown"})  # whose properties are front matter
SITE = re.compile(r" [|\-–—·»:] | [|·»] ?")
# What a program writes into a file's properties when nobody gives it a title.
DEFAULT = re.compile(
    r"microsoft (?:word|powerpoint) - .*|untitled.*|(?:new )?(?:document|presentation|layout|slide|title|print)"
    r" ?\d*|brochure|(?:word|powerpoint) (?:document|presentation)"
    r"|.*\.(?:docx?|pdf|indd|pptx?|qxd|odt|rtf|tex|html?|fm)"
    r"|\S*\d\S*|.*\bEUR-Lex",
    re.IGNORECASE,
)


def find_title(
    lines: Sequence[TextLine], stated: str | None, path: str, cited: FoundValue | None
) -> tuple[FoundValue, list[FoundValue]]:
    """A document's title with where it was found, and the same title in further languages.

    `stated` is the title in front matter or file properties, `cited` the name by which an act says that it is cited.
    """
    head = [line for line in lines if line.part < HEAD_PARTS and line.kind not in NO_TITLE and not is_row(line)]
    has_front_matter = any(line.kind is BlockKind.FRONT_MATTER for line in lines[:3])
    if (
        stated
        and (has_front_matter or PurePosixPath(path).suffix.lower() in MARKDOWN)
        and not DEFAULT.fullmatch(stated)
    ):
        return FoundValue(stated, "front matter"), []
    if own := own_title(head, lines):
        return own, []
    page, others = title_page(head)
    agreed = agreeing_property(stated, head, page)
    best = agreed or page
    if cited and replaces(cited, best):
        return cited, others
    unverified = FoundValue(stated, "file property") if stated and usable_property(stated) and not page else None
    found = best or unverified or cited or first_words(head) or FoundValue(name_of_file(path), "file name")
    return found, others


def replaces(cited: FoundValue, found: FoundValue | None) -> bool:
    """Whether the name by which an act is cited is better than a title: the same in better letters, or all there is."""
    if found is None or BILL.match(found.value):
        return True
    words = [
        {word for word in folded(value).split() if len(word) >= MIN_HEADING_WORDS}
        for value in (found.value, cited.value)
    ]
    if not words[0] & words[1]:
        return True
    same = folded(found.value).removeprefix("the ") == folded(cited.value)
    return (same and found.value.isupper()) or is_sentence(found.value)


def own_title(head: Sequence[TextLine], lines: Sequence[TextLine]) -> FoundValue | None:
    """The title of a resolution, a decision, a draft, a memorandum or an act, each at its own place."""
    headings = [
        line for line in head if line.kind is BlockKind.HEADING and has_words(line.text) and may_name(line.text)
    ]
    return (
        numbered_title(headings)
        or drafted_title(head)
        or reported_title(head)
        or subject_of(head)
        or decided_titles(lines)
        or act_title(head)
    )


def numbered_title(headings: Sequence[TextLine]) -> FoundValue | None:
    """The title behind a resolution's number, or the number when it is all the title there is.

    >>> numbered_title([TextLine("Resolution 2686 (2023)", BlockKind.HEADING, 1, 1, 0, 0)]).value
    'Resolution 2686 (2023)'
    """
    for line in headings[:9]:
        if match := NUMBERED.fullmatch(line.text):
            return found_in(line, "numbered title", FOOTNOTE_MARK.sub("", match[1]))
        if COUNCIL.fullmatch(line.text.strip()):
            return found_in(line, "numbered title")
    return None


def drafted_title(head: Sequence[TextLine]) -> FoundValue | None:
    """The line behind the sponsors of a draft, which is its title."""
    for line, following in pairwise(head[:20]):
        if ":" in line.text and DRAFT.fullmatch(line.text.rstrip(" ,")) and following.words <= 2 * WORDS:
            return found_in(following, "line behind the sponsors")
    return None


def reported_title(head: Sequence[TextLine]) -> FoundValue | None:
    """The line above the one that says by whom a report is: `Report of the Secretary-General`."""
    reporters = any_naming("reporters")
    for line, following in pairwise(head[:20]):
        is_name = line.words <= WORDS and may_name(line.text) and not is_sentence(line.text)
        if is_name and reporters.fullmatch(following.text):
            return found_in(line, "line above the author of the report", without_notes(line.text))
    return None


def subject_of(head: Sequence[TextLine]) -> FoundValue | None:
    """The subject of a memorandum."""
    if not any(re.search(r"\bmemorandum\b", line.text[:LENGTH], re.IGNORECASE) for line in head[:SUBJECT_LINES]):
        return None
    subjects = ((line, SUBJECT.search(line.text)) for line in head[:SUBJECT_LINES])
    return next((found_in(line, "subject line", match[1]) for line, match in subjects if match), None)


def decided_titles(lines: Sequence[TextLine]) -> FoundValue | None:
    """The title behind the number of a conference's decision; of a file with several, all their titles."""
    titles = [
        following
        for line, following in pairwise(lines)
        if DECISION.fullmatch(line.text) and line.kind is not BlockKind.BOILERPLATE and following.words <= 2 * WORDS
    ]
    unique = {line.text: line for line in reversed(titles) if not DECISION.match(line.text)}
    if not unique:
        return None
    return found_in(titles[0], "title of a decision", shortened("; ".join(reversed(unique))))


def act_title(head: Sequence[TextLine]) -> FoundValue | None:
    """The title of an act that begins with its kind and number, behind what belongs to its gazette."""
    openings = any_naming("act_openings")
    named = [line for line in head if line.kind is not BlockKind.ITEM]
    for number, line in enumerate(named[:ACT_LINES]):
        is_whole = line.words <= MOST_WORDS and not line.text.endswith(("…", ";"))
        if is_whole and openings.match(line.text) and may_name(line.text):
            return run_from(named, number, ACT_SOURCE)[0]
        if is_sentence(line.text) and NUMBERED_SENTENCE.match(line.text):
            return None
    return None


def title_page(head: Sequence[TextLine]) -> tuple[FoundValue | None, list[FoundValue]]:
    """The first heading of level 1 that may be a title, else the first such line, with the lines it goes on in."""
    before_text = head[: next((n for n, line in enumerate(head) if is_provision(line)), len(head))]
    for strict in (True, False):
        named = [line for line in before_text if line.kind is not BlockKind.ITEM and may_name(line.text, strict=strict)]
        first = first_name(named)
        if first:
            return run_from(head, head.index(first), "title page")
    later = [line for line in head if line.kind is BlockKind.HEADING and line.level == 1 and may_name(line.text)]
    return run_from(head, head.index(later[0]), "heading") if later and not is_sentence(later[0].text) else (None, [])


def is_provision(line: TextLine) -> bool:
    """Whether a line is a numbered provision, with which the text has begun."""
    return NUMBERED_SENTENCE.match(line.text) is not None and is_sentence(line.text)


def first_name(named: Sequence[TextLine]) -> TextLine | None:
    """The line with which the title begins, among those that may be one."""
    headings = [line for line in named if line.kind is BlockKind.HEADING and not is_sentence(line.text)]
    if headings and min(line.level for line in headings[:9]) == 1:
        return next(line for line in headings if line.level == 1)
    short = [line for line in named if not is_sentence(line.text) and line.words <= WORDS]
    if not short:
        return None
    is_first = named[0] is short[0] or named[0].kind is not BlockKind.PARAGRAPH
    return short[0] if is_first or not headings else headings[0]


def run_from(head: Sequence[TextLine], number: int, source: str) -> tuple[FoundValue, list[FoundValue]]:
    """The title that begins in a line, with the lines it goes on in, and the same title in other languages below it."""
    first = last = head[number]
    texts, others = [first.text], list[FoundValue]()
    for place, line in enumerate(head[number + 1 :], number + 1):
        is_act = source == ACT_SOURCE and any_naming("continuations").match(line.text) is not None
        if not (belongs(line, first) or is_act) or sum(len(text.split()) for text in texts) + line.words > MOST_WORDS:
            break
        same_look = line.kind is first.kind is BlockKind.HEADING and line.level == first.level == 1
        if (
            goes_on(last.text, line.text, same_look=same_look)
            and not may_name(line.text)
            and UNFINISHED.search(last.text)
        ):
            following = [
                other for other in head[place : place + REACH] if other.level == first.level and may_name(other.text)
            ]
            texts += [other.text for other in following[:1]]
            last = following[0] if following else last
            break
        if not may_name(line.text) or not goes_on(last.text, line.text, same_look=same_look or is_act):
            if may_name(line.text) and len(texts) == 1 and are_parallel(first.text, line.text) and line.words <= WORDS:
                others.append(found_in(line, "title in another language"))
            break
        texts.append(line.text)
        last = line
    title = generic_with_body(head, number, without_notes(joined(" ".join(texts))))
    return found_in(first, source, shortened(title), last), others


def belongs(line: TextLine, first: TextLine) -> bool:
    """Whether a line can go on with a title: it is on the same page and no item, note or sentence of the text."""
    return (
        line.page == first.page
        and line.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH}
        and (not is_sentence(line.text) or line.text[:1].islower())
    )


def generic_with_body(head: Sequence[TextLine], number: int, title: str) -> str:
    """A title such as `Constitution` or `Annual Report` behind the body that stands above it."""
    words = re.findall(r"[^\W\d_][\w-]*", title.casefold())
    above = head[number - 1].text if number else ""
    generic = any_naming("generic_titles")
    is_generic = all(word in document_nouns() or generic.fullmatch(word) for word in words)
    if words and is_generic and above and (body_of(above) or general_body(above)):
        return f"{above} {title.capitalize() if title.isupper() and not above.isupper() else title}"
    return title


def usable_property(title: str) -> bool:
    """Whether a title in a file's properties was given by a person and names the document."""
    return not DEFAULT.fullmatch(title) and may_name(title)


def agreeing_property(stated: str | None, head: Sequence[TextLine], page: FoundValue | None) -> FoundValue | None:
    """The title in a file's properties where the text has it, too; that of the title page where it says more.

    >>> head = [TextLine("A plan for lakes", BlockKind.HEADING, 1, None, 0, 0)]
    >>> agreeing_property("A plan for lakes | Ministry", head, None).value
    'A plan for lakes'
    >>> agreeing_property("A plan for lakes Master V1.3", head, None)
    """
    if not stated or DEFAULT.fullmatch(stated):
        return None
    text = folded(" ".join(line.text for line in head[:PROPERTY_LINES]))
    for piece in property_pieces(stated):
        bare = without_notes(piece)
        alike = len(folded(bare)) <= len(text) and fuzz.partial_ratio(folded(bare), text) >= AGREEMENT
        if not may_name(bare) or not (f" {folded(bare)} " in f" {text} " or alike):
            continue
        if page and (folded(bare) in folded(page.value) or folded(page.value) in folded(bare)):
            return (
                page
                if len(page.value) >= len(bare) or len(page.value.split()) >= MIN_HEADING_WORDS
                else FoundValue(bare, "file property")
            )
        place = next((line for line in head if folded(bare) in folded(line.text)), None)
        return FoundValue(bare, "file property", *((place.start, place.start + len(place.text)) if place else ()))
    return None


def property_pieces(stated: str) -> Iterator[str]:
    """A stated title, then without the name of its site."""
    yield stated
    pieces = [piece.strip() for piece in SITE.split(stated) if len(piece.split()) >= MIN_HEADING_WORDS]
    yield from sorted(pieces, key=len, reverse=True) if len(pieces) > 1 or (pieces and pieces[0] != stated) else ()


def first_words(head: Sequence[TextLine]) -> FoundValue | None:
    """The first words of a text that has no title, if they are no numbered provision."""
    first = next((line for line in head if has_words(line.text)), None)
    if first is None or is_provision(first):
        return None
    words = first.text.split()
    return found_in(first, "first words", " ".join(words[:WORDS]) + ("…" if len(words) > WORDS else ""))


def name_of_file(path: str) -> str:
    """A file's name as a title, without its ending.

    >>> name_of_file("a/port_rules-2024.pdf"), name_of_file("b/left over.txt")
    ('port rules-2024', 'left over')
    """
    stem = PurePosixPath(path).stem
    return stem.replace("_", " ").strip() or stem


def folded(text: str) -> str:
    """The words of a text in lower case, for comparison."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def shortened(title: str) -> str:
    """A title of at most 400 characters, cut between words.

    >>> len(shortened("word " * 100)) <= LENGTH
    True
    """
    return title if len(title) <= LENGTH else title[: LENGTH - 1].rsplit(" ", 1)[0] + "…"


def without_symbol(title: str, symbol: str | None) -> str:
    """A title without the document's symbol in front.

    >>> without_symbol("CETS 225 - Framework Convention", "CETS 225"), without_symbol("NIST AI 100-1", "NIST AI 100-1")
    ('Framework Convention', 'NIST AI 100-1')
    """
    return (
        re.sub(rf"^{re.escape(symbol)}(?:\s*[-–—:.,|]\s*| of \w+ \d{{1,2}}, \d{{4}} )(?=[^\Wa-zà-ÿа-яіїє])", "", title)
        if symbol
        else title
    )
