"""White space in the text of word-processor documents."""

from pincite.ingest.document import INVISIBLE


def collapse_lines(text: str) -> str:
    """Text with white space collapsed in each line, without blank lines and invisible characters.

    >>> collapse_lines("one\\t two \\n\\n three")
    'one two\\nthree'
    """
    lines = (" ".join(line.split()) for line in text.translate(INVISIBLE).split("\n"))
    return "\n".join(line for line in lines if line)
