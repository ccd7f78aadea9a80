"""From a question that was read to ranked evidence."""
