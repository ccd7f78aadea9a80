"""Spaces in a printed line of a PDF: which are false, and which are so wide that a column or a cell may end there.

PDFium guesses a space wherever letters stand a little apart, also inside of words whose letters were moved (`a t`) or
set apart (`S E C T I O N`). What tells is how wide the line's other spaces are. Knows nothing about text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pincite.ingest.readers.pdf.characters import char_box, is_generated

WIDE = 0.7  # of the type size: spaces of justified lines are mostly narrower
NARROW = 0.5  # of the line's usual space: what is narrower, and only guessed, is none
WITHIN_WORDS = 0.18  # of the type size: spaces between words are wider
ONE_BETWEEN = 2  # indexes from a letter to the next but one
FEWEST_SPACES = 3  # that a line must hold for its usual space to be known
SET_APART = 4  # lone letters in a row that make a word with its letters set apart
LETTER_SPACE = 0.6  # of the type size, at most, between letters set apart
WORD_SPACE = 1.5  # of the space between letters set apart, at least, between their words


@dataclass(frozen=True, slots=True)
class Space:
    """What stands between two printed letters: their indexes, and the width in points."""

    before: int
    after: int
    width: float


def spaces_of(text_page: Any, printed: Sequence[int]) -> list[Space]:
    """Spaces between the printed letters of a line, given by their indexes."""
    return [
        Space(before, after, char_box(text_page, after)[0] - char_box(text_page, before)[2])
        for before, after in pairwise(printed)
        if after - before > 1
    ]


def is_guessed(text_page: Any, space: Space) -> bool:
    """Whether a space is PDFium's own, and one: the file holds none there."""
    return space.after - space.before == ONE_BETWEEN and is_generated(text_page, space.before + 1)


def false_spaces(text_page: Any, letters: str, spaces: Sequence[Space], size: float) -> list[int]:
    """Indexes of the spaces in a line that stand inside of a word."""
    narrow = [space for space in spaces if abs(space.width) < WITHIN_WORDS * size and parts_letters(letters, space)]
    if narrow:
        stated = [space.width for space in spaces if not is_guessed(text_page, space)]
        widest = NARROW * median(stated) if len(stated) >= FEWEST_SPACES else 0.0
        narrow = [space for space in narrow if abs(space.width) < widest and is_guessed(text_page, space)]
    for run in runs_set_apart(letters, spaces, size):
        if all(is_guessed(text_page, space) for space in run):
            narrow += inside_words(run)
    return sorted({space.before + 1 for space in narrow})


def runs_set_apart(letters: str, spaces: Sequence[Space], size: float) -> list[list[Space]]:
    """Runs of spaces between lone letters, as a word with its letters set apart has them."""
    runs: list[list[Space]] = [[]]
    for space in spaces:
        if runs[-1] and runs[-1][-1].after != space.before:
            runs.append([])
        if space.width > 0 and parts_letters(letters, space):
            runs[-1].append(space)
    return [
        run for run in runs if len(run) + 1 >= SET_APART and min(space.width for space in run) < LETTER_SPACE * size
    ]


def parts_letters(letters: str, space: Space) -> bool:
    """Whether a space stands between letters of a script in which a word has several: those with capitals."""
    return all(letter.lower() != letter.upper() for letter in (letters[space.before], letters[space.after]))


def inside_words(run: Sequence[Space]) -> list[Space]:
    """Spaces of a run that do not part its words."""
    narrowest = min(space.width for space in run)
    return [space for space in run if space.width < WORD_SPACE * narrowest]


def wide_spaces(spaces: Sequence[Space], size: float) -> list[Space]:
    """Spaces of a line at which a column or a cell may end."""
    return [space for space in spaces if space.width > WIDE * size]
