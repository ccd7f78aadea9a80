"""How fast a local model reads and writes on this machine."""

from dataclasses import dataclass
from pathlib import Path

from pincite.answer.models.base import LlmSettings

ANSWER = (700, 60)  # tokens read and written for a usual answer
SAMPLE = "The Assembly decides that each member State shall report on the use of the facility every year. "


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second."""

    reading: float
    writing: float

    @property
    def answer(self) -> float:
        """Seconds that an answer will take."""
        return ANSWER[0] / self.reading + ANSWER[1] / self.writing


def measure_speed(path: Path) -> Speed:
    """Read some 200 tokens and write 16, after warming up. Raises ModelUnavailable."""
    from pincite.answer.models.in_process import InProcessLLM  # noqa: PLC0415  LlamaIndex takes seconds to load

    llm = InProcessLLM.open(path, LlmSettings(context=1024, output=16))
    llm.complete("Who?")
    llm.complete(SAMPLE * 10 + "Say this again.")
    return Speed(llm.usage["prompt_per_second"], llm.usage["predicted_per_second"])
