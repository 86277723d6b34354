"""Tasks as issues of a Redmine project: the project as it is known, and its issues."""

from speechmine.trackers.services.redmine.issues import Redmine, open_redmine

__all__ = ["Redmine", "open_redmine"]
