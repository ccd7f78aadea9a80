"""Words that a point quotes, as those that an act inserts in another: `(2) … is replaced by the following: ‘3. …’`."""

import re
from dataclasses import dataclass

OPENING_QUOTES = frozenset("“‘«„")
CLOSES = re.compile(r"[”’»][.;,]?\s*(?:and|or)?$")


@dataclass(slots=True)
class Quotation:
    """A quotation over several parts; `goes_on`: whether the next part still belongs to it."""

    goes_on: bool = False

    def takes(self, text: str, before: str) -> bool:
        """Whether a part belongs to a quotation, which a colon announces in the part before.

        >>> quotation = Quotation()
        >>> parts = ["is replaced by:", "‘3. Boats pay.", "(a) Ships pay twice.’;", "(2) Article 5 is deleted."]
        >>> [quotation.takes(text, before) for before, text in zip(parts, parts[1:])]
        [True, True, False]
        """
        inside = self.goes_on or (text[:1] in OPENING_QUOTES and before.rstrip().endswith(":"))
        self.goes_on = inside and CLOSES.search(text) is None
        return inside
