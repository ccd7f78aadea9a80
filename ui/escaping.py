"""Escapes text of documents and users, so that it is never interpreted as HTML or Markdown."""

import html
import re

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")  # characters that a backslash escapes in Markdown
# Streamlit reads icons (:name:), colours (:name[…]) and links even after a backslash; a word joiner prevents that.
UNESCAPABLE = re.compile(r"(?<=:)(?=[\w+/-]+[:\[])|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\w)(?=@\w)", re.I)
WORD_JOINER = "\u2060"  # invisible, allows no line break


def as_html(text: str) -> str:
    """The text escaped for HTML.

    >>> as_html("<b>5 & 6</b>")
    '&lt;b&gt;5 &amp; 6&lt;/b&gt;'
    """
    return html.escape(text)


def as_markdown(text: str) -> str:
    r"""The text on one line, escaped for labels and messages that are read as Markdown.

    >>> as_markdown("[a](#b) ollama:MODEL")
    '\\[a\\]\\(\\#b\\) ollama\\:MODEL'
    """
    line = " ".join(text.split())
    return PUNCTUATION.sub(r"\\\1", UNESCAPABLE.sub(WORD_JOINER, line))
