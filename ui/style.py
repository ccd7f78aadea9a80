"""Styles of the pages. Colours are mixed from those of the theme, so that light and dark are both readable."""

MARK, MARK_LINE = "#f2b600", "#b98500"  # background and underline of a quote
MARK_SHARE = 0.28  # opacity of the background
MARKED = f"""
  color: inherit; background: color-mix(in srgb, {MARK} {MARK_SHARE:.0%}, transparent);
  border-bottom: 2px solid {MARK_LINE};"""
RULES = """
[data-testid="stMainBlockContainer"] { padding-top: 4rem; padding-bottom: 1rem; }
[data-testid="stCaptionContainer"] { opacity: 0.8; }
.stButtonGroup button:is([data-variant="segmented_control"], [data-variant="pills"])[data-selected] { color: inherit; }
.stButtonGroup [data-selected] p { font-weight: 600; }
.pincite-statement {
  margin: 0; font-size: 1.05rem; line-height: 1.55; max-width: 46rem; overflow-wrap: anywhere;
}
.pincite-point { padding-inline-start: calc(var(--mark) * 0.38em); text-indent: calc(var(--mark) * -0.38em); }
.pincite-note {
  margin: 0 0 0.35rem; padding-inline-start: 0.75rem; border-inline-start: 3px solid #b98500; line-height: 1.45;
  overflow-wrap: anywhere;
}
.pincite-reference + .pincite-small { margin-top: 0.35rem; }
.pincite-small { margin: 0; font-size: 0.875rem; line-height: 1.45; opacity: 0.85; overflow-wrap: anywhere; }
.pincite-table { overflow-x: auto; margin: 0.35rem 0 0; }
.pincite-table table { border-collapse: collapse; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
.pincite-table :is(th, td) {
  padding: 0.25rem 0.75rem 0.25rem 0; text-align: start; vertical-align: top;
  border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
}
.pincite-busy { margin: 0; font-size: 0.875rem; }
@media (prefers-reduced-motion: no-preference) { .pincite-busy { animation: pincite-busy 1.6s infinite alternate; } }
@keyframes pincite-busy { from { opacity: 0.9; } to { opacity: 0.5; } }
.pincite-copy {
  margin: 0.35rem 0 0; padding: 0.1rem 0; border: 0; background: none; font: inherit; font-size: 0.875rem;
  color: inherit; text-decoration: underline; text-underline-offset: 0.2em; cursor: pointer;
}
.pincite-nearest { margin: 0.75rem 0 0; font-weight: 600; line-height: 1.35; overflow-wrap: anywhere; }
.pincite-heading { margin: 0; font-weight: 600; line-height: 1.35; overflow-wrap: anywhere; white-space: pre-line; }
.pincite-reference {
  margin: 0; padding-inline-start: 2em; text-indent: -2em; font-size: 0.875rem; overflow-wrap: anywhere;
}
.pincite-question {
  margin: 0.75rem 0 0; padding: 0.9rem 1rem; font-weight: 600; scroll-margin-top: 5.5rem; overflow-wrap: anywhere;
  border-radius: 0.5rem; background: color-mix(in srgb, currentColor 6%, transparent);
}
.pincite-source-text { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6; }
.pincite-source-text mark {
  padding: 0.1em 0; box-decoration-break: clone; -webkit-box-decoration-break: clone;
}
.pincite-page { position: relative; margin: 0.5rem 0 0; }
.pincite-page img { display: block; width: 100%; height: auto; border: 1px solid; }
.pincite-mark-start { position: absolute; scroll-margin: 2rem; }
[role="dialog"] .pincite-page { width: max-content; margin: 0.5rem auto 0; }
[role="dialog"] .pincite-page img { width: auto; max-width: none; }
[role="dialog"] [data-testid="stHtml"]:has(.pincite-page) { overflow-x: auto; }
.pincite-support { margin: 0.25rem 0 0; font-size: 0.875rem; }
[class*="st-key-statement-"] { flex-wrap: nowrap; }
.pincite-support-partly, .pincite-support-unsupported, .pincite-support-unchecked { font-weight: 600; }
.st-key-source { max-height: calc(100vh - 14rem); overflow: hidden; }
[data-testid="stLayoutWrapper"]:has(> .st-key-source-text) { flex: 0 1 auto; min-height: 0; }
.st-key-source-text { max-height: 100%; overflow-y: auto; }
.pincite-block {
  margin: 0 0 0.75rem; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6; max-width: 46rem;
}
.pincite-footnote, .pincite-reference, .pincite-boilerplate { font-size: 0.875rem; }
.pincite-quote { padding-inline-start: 1em; border-inline-start: 3px solid; }
.pincite-pinpoint { display: block; font-size: 0.8125rem; font-weight: 600; opacity: 0.85; }
.st-key-reading .pincite-heading { margin: 0.5rem 0; font-size: 1.1rem; }
.pincite-figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 0.75rem; }
.pincite-figure {
  padding: 0.6rem 0.8rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 0.5rem;
}
.pincite-value { margin: 0; font-size: 1.5rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
@media (min-width: 1201px) {
  .st-key-reading { max-height: 75vh; overflow-y: auto; }
  [data-testid="stColumn"]:has(.st-key-source) { position: sticky; top: 4rem; align-self: flex-start; }
}
@media (max-width: 1200px) {
  .st-key-room-for-source [data-testid="stColumn"] { min-width: 100%; }
  div:has(> [data-testid="stAppScrollToBottomContainer"]) { contain: layout; }
  [data-testid="stBaseButton-primary"] { scroll-margin: 5rem 0 70vh; }
  [data-testid="stMainBlockContainer"]:has(.st-key-source) { padding-bottom: 65vh; }
  .st-key-source {
    position: fixed; left: 0; right: 0; bottom: 0; z-index: 1000; width: 100%; max-height: 65vh;
    background: Canvas; border-radius: 0.75rem 0.75rem 0 0; box-shadow: 0 -4px 24px rgb(0 0 0 / 35%);
  }
}
"""
STYLE = f"<style>{RULES}.pincite-source-text mark {{{MARKED}}}</style>"
