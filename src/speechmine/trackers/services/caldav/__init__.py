"""Tasks in a calendar over CalDAV: the calendar, and the task that each VTODO in it is."""

from speechmine.trackers.services.caldav.calendar import CalDav, open_caldav

__all__ = ["CalDav", "open_caldav"]
