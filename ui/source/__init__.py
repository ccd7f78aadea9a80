"""The panel that shows a citation in its document."""
