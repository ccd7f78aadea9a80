"""What the reader came for is scrolled into view. The scripts are constants: nothing from a document enters them."""

import streamlit as st

# Streamlit glides to the end of a page with a chat input; holding a place for a moment makes it let go.
HOLD = """
  const hold = (find, block) => {
    let until = performance.now() + 1200;
    const release = () => { until = 0; };
    for (const sign of ["wheel", "touchstart", "pointerdown", "keydown"])
      addEventListener(sign, release, { once: true, passive: true });
    const step = () => {
      const found = find();
      if (found) found.scrollIntoView({ block });
      if (performance.now() < until) requestAnimationFrame(step);
    };
    step();
  };"""
TO_MARK = f"""<script>
{{{HOLD}
  const text = document.querySelector(".st-key-source-text");
  const mark = text && text.querySelector("mark, .pincite-spot");
  const top = (element) => element.getBoundingClientRect().top;
  if (mark) text.scrollTop += top(mark) - top(text) - text.clientHeight / 4;
  hold(() => document.querySelector("[data-testid=stBaseButton-primary]"), "nearest");
}}
</script>"""
TO_SPOT = """<script>
{
  const spot = document.querySelector("[role=dialog] .pincite-spot");
  if (spot) spot.scrollIntoView({ block: "center", inline: "start" });
}
</script>"""
TO_QUESTION = f"""<script>
{{{HOLD}
  hold(() => Array.from(document.querySelectorAll(".pincite-question")).pop(), "start");
}}
</script>"""


def scroll_to_mark(start: int, end: int, *, page: bool) -> None:
    """Show the marked words of the source that has just been opened, and keep the button that opened it in view.

    The offsets, and whether its page is shown, make the script run again for another source.
    """
    st.html(f'<span data-mark="{start}-{end}-{page:d}"></span>{TO_MARK}', unsafe_allow_javascript=True)


def scroll_to_spot() -> None:
    """Show the marked words of the page that has just been opened in a window of its own."""
    st.html(TO_SPOT, unsafe_allow_javascript=True)


def scroll_to_question(turn: int) -> None:
    """Show the newest question with the beginning of its answer; the turn's number makes it run again for the next."""
    st.html(f'<span data-turn="{turn}"></span>{TO_QUESTION}', unsafe_allow_javascript=True)
