"""What a lookup finds: sentences with the spans that they quote, and notes for the reader."""

from dataclasses import dataclass

from pincite.answer.draft.sentence import DraftSentence


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at the address that a question asks for.

    `notes`: how much more there is, and where. `certain`: the question names the address itself, so that nothing is
    left to decide; a list or a comparison may also be of what the library lacks.
    """

    sentences: tuple[DraftSentence, ...]
    notes: tuple[str, ...] = ()
    certain: bool = True
