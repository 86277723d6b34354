"""What all tables have in common: how they were made, and what is expected of those given."""
