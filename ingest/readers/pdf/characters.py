"""Characters of the text layer of a PDF, through PDFium: their positions, sizes and weights."""

import ctypes
import math
import re
from typing import Any

import pypdfium2.raw as pdfium

BOLD_WEIGHT = 600
BOLD_NAMES = ("bold", "black", "heavy")
NAME_LENGTH = 128
REPLACEMENT = 0xFFFD
SLANT = math.radians(10)  # least angle to both edges of the page of a slanted text
PALE = 140  # of 255: least share of each of red, green and blue of a pale text
FAINT = 0.5  # of full opacity, at most, of a pale text
NONCHARACTER = re.compile("[\0\ufffe\uffff]")

Box = tuple[float, float, float, float]


def page_characters(text_page: Any) -> str:
    """All characters of a page by index (UTF-16 units), unreadable ones as the replacement character.

    Read at once, thirteen times as fast as one by one; those that come out as noncharacters are read again singly.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    units = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text_page, 0, count, units) != count + 1:
        return "".join(character_at(text_page, index) for index in range(count))
    characters = "".join(map(chr, units[:count]))
    return NONCHARACTER.sub(lambda found: character_at(text_page, found.start()), characters)


def character_at(text_page: Any, index: int) -> str:
    """A character by its index."""
    return chr(pdfium.FPDFText_GetUnicode(text_page, index) or REPLACEMENT)


def font_size(text_page: Any, index: int) -> float:
    """Printed size of a character in points: many programs write size 1 and scale it by the text matrix."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
    size = pdfium.FPDFText_GetFontSize(text_page, index)
    return float(size) * (math.hypot(matrix.c, matrix.d) or 1.0)


def is_bold(text_page: Any, index: int) -> bool:
    """Whether a character is bold, by the weight of its font or, if the file states none, by the font's name."""
    weight = pdfium.FPDFText_GetFontWeight(text_page, index)
    if weight > 0:
        return bool(weight >= BOLD_WEIGHT)
    name = ctypes.create_string_buffer(NAME_LENGTH)
    pdfium.FPDFText_GetFontInfo(text_page, index, name, NAME_LENGTH, ctypes.byref(ctypes.c_int()))
    return any(word in name.value.decode("utf-8", errors="replace").lower() for word in BOLD_NAMES)


def is_slanted(text_page: Any, index: int) -> bool:
    """Whether a character is written across the page: parallel to none of its edges."""
    angle = max(pdfium.FPDFText_GetCharAngle(text_page, index), 0.0) % (math.pi / 2)
    return bool(SLANT < angle < math.pi / 2 - SLANT)


def is_pale(text_page: Any, index: int) -> bool:
    """Whether a character is filled with a light or a translucent colour."""
    shares = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFText_GetFillColor(text_page, index, *map(ctypes.byref, shares)):
        return False
    *colours, opacity = (share.value for share in shares)
    return min(colours) >= PALE or opacity <= FAINT * 255


def is_generated(text_page: Any, index: int) -> bool:
    """Whether PDFium generated a character that the file does not contain, such as a space."""
    return bool(pdfium.FPDFText_IsGenerated(text_page, index) == 1)


def origin_height(text_page: Any, index: int) -> float:
    """Height of the baseline of a character on the page in points."""
    left, height = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, index, ctypes.byref(left), ctypes.byref(height))
    return height.value


def char_box(text_page: Any, index: int) -> Box:
    """Left, bottom, right, top of a character in points, including the space above and below its ink."""
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(rectangle))
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
