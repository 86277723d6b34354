"""Texts as a request gives them."""

from __future__ import annotations

from collections import Counter

from speechmine.errors import UsageError
from speechmine.workbench import jobs
from speechmine.workbench.api.models import TextIn

__all__ = ["given_text", "given_texts"]


def given_text(text: TextIn, name: str = "text") -> jobs.Given:
    """One text, with the name it goes by."""
    return jobs.Given(text.id or name, text=text.text, date=text.date, place=text.place)


def given_texts(texts: list[TextIn]) -> list[jobs.Given]:
    """Several texts, each with a name of its own.

    Raises:
        UsageError: two have one id: their records could not be told apart.
    """
    found = [given_text(text, f"text{number}") for number, text in enumerate(texts, start=1)]
    names = Counter(one.name for one in found)
    twice = next((name for name, count in names.items() if count > 1), None)
    if twice is not None:
        raise UsageError(f"two texts have the id {twice!r:.80}; give each its own")
    return found
