"""The answer type of a question, and whether a text contains an answer of that type."""

import re

from pincite.answer.language.masking import mask_references
from pincite.ingest.data.months import month_names
from pincite.ingest.data.number_words import number_words

MONTH = "|".join((*month_names("en"), *month_names("uk")))
NUMBER_WORDS = "|".join((*number_words().ones[1:], *number_words().tens))
SMALL_NUMBERS = "|".join(number_words().ones[2:13])  # two to twelve
# Patterns of sentences that contain an answer, by answer type.
ANSWER_PATTERNS = {
    "date": re.compile(
        rf"\b(?:1\d|20)\d\ds?\b|\bcentur(?:y|ies)\b|\b\d{{1,2}} (?:{MONTH})\b|\b(?:{MONTH}) \d{{1,2}}\b"
        r"|\b\d{1,2}\.\d{1,2}\.\d\d"
        rf"|\b(?:\d+|{NUMBER_WORDS}) (?:\w+ )?(?:hours?|days?|weeks?|months?|years?|днів|місяц\w+|рок\w+)\b",
        re.IGNORECASE,
    ),
    "duration": re.compile(
        rf"\b(?:\d+|{NUMBER_WORDS}|an?)[ -](?:\w+ ){{0,2}}?(?:hours?|days?|weeks?|months?|years?)\b"
        rf"|\b(?:годин|днів|дні|тижн\w+|місяц\w+|рок\w+)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(
        rf"(?<![\w.(/])\d[\d,. ]*(?![\w()/])|%"
        rf"|\b(?:{NUMBER_WORDS}|tens of|dozens of|hundreds?|thousands?|millions?|billions?|half|quarter|per ?cent)\b",
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
# Patterns of questions by answer type; the match nearest to the beginning of the question decides.
QUESTION_PATTERNS = {
    "definition": r"\bmean(?:s|t)? by\b|\bwhat (?:do|does) .{1,60} mean\b|\bdefin\w+|\bwhat makes\b"
    r"|(?:\bwhen (?:is|are|do|does) (?:\w+ ){0,9})?\b(?:treat|count|file|regard|qualif|classif)\w* (?:\w+ ){0,6}"
    r"(?:as|under)\b|\bwhat does it take\b"
    r"|^what (?:is|are) (?:an? )?[^?]{1,30}\?$|^what (?:is|are) an? |\bщо (?:таке|розуміють)|\bвизначення\b",
    "money": r"\bhow much (?:\w+ )?(?:money|revenue|funding|(?:does|did|would|will) .{1,60} cost)\b|\bwhat fines?\b"
    r"|\bhow much (?:\w+ ){1,8}(?:paid|pay|spen[dt]|earn|receive)\b|\bhow many (?:dollars|euros|pounds)\b|\bprice\b"
    r"|\bwhat (?:is|are|was|were) (?:\w+ ){0,3}(?:budget|fee|salary|fine)s?\b|\bwhat (?:\w+ )?budget\b(?! \w+ \w)"
    r"|\bкоштув\w+|\bштраф\w*",
    "duration": r"\bhow (?:many (?:hours|days|weeks|months|years)\b(?! of)|long\b|soon\b)",
    "share": r"\bwhat (?:share|percentage|proportion|fraction)\b",
    "number": r"\bhow (?:many|much|large|big|often|fast|high|late)\b|\bскільки\b|\bсколько\b"
    r"|\bwhat (?:number|sum|size|ceilings?)\b",
    "date": r"(?:^|[,;:.?] |\b(?:and|or|out|say|state|me|us|know|exactly|show|explain) )"
    r"when\b(?! (?:may|can|must|should|shall|an?)\b)|\bdeadline\b|\bколи\b|\bякого року\b"
    r"|\b(?:by|until|till|since|from) when\b|\b(?:what|which) (?:date|day|year|month|time)\b|\bкогда\b",
    "person or body": r"\bwho(?:m|se)?\b|\bхто\b|\bкого\b|\bкто\b|\bwhich (?:\w+ )?(?:authors?|scholars?|officials?"
    r"|body|bodies|committee|countr\w+|states?|governments?|ministr\w+|executive|council|organi[sz]ation)\b",
    "list": r"\b(?:list|enumerate|name (?:every|all|the))\b|\binto which\b|\bwhat are the\b|\bякі\b"
    rf"|\b(?:which|what) (?:\w+ )?(?:{SMALL_NUMBERS})\b",
    "procedure": r"\bhow (?:do|does|can|is|are|should|must|may)\b|\bwhat steps\b|\bprocedure\b|\bwalk me through\b"
    r"|\bwhat must\b|\bщо треба\b|\bяк\b",
    "yes/no": r"^(?:is|are|was|were|do|does|did|can|could|may|must|has|have|will|would|should|чи)\b",
}
# `When it met in Kigali, which …`: a circumstance, not part of what is asked.
CIRCUMSTANCE = re.compile(
    r"^(?:when|where|while) (?!(?:do|does|did|is|are|was|were|has|have|had|will|shall|may|must|can|should|would)\b)"
    r"[^,?]{8,}, (?=(?:which|what|who|whom|how|when|where)\b)",
    re.IGNORECASE,
)
OWN_NUMBER = re.compile(r"^\W*\d{1,3}(?:\.\d{1,3})*[.)]\s")  # of the paragraph that a text begins with
ASKED_ALONE = ("date", "duration", "number", "share", "person or body")  # `When?`: no question without a topic
VALUE_TYPES = ("date", "duration", "money", "number", "share")  # whose answers have a recognisable form
# `When is a permit withdrawn?` may be answered by a condition; these only by a date.
ONLY_A_DATE = re.compile(
    r"\b(?:what|which) (?:date|day|year|month)\b|\b(?:by|until|till|since|from) when\b|\bdeadline\b"
    r"|\bwhen (?:did|was|were|will|had)\b|\bякого року\b",
    re.IGNORECASE,
)
WHOLE_LISTS = ("list", "procedure")  # answer types that a single list item does not answer
ASKS_SEVERAL = re.compile(
    rf"\b(?:which|what|the|name|into|for|by|give) (?:\w+ )?(?:{SMALL_NUMBERS})\b"
    r"|\b(?:conditions|steps|stages|elements|criteria|categories|principles|safeguards|requirements|obligations)\b"
    r"|\b(?:what|which)(?: \w+){0,3} (?:features|factors|duties|measures|grounds|reasons|purposes|aims|objectives"
    r"|goals|types|kinds|sorts|ways|routes|forms|topics|areas|rights|powers|tasks|functions|exceptions|exemptions"
    r"|cases|practices|risks|issues|pillars|themes|actions|obstacles|challenges|examples|benefits|harms)\b",
    re.IGNORECASE,
)


def contains_answer(answer_type: str, text: str) -> bool:
    """Whether a text contains an answer of a type; False for types without a recognisable form.

    >>> contains_answer("date", "It opens within 18 months."), contains_answer("number", "as in paragraph 6(e)")
    (True, False)
    >>> contains_answer("yes/no", "Yes.")
    False
    """
    form = ANSWER_PATTERNS.get(answer_type)
    return form is not None and form.search(text) is not None


def contains_value(answer_type: str, text: str) -> bool:
    """The same, where numbers of paragraphs and of provisions are no values.

    >>> contains_value("number", "3. As in Article 84."), contains_value("number", "3. It has 27 members.")
    (False, True)
    """
    counted = mask_references(OWN_NUMBER.sub("", text)) if answer_type == "number" else text
    return contains_answer(answer_type, counted)


def needs_value(text: str, answer_type: str) -> bool:
    """Whether only a text with a date, duration, sum, number or share answers a question.

    >>> needs_value("When was it adopted?", "date"), needs_value("When is it withdrawn?", "date")
    (True, False)
    """
    return answer_type in VALUE_TYPES and (answer_type != "date" or ONLY_A_DATE.search(text) is not None)


def asks_for_list(text: str, answer_type: str) -> bool:
    """Whether only a complete list answers a question.

    >>> asks_for_list("Which three sites were chosen?", "list"), asks_for_list("When does it open?", "date")
    (True, False)
    """
    return answer_type in WHOLE_LISTS or ASKS_SEVERAL.search(text) is not None


def without_value_asked(text: str) -> str:
    """A question without the words that ask for a date, a number or a person.

    >>> without_value_asked("In which year?"), without_value_asked("Who pays?")
    ('In  ?', '  pays?')
    """
    return re.sub("|".join(QUESTION_PATTERNS[kind] for kind in ASKED_ALONE), " ", text, flags=re.IGNORECASE)


def answer_type_of(text: str) -> str:
    """The answer type of a question: a key of QUESTION_PATTERNS, or `other`.

    >>> [answer_type_of(text) for text in ("When was it adopted?", "Is it binding?", "Which three sites?")]
    ['date', 'yes/no', 'list']
    """
    main = CIRCUMSTANCE.sub("", text)
    found = (
        (match.start(), order, answer_type)
        for order, (answer_type, pattern) in enumerate(QUESTION_PATTERNS.items())
        if (match := re.search(pattern, main, re.IGNORECASE))
    )
    return min(found, default=(0, 0, "other"))[2]
