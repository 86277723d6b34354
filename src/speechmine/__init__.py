"""Chinese government speeches as tasks, parties, deadlines and metrics."""
