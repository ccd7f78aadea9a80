"""Completes a follow-up with a local model; the rules take over if its reply is unusable."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pincite.answer.models.open_model import chat
from pincite.answer.models.prompts import REWRITE_INSTRUCTIONS, rewrite_text
from pincite.answer.query.conversation.follow_ups import complete_follow_up, is_follow_up
from pincite.ingest.errors import ModelUnavailable

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

MAX_WORDS = 40  # of a question; a longer reply is an answer
MAX_EARLIER = 4  # earlier questions given to the model
PUNCTUATION = ".,;:?!\"'“”«»()[]-"
WRAPPING = re.compile(r"^(?:>|[\"'“«*]|(?:the )?(?:whole |rewritten )?question:|\s)+|[\"'”»*\s]+$", re.IGNORECASE)


def rewrite_follow_up(llm: "LLM", question: str, before: Sequence[str]) -> str:
    """A question completed from earlier ones; a self-contained question is returned unchanged."""
    rule_based = complete_follow_up(question, before)
    if not before or not is_follow_up(question):
        return rule_based
    try:
        reply = model_reply(llm, question, before[-MAX_EARLIER:])
    except ModelUnavailable:
        return rule_based  # drafting with the same model will report the error
    return reply if is_usable(reply, question, before) else rule_based


def model_reply(llm: "LLM", question: str, before: Sequence[str]) -> str:
    """The model's reply. Raises ModelUnavailable."""
    from llama_index.core.llms import ChatMessage, MessageRole  # noqa: PLC0415  LlamaIndex takes seconds to load

    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=REWRITE_INSTRUCTIONS),
        ChatMessage(role=MessageRole.USER, content=rewrite_text(question, before)),
    ]
    *_, text = chat(llm, messages)
    return WRAPPING.sub("", text.strip())


def is_usable(reply: str, question: str, before: Sequence[str]) -> bool:
    """Whether a reply is one short question that keeps the question's names and figures and adds none.

    >>> is_usable("Who decides on the Trust Fund?", "Who decides on it?", ["What is the Trust Fund?"])
    True
    >>> is_usable("Who decided in 2019?", "Who decides on it?", ["What is the Trust Fund?"])
    False
    """
    known = " ".join([question, *before])
    return (
        bool(re.search(r"\w", reply))
        and "\n" not in reply
        and len(reply.split()) <= MAX_WORDS
        and names_and_figures(question) <= all_words(reply)
        and names_and_figures(reply) <= all_words(known)
    )


def names_and_figures(text: str) -> set[str]:
    """Figures, symbols and names of a text (words with a digit, or capitalised after the first), in lower case.

    >>> sorted(names_and_figures("And does A/RES/78/265 bind Ukraine in 2024?"))
    ['2024', 'a/res/78/265', 'ukraine']
    """
    words = [word.strip(PUNCTUATION) for word in text.split()]
    return {bare_word(word) for n, word in enumerate(words) if (n and word[:1].isupper()) or re.search(r"\d", word)}


def all_words(text: str) -> set[str]:
    """The words of a text in the form of `names_and_figures`."""
    return {bare_word(word) for word in text.split()}


def bare_word(word: str) -> str:
    """A word in lower case, without surrounding punctuation and possessive 's.

    >>> bare_word("(Kenya's")
    'kenya'
    """
    return re.sub(r"['’]s$", "", word.casefold().strip(PUNCTUATION))
