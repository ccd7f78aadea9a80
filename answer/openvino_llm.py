"""A LlamaIndex `LLM` over OpenVINO GenAI, in this process.

LlamaIndex's own class for it (llama-index-llms-openvino-genai 0.4.0) fails on streaming: its streamer uses a name that
is not defined. This one streams through OpenVINO GenAI's callback and applies the model's own chat template.
"""

from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import openvino_genai
from llama_index.core.base.llms.types import ChatMessage, CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_completion_callback
from pydantic import PrivateAttr

from ingest.errors import ModelUnavailable


class OpenVinoLLM(CustomLLM):
    """A model that runs in this process; greedy, so that the same prompt gives the same text."""

    model_name: str
    context_window: int
    output: int
    _pipeline: Any = PrivateAttr()
    _tokenizer: Any = PrivateAttr()

    @classmethod
    def open(cls, path: Path, context_window: int, output: int) -> "OpenVinoLLM":
        """The model of an OpenVINO folder or a GGUF file. Raises ModelUnavailable when it cannot be loaded."""
        model = cls(model_name=path.name, context_window=context_window, output=output)
        try:
            pipeline = openvino_genai.LLMPipeline(str(path), "CPU")
        except RuntimeError as error:
            raise ModelUnavailable(f"OpenVINO GenAI cannot load {path}: {str(error).splitlines()[-1]}") from error
        model._pipeline, model._tokenizer = pipeline, pipeline.get_tokenizer()
        model.messages_to_prompt = model.chat_prompt
        return model

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex asks of every model."""
        return LLMMetadata(context_window=self.context_window, num_output=self.output, model_name=self.model_name)

    def chat_prompt(self, messages: Sequence[ChatMessage]) -> str:
        """Messages in the model's own chat template."""
        history = [{"role": message.role.value, "content": message.content or ""} for message in messages]
        return str(self._tokenizer.apply_chat_template(history, add_generation_prompt=True))

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The model's whole text for a prompt."""
        return CompletionResponse(text=str(self.generate(prompt)))

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:  # noqa: ARG002, FBT001, FBT002  LlamaIndex's signature
        """The model's text as it comes."""
        pieces: SimpleQueue[str | None] = SimpleQueue()

        def run() -> None:
            try:
                self.generate(prompt, pieces.put)
            finally:
                pieces.put(None)

        Thread(target=run, daemon=True).start()

        def stream() -> CompletionResponseGen:
            text = ""
            while (piece := pieces.get()) is not None:
                text += piece
                yield CompletionResponse(text=text, delta=piece)

        return stream()

    def generate(self, prompt: str, streamer: Any = None) -> Any:
        """Run the model, without putting the chat template around a prompt that has it already."""
        config = openvino_genai.GenerationConfig()
        config.max_new_tokens, config.do_sample, config.apply_chat_template = self.output, False, False
        return self._pipeline.generate(prompt, config, *([streamer] if streamer else []))
