"""How an analysis says what it is: its name, its question, its table, and how that is shown."""
