"""Tasks, parties, deadlines and metrics of reports side by side."""
