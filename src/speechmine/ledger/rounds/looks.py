"""Fonts of official papers (GB/T 9704): title, headings, text."""

from __future__ import annotations

__all__ = ["HEI", "SONG", "TITLE_FONT"]

SONG, HEI, TITLE_FONT = "仿宋", "黑体", "方正小标宋简体"
