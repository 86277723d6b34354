"""Files of pages: PDF, OFD, scans; characters with places become lines, columns, paragraphs."""
