"""Whether bytes are text of a Western European language in Windows-1252, by the accented letters that it uses.

General statistics take a page of French for Czech. Knows nothing about other encodings.
"""

LANGUAGES = ("éèêëàâçîïôûùüœæ", "äöüßé", "áéíóúñü¿¡ºª", "áâãàçéêíóôõúº", "åäöæøé", "àèéìòù", "áéíóúà", "éëèïöüáó")
SIGNS = frozenset("«»“”„‘’‚–—…€°§£·\u00a0©®×½¼¾†‡•")
SHARE = 0.97  # of the letters beyond ASCII that one language knows; the others are names
SAMPLE = 200_000  # bytes


def is_western(data: bytes) -> bool:
    """Whether bytes are such a text.

    >>> is_western("protège l'été".encode("cp1252")), is_western("příští léto".encode("cp1250"))
    (True, False)
    """
    beyond = [sign for sign in data[:SAMPLE].decode("cp1252", errors="replace").lower() if sign > "\x7f"]
    letters = [sign for sign in beyond if sign not in SIGNS]
    return bool(beyond) and any(sum(map(known.__contains__, letters)) >= SHARE * len(letters) for known in LANGUAGES)
