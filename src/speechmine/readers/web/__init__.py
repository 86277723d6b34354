"""Marked-up text: web pages, Markdown."""
