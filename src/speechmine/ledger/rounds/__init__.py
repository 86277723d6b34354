"""A round of supervision: what is due, reminders, returned copies, parts to hand out, sums."""
