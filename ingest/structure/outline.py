"""The nested lists at a place in a text: `6`, in it `(e)`, in it `(ii)`.

The level of an enumerator follows from those before it and, for `(i)`, which is both a letter and a Roman numeral, from
those after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pincite.ingest.structure.enumerators import Enumerator

LARGEST_GAP = 3  # difference between consecutive enumerators: a reader may have missed points in between


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list in progress: the form and kind of its enumerators, and the value and label of its latest point.

    `depth`: nesting of the list in the markup, 0 if unknown.
    """

    form: str
    kind: str
    value: int
    label: str
    depth: int = 0

    def is_like(self, form: str, kind: str, depth: int) -> bool:
        """Whether enumerators of a form and kind at a depth may be of this list."""
        return (self.form, self.kind) == (form, kind) and (self.depth == depth or not self.depth or not depth)


@dataclass(slots=True)
class Outline:
    """The open lists, outermost first. `loose`: whether the outermost may begin at any number."""

    loose: bool = False
    levels: list[OpenList] = field(default_factory=list)

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the current point, from the outermost list to the innermost."""
        return tuple(level.label for level in self.levels)

    def add(self, enumerator: Enumerator, following: Sequence[Enumerator], depth: int = 0) -> bool:
        """Add a point; whether it continues or opens a list. `following`: the enumerators after it.

        `depth`: nesting of the point in the markup, 0 if unknown; it tells lists apart whose enumerators look alike.

        >>> from pincite.ingest.structure.enumerators import find_enumerator
        >>> outline = Outline()
        >>> found = [find_enumerator(f"{label} x") for label in "1. (h) (i) (j) 2. (a) (i) (ii)".split()]
        >>> outline.levels = [OpenList("#.", "decimal", 1, "1"), OpenList("(#)", "letter", 7, "g")]
        >>> [outline.add(one, found[n + 1 :]) and outline.labels for n, one in enumerate(found) if n]
        [('1', 'h'), ('1', 'i'), ('1', 'j'), ('2',), ('2', 'a'), ('2', 'a', 'i'), ('2', 'a', 'ii')]
        """
        return any(
            self.continue_list(enumerator, *reading, depth) or self.open_list(enumerator, *reading, depth, following)
            for reading in self.readings(enumerator, following)
        )

    def continue_list(self, enumerator: Enumerator, kind: str, value: int, depth: int) -> bool:
        """Continue the innermost list of this form that the value follows, preferably without a gap."""
        for gap in (1, LARGEST_GAP if not enumerator.is_bare else 0):
            for number in range(len(self.levels) - 1, -1, -1):
                level = self.levels[number]
                if level.is_like(enumerator.form, kind, depth) and 0 < value - level.value <= gap:
                    self.levels[number:] = [OpenList(enumerator.form, kind, value, enumerator.label, depth)]
                    return True
        return False

    def open_list(
        self, enumerator: Enumerator, kind: str, value: int, depth: int, following: Sequence[Enumerator]
    ) -> bool:
        """Open a list inside the open ones if the value is a first one and no open list has the same form.

        A bare number or letter, which may be a word of the text, opens a list only if a later one continues it.
        """
        in_use = any(level.is_like(enumerator.form, kind, depth) for level in self.levels)
        may_begin = value == 1 or (self.loose and not self.levels and not enumerator.is_bare)
        if not may_begin or in_use or (enumerator.is_bare and not self.is_continued(enumerator, following)):
            return False
        self.levels.append(OpenList(enumerator.form, kind, value, enumerator.label, depth))
        return True

    def readings(self, enumerator: Enumerator, following: Sequence[Enumerator]) -> list[tuple[str, int]]:
        """The possible kinds and values of an enumerator, the likeliest first.

        One that is both a letter and a Roman numeral is read as the next enumerator of its form continues it.
        """
        if enumerator.decimal is not None:
            return [("decimal", enumerator.decimal)]
        letter, roman = ("letter", enumerator.letter or 0), ("roman", enumerator.roman or 0)
        if not enumerator.letter or not enumerator.roman:
            return [letter if enumerator.letter else roman]
        letter_follows = self.is_at(enumerator.form, "letter", enumerator.letter - 1)
        roman_open = self.is_at(enumerator.form, "roman", enumerator.roman - 1) or (
            enumerator.roman == 1 and not letter_follows
        )
        after = next((other for other in following if other.form == enumerator.form), None)
        if letter_follows and not roman_open:  # after `(h)` it is a letter unless `(ii)` follows
            roman_open = (
                after is not None and after.roman == enumerator.roman + 1 and after.letter != enumerator.letter + 1
            )
        return [roman, letter] if roman_open else [letter, roman]

    def is_at(self, form: str, kind: str, value: int) -> bool:
        """Whether the latest point of an open list has this form, kind and value."""
        return any((level.form, level.kind, level.value) == (form, kind, value) for level in self.levels)

    @staticmethod
    def is_continued(enumerator: Enumerator, following: Sequence[Enumerator]) -> bool:
        """Whether a later enumerator of the same form continues this one."""
        return any(
            other.form == enumerator.form
            and (other.decimal or other.letter) == (enumerator.decimal or enumerator.letter or 0) + 1
            for other in following
        )

    def close(self, depth: int) -> None:
        """Close the lists from a depth inwards."""
        del self.levels[depth:]
