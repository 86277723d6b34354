"""What readers of several kinds of file share: documents, tables, list numbers, encodings."""
