"""Comparison across years: tables by year, each with its method in ``attrs``."""

from speechmine.themes.frequency import term_frequency

__all__ = ["term_frequency"]
