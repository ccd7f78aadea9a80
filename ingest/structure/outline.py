"""The points that a text stands in: `6`, under it `(e)`, under it `(ii)`. Which level a mark belongs to is told by
what was counted before it and, for `(i)`, which is a letter and a Roman figure, by what comes after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pincite.ingest.structure.enumerators import Mark

FARTHEST_GAP = 3  # points of a list that a reader of the file may have missed between two it found


@dataclass(frozen=True, slots=True)
class Level:
    """A list that is being counted: form and kind of its marks, where it stands, and the label as it is cited."""

    form: str
    kind: str
    value: int
    label: str


@dataclass(slots=True)
class Outline:
    """The lists that are open, outermost first. `loose`: whether the outermost may begin at any number."""

    loose: bool = False
    levels: list[Level] = field(default_factory=list)

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels from the outermost list to the innermost."""
        return tuple(level.label for level in self.levels)

    def place(self, mark: Mark, following: Sequence[Mark]) -> bool:
        """Count a point; whether its mark goes on a list that is open or begins one. `following`: marks behind it.

        >>> from pincite.ingest.structure.enumerators import find_mark
        >>> outline = Outline()
        >>> marks = [find_mark(f"{mark} x") for mark in "1. (h) (i) (j) 2. (a) (i) (ii)".split()]
        >>> outline.levels = [Level("#.", "decimal", 1, "1"), Level("(#)", "letter", 7, "g")]
        >>> [outline.place(mark, marks[n + 1 :]) and outline.labels for n, mark in enumerate(marks) if n]
        [('1', 'h'), ('1', 'i'), ('1', 'j'), ('2',), ('2', 'a'), ('2', 'a', 'i'), ('2', 'a', 'ii')]
        """
        return any(
            self.count(mark, *reading) or self.begin(mark, *reading, following)
            for reading in self.readings(mark, following)
        )

    def count(self, mark: Mark, kind: str, value: int) -> bool:
        """Go on with the innermost list of this form that the value follows in, without a gap where there is one."""
        for gap in (1, FARTHEST_GAP if not mark.is_bare else 0):
            for depth in range(len(self.levels) - 1, -1, -1):
                level = self.levels[depth]
                if (level.form, level.kind) == (mark.form, kind) and 0 < value - level.value <= gap:
                    self.levels[depth:] = [Level(mark.form, kind, value, mark.label)]
                    return True
        return False

    def begin(self, mark: Mark, kind: str, value: int, following: Sequence[Mark]) -> bool:
        """Open a list under those that are open, when the mark is a first one and no open list is written so.

        A bare figure or letter, which may be a word of the text, begins a list only if another goes on with it.
        """
        known = any((level.form, level.kind) == (mark.form, kind) for level in self.levels)
        may_begin = value == 1 or (self.loose and not self.levels and not mark.is_bare)
        if not may_begin or known or (mark.is_bare and not self.goes_on(mark, following)):
            return False
        self.levels.append(Level(mark.form, kind, value, mark.label))
        return True

    def readings(self, mark: Mark, following: Sequence[Mark]) -> list[tuple[str, int]]:
        """What a mark may count, the likelier first.

        A mark that is both letter and Roman figure is what the next mark of its form goes on with.
        """
        if mark.decimal is not None:
            return [("decimal", mark.decimal)]
        letter, roman = ("letter", mark.letter or 0), ("roman", mark.roman or 0)
        if not mark.letter or not mark.roman:
            return [letter if mark.letter else roman]
        goes_on = self.stands_at(mark.form, "letter", mark.letter - 1)
        roman_open = self.stands_at(mark.form, "roman", mark.roman - 1) or (mark.roman == 1 and not goes_on)
        after = next((other for other in following if other.form == mark.form), None)
        if goes_on and not roman_open:  # `(h)` stands before it, so it is `(i)` unless `(ii)` follows
            roman_open = after is not None and after.roman == mark.roman + 1 and after.letter != mark.letter + 1
        return [roman, letter] if roman_open else [letter, roman]

    def stands_at(self, form: str, kind: str, value: int) -> bool:
        """Whether an open list of this form stands at a value."""
        return any((level.form, level.kind, level.value) == (form, kind, value) for level in self.levels)

    @staticmethod
    def goes_on(mark: Mark, following: Sequence[Mark]) -> bool:
        """Whether a mark of the same form counts on from this one."""
        return any(
            other.form == mark.form and (other.decimal or other.letter) == (mark.decimal or mark.letter or 0) + 1
            for other in following
        )

    def close(self, depth: int) -> None:
        """Leave the lists from a depth on."""
        del self.levels[depth:]
