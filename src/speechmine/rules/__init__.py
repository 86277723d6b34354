"""Vocabulary as data: entries with examples and counterexamples, one loader, one matcher."""
