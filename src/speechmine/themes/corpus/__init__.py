"""What is compared: documents with year, place and level, their parts, and their counts."""
