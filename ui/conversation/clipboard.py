"""A button that copies an answer with its references. The script is a constant; the text is data of the button."""

from pincite.answer.pipeline import Answer
from pincite.briefing.conversation import Exchange, with_references
from pincite.ui.escaping import as_html

LABEL = "Copy with references"
ESCAPES = str.maketrans({"%": "%25", "<": "%3C", ">": "%3E"})  # Streamlit drops elements with `-->` in an attribute
FEEDBACK_MS = 2000  # ms for which the button confirms
# Pages from other machines without https have no clipboard API: select the text in a field instead.
SCRIPT = f"""
if (!window.pinciteCopies) {{
  window.pinciteCopies = true;
  const select = (text) => {{
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (!copied) throw new Error("the browser refuses");
  }};
  document.addEventListener("click", async (event) => {{
    const button = event.target.closest("[data-copied]");
    if (!button) return;
    const text = decodeURIComponent(button.dataset.copied);
    try {{
      await (navigator.clipboard ? navigator.clipboard.writeText(text) : select(text));
      button.textContent = "Copied";
    }} catch (refused) {{
      button.textContent = "Not copied: the browser refuses";
    }}
    setTimeout(() => {{ button.textContent = "{LABEL}"; }}, {FEEDBACK_MS});
  }});
}}"""


def copy_button(answer: Answer) -> str:
    """The button, as HTML."""
    text = as_html(with_references(Exchange(answer.question, answer)).translate(ESCAPES))
    return f'<button type="button" class="pincite-copy" aria-live="polite" data-copied="{text}">{LABEL}</button>'
