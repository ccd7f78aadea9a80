"""What a page prints around its text: running headers, line numbers, side notes, watermarks."""
