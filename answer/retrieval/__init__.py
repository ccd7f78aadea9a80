"""From a question that has been read to ranked evidence."""
