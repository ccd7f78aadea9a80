"""What kind of thing a question asks for, and which sentences have such a thing."""

import re

MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня"
)
SPELLED = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|sixty|ninety"
# By what a question wants (see pincite.answer.query.question): what a sentence that gives it holds.
GIVES = {
    "date": re.compile(
        rf"\b(?:19|20)\d\d\b|\b\d{{1,2}} (?:{MONTH})\b|\b(?:{MONTH}) \d{{1,2}}\b|\b\d{{1,2}}\.\d{{1,2}}\.\d\d"
        rf"|\b(?:\d+|{SPELLED}) (?:\w+ )?(?:hours?|days?|weeks?|months?|years?|днів|місяц\w+|рок\w+)\b",
        re.IGNORECASE,
    ),
    "duration": re.compile(
        rf"\b(?:\d+|{SPELLED}|an?)[ -](?:\w+ ){{0,2}}?(?:hours?|days?|weeks?|months?|years?)\b"
        rf"|\b(?:годин|днів|дні|тижн\w+|місяц\w+|рок\w+)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(
        rf"(?<![\w.(/])\d[\d,. ]*(?![\w()/])|%"
        rf"|\b(?:{SPELLED}|tens of|dozens of|hundreds?|thousands?|millions?|billions?|half|quarter|per ?cent)\b",
        re.IGNORECASE,
    ),
    "share": re.compile(
        r"%|\bper ?cent\b|\b(?:half|third|quarter|fifth|tenth|majority|all|none|two thirds) of\b"
        r"|\b(?:one|\d[\d,.]*) (?:in|(?:out )?of (?:the )?\d)|\bвідсотк\w+",
        re.IGNORECASE,
    ),
    "money": re.compile(
        r"[$€£]|\b(?:USD|EUR|GBP|dollars?|euros?|гривень|доларів)\b|\b\d[\d,. ]* (?:m|b)illion\b", re.IGNORECASE
    ),
    "definition": re.compile(
        r"\b(?:means?|refers? to|(?:is|are|be) (?:defined|understood|called|here|an?|those)|define[sd]?|counts? as"
        r"|denotes?|encompass(?:es)?|we (?:call|define|understand)|означає|розуміється)\b",
        re.IGNORECASE,
    ),
}
EVERYTHING = ("list", "procedure")  # what is answered by a whole list, not by one of its points
COUNTED = re.compile(
    r"\b(?:which|what|the|name|into|for|by|give) (?:\w+ )?(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b"
    r"|\b(?:conditions|steps|stages|elements|criteria|categories|principles|safeguards|requirements|obligations)\b"
    r"|\b(?:what|which)(?: \w+){0,3} (?:features|factors|duties|measures|grounds|reasons|purposes|aims|objectives"
    r"|goals|types|kinds|sorts|ways|routes|forms|topics|areas|rights|powers|tasks|functions|exceptions|exemptions"
    r"|cases|practices|risks|issues|pillars|themes|actions|obstacles|challenges|examples|benefits|harms)\b",
    re.IGNORECASE,
)


def gives(wants: str, text: str) -> bool:
    """Whether a text holds what a question wants; False for wants that no form tells.

    >>> gives("date", "It opens within 18 months."), gives("number", "as in paragraph 6(e)"), gives("yes/no", "Yes.")
    (True, False, False)
    """
    form = GIVES.get(wants)
    return form is not None and form.search(text) is not None


def wants_all(question: str, wants: str) -> bool:
    """Whether a question is answered by a list as a whole.

    >>> wants_all("Which three sites were chosen?", "list"), wants_all("When does it open?", "date")
    (True, False)
    """
    return wants in EVERYTHING or COUNTED.search(question) is not None
