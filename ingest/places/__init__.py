"""An index of places in a document: units, definitions, enumerations and tables, each with its citation and range."""
