"""All analyses of a corpus in one call, by one list, and the way from a number to its sentences."""
