"""Whether bytes are Windows-1252 text in a Western European language, by the accented letters each language uses.

General statistics mistake a page of French for Czech.
"""

ACCENTED = ("éèêëàâçîïôûùüœæ", "äöüßé", "áéíóúñü¿¡ºª", "áâãàçéêíóôõúº", "åäöæøé", "àèéìòù", "áéíóúà", "éëèïöüáó")
SYMBOLS = frozenset("«»“”„‘’‚–—…€°§£·\u00a0©®×½¼¾†‡•")
SHARE = 0.97  # of the letters beyond ASCII belong to one language; the others occur in names
SAMPLE = 200_000  # bytes


def is_western(data: bytes) -> bool:
    """Whether bytes are Western European text in Windows-1252.

    >>> is_western("protège l'été".encode("cp1252")), is_western("příští léto".encode("cp1250"))
    (True, False)
    """
    text = data[:SAMPLE].decode("cp1252", errors="replace").lower()
    beyond_ascii = [character for character in text if character > "\x7f"]
    letters = [character for character in beyond_ascii if character not in SYMBOLS]
    if not beyond_ascii:
        return False
    return any(sum(map(alphabet.__contains__, letters)) >= SHARE * len(letters) for alphabet in ACCENTED)
