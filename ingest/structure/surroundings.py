"""What stands before and after a part of a text, as far as it decides how the part is numbered."""

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from pincite.ingest.data.numbering import ends_in_reference
from pincite.ingest.document import RUNNING_TEXT, BlockKind, Part
from pincite.ingest.structure.enumerators import Enumerator, find_enumerator
from pincite.ingest.structure.provisions import annex_of

CHINESE_SCRIPT = re.compile("[\u3400-\u9fff]")
SCRIPT_REACH = 40  # characters by which the script of a text is told
LOOK_AHEAD = 80  # parts searched for the continuation of a list


class Surroundings:
    """The parts of a text with their enumerators, None for a part that is not running text or has none."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.enumerators = [find_enumerator(part.text) if part.kind in RUNNING_TEXT else None for part in parts]

    def continues_reference(self, index: int) -> bool:
        """Whether the text before a part ends in `under section` and the like, so that its number opens nothing."""
        before, enumerator = self.parts[index - 1] if index else None, self.enumerators[index]
        is_number = enumerator is not None and enumerator.decimal is not None and not enumerator.form.startswith("(")
        if not is_number or before is None or before.kind not in RUNNING_TEXT or annex_of(before):
            return False
        return ends_in_reference().search(before.text) is not None

    def changes_script(self, index: int) -> bool:
        """Whether a part is in Chinese and the one before is not, or the other way round."""
        parts = self.parts[max(index - 1, 0) : index + 1]
        return len({CHINESE_SCRIPT.search(part.text[:SCRIPT_REACH]) is None for part in parts}) > 1

    def text_below(self, index: int) -> Part | None:
        """The part after another, if it is running text."""
        below = self.parts[index + 1] if index + 1 < len(self.parts) else None
        return below if below and below.kind in RUNNING_TEXT else None

    def following_text(self, index: int) -> Part | None:
        """The next part of running text."""
        return next((part for part in islice(self.parts, index + 1, None) if part.kind in RUNNING_TEXT), None)

    def following_enumerators(self, index: int) -> list[Enumerator]:
        """The enumerators after a part, up to the next heading."""
        reach = range(index + 1, min(index + LOOK_AHEAD, len(self.parts)))
        before_heading = takewhile(lambda number: self.parts[number].kind is not BlockKind.HEADING, reach)
        return [enumerator for number in before_heading if (enumerator := self.enumerators[number])]
