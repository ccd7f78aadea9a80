"""A follow-up made whole by a local model; the rules stand in where its reply is unusable."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pincite.answer.models.open_model import chat
from pincite.answer.models.prompts import REWRITE_INSTRUCTIONS, rewrite_text
from pincite.answer.query.conversation.follow_ups import follows, made_whole
from pincite.ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

LONGEST = 40  # words; more is an answer, not a question
LAST = 4  # questions before that the model is shown
AROUND = ".,;:?!\"'“”«»()[]-"
DRESS = re.compile(r"^(?:>|[\"'“«*]|(?:the )?(?:whole |rewritten )?question:|\s)+|[\"'”»*\s]+$", re.IGNORECASE)


def rewritten(llm: "LLM", question: str, before: Sequence[str]) -> str:
    """A question with what it lacks from the ones before it; one that stands on its own comes back unchanged."""
    by_rules = made_whole(question, before)
    if not before or not follows(question):
        return by_rules
    try:
        reply = asked(llm, question, before[-LAST:])
    except ModelUnavailable:
        return by_rules  # a draft by the same model will say what is wrong with it
    return reply if usable(reply, question, before) else by_rules


def asked(llm: "LLM", question: str, before: Sequence[str]) -> str:
    """What the model makes of a question. Raises ModelUnavailable."""
    from llama_index.core.llms import ChatMessage, MessageRole  # noqa: PLC0415  LlamaIndex takes seconds to load

    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=REWRITE_INSTRUCTIONS),
        ChatMessage(role=MessageRole.USER, content=rewrite_text(question, before)),
    ]
    *_, text = chat(llm, messages)
    return DRESS.sub("", text.strip())


def usable(reply: str, question: str, before: Sequence[str]) -> bool:
    """Whether a reply is one short question with the names and figures of this one, and none that nobody wrote.

    >>> usable("Who decides on the Trust Fund?", "Who decides on it?", ["What is the Trust Fund?"])
    True
    >>> usable("Who decided in 2019?", "Who decides on it?", ["What is the Trust Fund?"])
    False
    """
    held = " ".join([question, *before])
    return (
        bool(re.search(r"\w", reply))
        and "\n" not in reply
        and len(reply.split()) <= LONGEST
        and pinned(question) <= every_word(reply)
        and pinned(reply) <= every_word(held)
    )


def pinned(text: str) -> set[str]:
    """Figures, symbols and names of a text (words with a digit, or with a capital behind the first), in small letters.

    >>> sorted(pinned("And does A/RES/78/265 bind Ukraine in 2024?"))
    ['2024', 'a/res/78/265', 'ukraine']
    """
    words = [word.strip(AROUND) for word in text.split()]
    return {bare(word) for n, word in enumerate(words) if (n and word[:1].isupper()) or re.search(r"\d", word)}


def every_word(text: str) -> set[str]:
    """The words of a text as `pinned` writes them."""
    return {bare(word) for word in text.split()}


def bare(word: str) -> str:
    """A word in small letters without what stands around it, and without the 's of possession.

    >>> bare("(Kenya's")
    'kenya'
    """
    return re.sub(r"['’]s$", "", word.casefold().strip(AROUND))
