"""Writes Cyrillic names in Latin letters, so that a name asked for in one script is found in the other."""

import re

from translitua import RussianInternationalPassport1997, UkrainianKMU, translit

from pincite.answer.language.word_lists import word_lists

APOSTROPHES = re.compile("['’ʼ]")
WORD = re.compile(r"[^\W_]+(?:['’/.-][^\W_]+)*")


def transliterate(word: str, language: str) -> str:
    """A word in Latin letters: Ukrainian by the official table of 2010, Russian as in passports, without soft signs.

    >>> [transliterate(word, "uk") for word in ("Згурський", "Єнакієве", "Коломоєць", "Марʼяна")]
    ['Zghurskyi', 'Yenakiieve', 'Kolomoiets', 'Mariana']
    >>> transliterate("Щедрин", "ru"), transliterate("Татьяна", "ru")
    ('Shchedrin', 'Tatyana')
    """
    table = UkrainianKMU if language == "uk" else RussianInternationalPassport1997
    return APOSTROPHES.sub("", translit(word, table))  # the table of passports writes a soft sign as one


def transliterate_names(question: str, language: str) -> tuple[str, ...]:
    """Names, acronyms and numbers of a Ukrainian or Russian question in Latin letters; none in other languages.

    The capital of the first word of a sentence does not make it a name.

    >>> transliterate_names("Що пише Олена Ковальчук про ШІ та A/RES/78/265 у 2024 році?", "uk")
    ('Olena', 'Kovalchuk', 'AI', 'A/RES/78/265', '2024')
    >>> transliterate_names("What is AI?", "en")
    ()
    """
    if language not in {"uk", "ru"}:
        return ()
    acronyms, found = word_lists()["cyrillic_acronyms"], []
    for match in WORD.finditer(question):
        word, begins = match[0], not re.search(r"[^.?!:\s]\s*$", question[: match.start()])
        if word in acronyms:
            found.append(acronyms[word])
        elif word.isascii():
            found.append(word)
        elif word[0].isupper() and not begins:
            found.append(transliterate(word, language))
    return tuple(dict.fromkeys(found))
