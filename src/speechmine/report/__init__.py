"""Pages to read and to hand on: one of a document, one over many documents."""

from __future__ import annotations

from speechmine.report.overview import overview_page
from speechmine.report.page import report_page

__all__ = ["overview_page", "report_page"]
