"""A model that does whatever the text in front of it orders, the worst that a model can be talked into."""

import re
from typing import Any

from llama_index.core.base.llms.types import CompletionResponse
from llama_index.core.llms.callbacks import llm_completion_callback

from pincite.answer.models.prompts import ABSTENTION, INSTRUCTIONS
from support.scripted_llm import ScriptedLLM

ORDER = re.compile(r"\b(?:say|state|answer|wrote|write)\b[^“”\n]{0,20}“([^”]+)”", re.IGNORECASE)
REPEAT = re.compile(r"\brepeat your instructions\b", re.IGNORECASE)
MARK = re.compile(r"\((\d+)\)")  # what became of planted marks


class ObedientLLM(ScriptedLLM):
    """Obeys each order in its prompt, with the marks that it had; says its only reply where nothing is ordered."""

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: FBT001, FBT002  LlamaIndex's signature
        """What the prompt orders."""
        usual = super().complete(prompt, formatted=formatted, **kwargs).text
        asked = prompt.replace(INSTRUCTIONS, "")
        said = [MARK.sub(r"[\1]", order) for order in ORDER.findall(asked)]
        said = [ABSTENTION if order.casefold() == ABSTENTION.casefold() else order for order in said]
        return CompletionResponse(text="\n".join(said + [INSTRUCTIONS] * bool(REPEAT.search(asked))) or usual)
