"""Mentions and outline to tasks; inheritance and anchors are settled here."""

from speechmine.assemble.findings import FIRM_KINDS, Findings, SegmentFindings
from speechmine.assemble.rows import assemble_tasks

__all__ = ["FIRM_KINDS", "Findings", "SegmentFindings", "assemble_tasks"]
