"""Document to outline: sentences, headings, sections, items, discourse labels."""
