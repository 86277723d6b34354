"""The trackers themselves, one file each."""
