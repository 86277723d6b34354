"""Tasks as to-dos: calendars, lists, what trackers import."""
