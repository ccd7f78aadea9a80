"""What the cited text only reports as somebody's view must not become a fact."""

import re
from collections.abc import Iterator

from pincite.answer.language.parsed_text import Worded

VIEWS = re.compile(
    r"\b(?:(?:argu|contend|alleg|assert|speculat|advocat|opin|insist)(?:e[sd]?|s|ed|ing)?"
    r"|(?:claim|believ|suggest|propos|predict|maintain|consider|think|fear|hope|warn|said|say)(?:e[sd]?|s|ed|ing)?"
    r"(?=(?: \w+)? that\b)"
    r"|(?:claim|propos)(?:e[sd]?|s|ed|ing)? to\b|proposes|proposed that"
    r"|according to|in (?:the|his|her|their|its) (?:view|opinion)|critics|proponents|opponents)\b",
    re.IGNORECASE,
)
ATTRIBUTED = re.compile(
    r"\b(?:according to|argu\w+|claim\w*|contend\w*|alleg\w+|assert\w*|believ\w+|suggest\w*|propos\w+|predict\w*"
    r"|maintain\w*|consider\w*|think\w*|fear\w*|hope\w*|warn\w*|said|says?|stat(?:e[sd]|ing)|view\w*|opinion\w*"
    r"|advocat\w+|insist\w*|not(?:e[sd]|ing)|report(?:s|ed)|critics|proponents|opponents|speculat\w+|describ\w+|recommend\w*"
    r"|call\w* for)\b",
    re.IGNORECASE,
)
# What is open, and what says that it is.
OPEN = re.compile(
    r"\b(?:debat\w+|disput\w+|disagree\w*|controvers\w+|unclear|uncertain\w*|open question)\b[^.;]{0,60}?"
    r"\b(?:whether|about|over|how|degree|extent|which)\b|\bwhether\b|\bthe (?:degree|extent) to which\b",
    re.IGNORECASE,
)
LEFT_OPEN = re.compile(
    r"\b(?:debat\w+|disput\w+|disagree\w*|controvers\w+|unclear|uncertain\w*|question\w*|whether|degree|extent|if)\b",
    re.IGNORECASE,
)
SHARE = 0.6  # of a statement's words that stand behind the word that reports them


def made_a_fact(statement: Worded, cited: Worded) -> Iterator[str]:
    """The word by which the cited text reports, or leaves open, what the statement states as a fact."""
    if not ATTRIBUTED.search(statement.text) and (view := governing(VIEWS, statement, cited)):
        yield f"the cited text only reports this (“{view}”)"
    if not LEFT_OPEN.search(statement.text) and (doubt := governing(OPEN, statement, cited)):
        yield f"the cited text leaves this open (“{doubt}”)"


def governing(form: re.Pattern[str], statement: Worded, cited: Worded) -> str | None:
    """The words of a form behind which, in one sentence of the cited text and not elsewhere, the statement stands."""
    said = statement.stems()
    for match in form.finditer(cited.text):
        sentence = next((word.sentence for word in cited.words if word.end >= match.end()), 0)
        behind = {w.stem for w in cited.words if w.start >= match.end() and w.sentence == sentence and w.stem}
        elsewhere = {w.stem for w in cited.words if w.sentence != sentence}
        if said and len(said & behind) >= SHARE * len(said) and len(said & elsewhere) < SHARE * len(said):
            return match[0]
    return None
