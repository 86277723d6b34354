"""Numbers to numbers: measures as their authors define them. Nothing here knows of texts."""
