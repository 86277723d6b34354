"""Files of word processors: Word, WPS, RTF, OpenDocument."""
