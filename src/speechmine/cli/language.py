"""The language of the command line: Chinese where the locale is Chinese, through gettext.

``SPEECHMINE_LANG=zh|en`` goes before ``LANG``. Messages are marked in the code by ``_``; help
texts are looked up when a command is asked for, so that they stay plain texts there. Click's own
words are in the same catalogue.
"""

from __future__ import annotations

import copy
import gettext
import inspect
import locale
import os
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

import click

__all__ = ["DOMAIN", "LOCALE", "ListingOption", "is_chinese", "later", "localized", "set_language"]

#: Name of the catalogue, and where it is.
DOMAIN = "speechmine"
LOCALE = Path(__file__).parent.parent / "locale"
_OWN = "SPEECHMINE_LANG"
_NAMES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_CHINESE = ("zh", "chinese")


def set_language(environment: MutableMapping[str, str] | None = None) -> None:
    """Choose the language of messages, for this process.

    Args:
        environment: where the variables are; the process's own by default.
    """
    known = os.environ if environment is None else environment
    wanted = known.get(_OWN, "").strip().lower()
    if wanted:
        known["LANGUAGE"] = "zh" if wanted.startswith(_CHINESE) else "en"
    elif not any(known.get(name) for name in _NAMES):
        # Windows knows no such variables, but has a language.
        spoken = (locale.getlocale()[0] or "").lower()
        known["LANGUAGE"] = "zh" if spoken.startswith(_CHINESE) else "en"
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)


def later(message: str) -> str:
    """A message that is marked here and looked up when it is shown."""
    return message


def localized(command: click.Command) -> click.Command:
    """A command with its help in the language; the command itself stays as it is."""
    found = copy.copy(command)
    if command.help:
        written = inspect.cleandoc(command.help)
        found.help = gettext.gettext(written)
        if found.help != written:
            found.short_help = found.help.splitlines()[0].split("。")[0]
            found.context_class = _WideContext
    found.params = [_localized_option(parameter) for parameter in command.params]
    return found


def _localized_option(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option) or not parameter.help:
        return parameter
    found = copy.copy(parameter)
    found.help = gettext.gettext(parameter.help)
    return found


class ListingOption(click.Option):
    """An option whose help names what is declared elsewhere: formats, trackers.

    Its help is a pattern, so that a translation fits whatever is declared.
    """

    def __init__(self, *args: Any, listed: Callable[[], Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = listed

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its name and its help, with the names in their places."""
        shown = copy.copy(self)
        shown.help = (self.help or "").format_map(self.listed())
        return click.Option.get_help_record(shown, ctx)


def is_chinese() -> bool:
    """Whether messages are Chinese now.

    Example:
        >>> isinstance(is_chinese(), bool)
        True
    """
    return gettext.textdomain() == DOMAIN and gettext.find(DOMAIN, str(LOCALE)) is not None


class WideHelp(click.HelpFormatter):
    """Help whose lines are broken by the room that they take: a Chinese character takes two."""

    def write_text(self, text: str) -> None:
        """Paragraphs, each wrapped by itself."""
        room = max(self.width - self.current_indent, 11)
        paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
        indent = " " * self.current_indent
        wrapped = (
            "\n".join(indent + line for line in _wrapped_lines(part, room)) for part in paragraphs
        )
        self.write("\n\n".join(wrapped) + "\n")

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = 30,
        col_spacing: int = 2,
    ) -> None:
        """Names, and beside each what it does."""
        listed = list(rows)
        first = min(max((len(name) for name, _ in listed), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        room = max(self.width - first - self.current_indent, 10)
        for name, text in listed:
            lines = _wrapped_lines(text, room) or [""]
            beside = len(name) <= first - col_spacing
            under = f"\n{indent}{' ' * first}"
            self.write(f"{indent}{name.ljust(first) if beside else name + under}")
            self.write(under.join(lines) + "\n")


class _WideContext(click.Context):
    """What a command runs in whose help is Chinese."""

    formatter_class = WideHelp


def _wrapped_lines(text: str, room: int) -> list[str]:
    from rich.console import Console
    from rich.text import Text

    wrapped = Text(text).wrap(Console(width=room, color_system=None), room, tab_size=4)
    return [line.plain.rstrip() for line in wrapped]
