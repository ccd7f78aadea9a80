"""Text of documents and of users made inert: shown as it is, never read as HTML or Markdown."""

import html
import re

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")  # every sign that Markdown lets a backslash disarm
# Read as icon (:name:), colour (:name[…]) or link even after a backslash; a word joiner at these places undoes that.
READ_ANYWAY = re.compile(r"(?<=:)(?=[\w+/-]+[:\[])|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\w)(?=@\w)", re.I)
WORD_JOINER = "\u2060"  # takes no room and breaks no line


def as_html(text: str) -> str:
    """The text as HTML that shows it.

    >>> as_html("<b>5 & 6</b>")
    '&lt;b&gt;5 &amp; 6&lt;/b&gt;'
    """
    return html.escape(text)


def as_markdown(text: str) -> str:
    r"""The text on one line as Markdown that shows it, for the labels and messages that read Markdown.

    >>> as_markdown("[a](#b) ollama:MODEL")
    '\\[a\\]\\(\\#b\\) ollama\\:MODEL'
    """
    line = " ".join(text.split())
    return PUNCTUATION.sub(r"\\\1", READ_ANYWAY.sub(WORD_JOINER, line))
