"""A view that the cited text only reports, or a question that it leaves open, must not become a fact."""

import re
from collections.abc import Iterator

from pincite.answer.language.parsed_text import ParsedText
from pincite.answer.verification.findings import Finding, FindingKind

VIEWS = re.compile(
    r"\b(?:(?:argu|contend|alleg|assert|speculat|advocat|opin|insist)(?:e[sd]?|s|ed|ing)?"
    r"|(?:claim|believ|suggest|propos|predict|maintain|consider|think|fear|hope|warn|said|say)(?:e[sd]?|s|ed|ing)?"
    r"(?=(?: \w+)? that\b)"
    r"|(?:claim|propos)(?:e[sd]?|s|ed|ing)? to\b|proposes|proposed that"
    r"|according to|in (?:the|his|her|their|its) (?:view|opinion)|critics|proponents|opponents)\b",
    re.IGNORECASE,
)
MARKED_AS_VIEW = re.compile(
    r"\b(?:according to|argu\w+|claim\w*|contend\w*|alleg\w+|assert\w*|believ\w+|suggest\w*|propos\w+|predict\w*"
    r"|maintain\w*|consider\w*|think\w*|fear\w*|hope\w*|warn\w*|said|says?|stat(?:e[sd]|ing)|view\w*|opinion\w*"
    r"|advocat\w+|insist\w*|not(?:e[sd]|ing)|report(?:s|ed)|critics|proponents|opponents|speculat\w+|describ\w+|recommend\w*"
    r"|call\w* for)\b",
    re.IGNORECASE,
)
OPEN_QUESTION = re.compile(
    r"\b(?:debat\w+|disput\w+|disagree\w*|controvers\w+|unclear|uncertain\w*|open question)\b[^.;]{0,60}?"
    r"\b(?:whether|about|over|how|degree|extent|which)\b|\bwhether\b|\bthe (?:degree|extent) to which\b",
    re.IGNORECASE,
)
MARKED_OPEN = re.compile(
    r"\b(?:debat\w+|disput\w+|disagree\w*|controvers\w+|unclear|uncertain\w*|question\w*|whether|degree|extent|if)\b",
    re.IGNORECASE,
)
SHARE = 0.6  # of a statement's content words that must follow a reporting expression


def check_reported_speech(statement: ParsedText, cited: ParsedText) -> Iterator[Finding]:
    """Expressions by which the cited text reports, or leaves open, what the statement presents as a fact."""
    if not MARKED_AS_VIEW.search(statement.text) and (view := governing(VIEWS, statement, cited)):
        message = f"The cited text only reports this as a view (“{view}”)."
        yield Finding(FindingKind.REPORTED_SPEECH, message, conflict=True)
    if not MARKED_OPEN.search(statement.text) and (doubt := governing(OPEN_QUESTION, statement, cited)):
        yield Finding(FindingKind.REPORTED_SPEECH, f"The cited text leaves this open (“{doubt}”).", conflict=True)


def governing(expression: re.Pattern[str], statement: ParsedText, cited: ParsedText) -> str | None:
    """The expression that the statement's words follow in a sentence of the cited text, and in no other sentence."""
    stated = statement.stems()
    for match in expression.finditer(cited.text):
        sentence = next((word.sentence for word in cited.words if word.end >= match.end()), 0)
        following = {w.stem for w in cited.words if w.start >= match.end() and w.sentence == sentence and w.stem}
        elsewhere = {w.stem for w in cited.words if w.sentence != sentence}
        enough = SHARE * len(stated)
        if stated and len(stated & following) >= enough and len(stated & elsewhere) < enough:
            return match[0]
    return None
