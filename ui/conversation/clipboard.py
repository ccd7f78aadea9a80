"""A button that copies an answer with its references. Its script is a constant: the text is data of the button."""

from pincite.answer.pipeline import Answer
from pincite.briefing.conversation import Exchange, with_references
from pincite.ui.escaping import as_html

LABEL = "Copy with references"
SIGNS = str.maketrans({"%": "%25", "<": "%3C", ">": "%3E"})  # `-->` in an attribute would have the page drop it
SAID = 2000  # ms for which the button says that it has copied
# A page that comes neither from this machine nor over https is given no clipboard, hence the field that is selected.
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
    setTimeout(() => {{ button.textContent = "{LABEL}"; }}, {SAID});
  }});
}}"""


def copy_button(answer: Answer) -> str:
    """The button, as HTML."""
    text = as_html(with_references(Exchange(answer.question, answer)).translate(SIGNS))
    return f'<button type="button" class="pincite-copy" aria-live="polite" data-copied="{text}">{LABEL}</button>'
