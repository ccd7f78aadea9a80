"""Cyrillic names in Latin letters: Ukrainian by its official table of 2010, Russian by a plain one.

The table stands in Resolution 55 of the Cabinet of Ministers of Ukraine. So a name that is asked for in one script is
found in the other.
"""

import re

UKRAINIAN = dict(
    zip(
        "абвгґдежзиійклмнопрстуфхцчшщ",
        "a b v h g d e zh z y i i k l m n o p r s t u f kh ts ch sh shch".split(),
        strict=True,
    )
) | {"є": "ie", "ї": "i", "ю": "iu", "я": "ia", "ь": "", "'": "", "’": ""}
INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
RUSSIAN = UKRAINIAN | {
    "г": "g",
    "и": "i",
    "ы": "y",
    "э": "e",
    "е": "e",
    "ё": "e",
    "й": "y",
    "ъ": "",
    "ю": "yu",
    "я": "ya",
}
ACRONYMS = {
    "ШІ": "AI", "ИИ": "AI", "ООН": "UN", "ЄС": "EU", "ЕС": "EU", "США": "US", "ОЕСР": "OECD", "ОЭСР": "OECD",
    "НАТО": "NATO", "ЮНЕСКО": "UNESCO", "ВООЗ": "WHO", "СОТ": "WTO", "МВФ": "IMF", "РЄ": "CoE",
}  # fmt: skip
WORD = re.compile(r"[^\W_]+(?:['’/.-][^\W_]+)*")


def transliterate(word: str, language: str) -> str:
    """A word in Latin letters, by the table of its language, `uk` or `ru`; its case is kept.

    >>> [transliterate(word, "uk") for word in ("Згурський", "Єнакієве", "Коломоєць", "Марʼяна")]
    ['Zghurskyi', 'Yenakiieve', 'Kolomoiets', 'Mariana']
    >>> transliterate("Щедрин", "ru")
    'Shchedrin'
    """
    lower = word.casefold().replace("ʼ", "’")
    table = UKRAINIAN if language == "uk" else RUSSIAN
    lower = lower.replace("зг", "z\0") if language == "uk" else lower
    first = INITIAL.get(lower[:1]) if language == "uk" else None
    letters = [first or table.get(lower[:1], lower[:1]), *(table.get(sign, sign) for sign in lower[1:])]
    latin = "".join(letters).replace("\0", "gh")
    return latin.capitalize() if word[:1].isupper() else latin


def transliterate_names(question: str, language: str) -> tuple[str, ...]:
    """Names, acronyms and numbers of a question in Cyrillic, in Latin letters; nothing of one in Latin letters.

    The first word of a sentence is no name by its capital alone.

    >>> transliterate_names("Що пише Олена Ковальчук про ШІ та A/RES/78/265 у 2024 році?", "uk")
    ('Olena', 'Kovalchuk', 'AI', 'A/RES/78/265', '2024')
    >>> transliterate_names("What is AI?", "en")
    ()
    """
    if language not in {"uk", "ru"}:
        return ()
    found = []
    for match in WORD.finditer(question):
        word, starts_sentence = match[0], not re.search(r"[^.?!:\s]\s*$", question[: match.start()])
        if word in ACRONYMS:
            found.append(ACRONYMS[word])
        elif word.isascii():
            found.append(word)
        elif word[0].isupper() and not starts_sentence:
            found.append(transliterate(word, language))
    return tuple(dict.fromkeys(found))
