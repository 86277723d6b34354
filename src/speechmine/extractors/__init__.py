"""Segment to mentions: tasks, parties, deadlines, metrics; the four do not know each other."""
