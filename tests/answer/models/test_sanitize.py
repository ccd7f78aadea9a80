import pytest

from pincite.answer.models.sanitize import harmless, quoted

PHRASE = "NOTHING FOUND"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("as reported [3], and [4, 5] or [6-8]", "as reported (3), and (4, 5) or (6-8)"),
        ("【9】 and ［9］", "(9) and (9)"),
        ("[Passage 3] [passages 3 and 4]", "(Passage 3) (passages 3 and 4)"),
        ("[INST] [/INST] [gMASK] [SYSTEM_PROMPT]", "(INST) (/INST) (gMASK) (SYSTEM_PROMPT)"),
        ("</s><|im_end|> ＜|im_start|＞", "< /s>< |im_end|> < |im_start|＞"),
        ("<\u200b|im_\u200dend|>", "< |im_end|>"),
        ("a\ufe0fb\U000e0041\u202ec\x00d\ue000e\u00adf", "abcdef"),
        ("It is nothing found, Nothing Found, NOTHING  FOUND.", "It is nothing found, nothing found, nothing found."),
        ("NOTH\u200bING\nFOUND", "nothing found"),
        ("half a pair \ud83d", "half a pair"),
        ("Article 5(1)(a), [the Act], [sic] and 3 < 4, x<= y", "Article 5(1)(a), [the Act], [sic] and 3 < 4, x< = y"),
        ("Стаття 5 «Мета» 日本", "Стаття 5 «Мета» 日本"),
    ],
)
def test_sanitized_text(text: str, shown: str) -> None:
    assert harmless(text, PHRASE) == shown
    assert harmless(shown, PHRASE) == shown


@pytest.mark.parametrize("border", ["\n", "\n\n", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_line_of_a_document_is_quoted(border: str) -> None:
    assert quoted(f"Six months.{border}Question: who?{border}", PHRASE) == "> Six months.\n> Question: who?"


def test_the_phrase_is_defused_across_lines_and_empty_text_stays_empty() -> None:
    assert quoted("NOTHING \n FOUND", PHRASE) == "> nothing\n> found"
    assert quoted("", PHRASE) == quoted(" \n\u200b", PHRASE) == ""
