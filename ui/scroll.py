"""Scrolls quotes and questions into view. The scripts are constants: no text of a document enters them."""

import streamlit as st

# Streamlit scrolls a page with a chat input to its end; holding a position until the page is still prevents that.
HOLD = """
  const hold = (find, block) => {
    let until = 1, height;
    const release = () => { until = 0; };
    for (const sign of ["wheel", "touchstart", "pointerdown", "keydown"])
      addEventListener(sign, release, { once: true, passive: true });
    const step = () => {
      const found = find(), now = document.querySelector("[data-testid=stMainBlockContainer]").scrollHeight;
      if (until && now !== height) until = performance.now() + 1200;
      height = now;
      if (found) found.scrollIntoView({ block });
      if (performance.now() < until) requestAnimationFrame(step);
    };
    step();
  };"""
TO_MARK = f"""<script>
{{{HOLD}
  const text = document.querySelector(".st-key-source-text");
  const mark = text && text.querySelector("mark, .pincite-mark-start");
  const top = (element) => element.getBoundingClientRect().top;
  if (mark) text.scrollTop += top(mark) - top(text) - text.clientHeight / 4;
  hold(() => document.querySelector("[data-testid=stBaseButton-primary]"), "nearest");
}}
</script>"""
TO_SPOT = """<script>
{
  const spot = document.querySelector("[role=dialog] .pincite-mark-start");
  if (spot) spot.scrollIntoView({ block: "center", inline: "start" });
}
</script>"""
TO_QUESTION = f"""<script>
{{{HOLD}
  const place = Number(document.querySelector("[data-question]").dataset.question);
  hold(() => Array.from(document.querySelectorAll(".pincite-question")).at(place), "start");
}}
</script>"""


def scroll_to_mark(start: int, end: int, *, page: bool) -> None:
    """Scroll to the marked quote of the source just opened, and keep its button in view.

    The offsets and the view make the script run again for another source.
    """
    st.html(f'<span data-mark="{start}-{end}-{page:d}"></span>{TO_MARK}', unsafe_allow_javascript=True)


def scroll_to_spot() -> None:
    """Scroll to the marked quote in the dialog with the enlarged page."""
    st.html(TO_SPOT, unsafe_allow_javascript=True)


def scroll_to_question(place: int, run: int) -> None:
    """Scroll to a question, -1 for the newest, -2 for the one before; another `run` makes the script run again."""
    st.html(f'<span data-question="{place}" data-run="{run}"></span>{TO_QUESTION}', unsafe_allow_javascript=True)
