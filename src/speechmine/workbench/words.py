"""The words of the pages, in Chinese and English; they stand in ``data/words.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Literal

from speechmine.tables import value_label

__all__ = ["Language", "PageWords", "page_words"]

Language = Literal["zh", "en"]


class PageWords:
    """What a page says in one language.

    Args:
        language: of the page.
        said: text by name.
    """

    def __init__(self, language: Language, said: Mapping[str, str]) -> None:
        self.language = language
        self._said = said

    def __call__(self, name: str, /, **values: object) -> str:
        """The text of a name, with values set in.

        Example:
            >>> page_words("en")("items", n=3)
            '3 items'
        """
        return self._said[name].format(**values) if values else self._said[name]

    def of(self, column: str, value: object) -> str:
        """What a coded value is called.

        Example:
            >>> page_words("zh").of("role", "lead"), page_words("en").of("role", "report_to")
            ('牵头', 'report to')
        """
        named = self._said.get(f"{column}.{value}")
        if named is not None:
            return named
        if self.language == "zh":
            return value_label(column, str(value))
        return str(value).replace("_", " ")

    @property
    def script(self) -> Mapping[str, str]:
        """What the script of a page says."""
        return {name[3:]: text for name, text in self._said.items() if name.startswith("js.")}


@functools.cache
def page_words(language: Language) -> PageWords:
    """The words of a language."""
    content = (files("speechmine.workbench") / "data" / "words.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(content)
    return PageWords(language, {name: entry[language] for name, entry in entries.items()})
