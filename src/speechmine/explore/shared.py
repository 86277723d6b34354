"""What the pages share: words in two languages, data that cannot break out of its place."""

from __future__ import annotations

import csv
import functools
import json
from collections.abc import Mapping
from importlib.metadata import version
from importlib.resources import files
from typing import Literal, get_args

from speechmine.errors import UsageError

__all__ = ["Lang", "rendered", "words_in"]

Lang = Literal["zh", "en"]


def words_in(lang: Lang) -> Mapping[str, str]:
    """The words of the pages in a language.

    Raises:
        UsageError: there is no such language.

    Example:
        >>> words_in("en")["go"]
        'Search'
    """
    if lang not in get_args(Lang):
        raise UsageError(f"lang={lang!r}: one of {', '.join(get_args(Lang))} is expected")
    return _words_shown()[lang]


@functools.cache
def _words_shown() -> Mapping[str, Mapping[str, str]]:
    content = (files("speechmine.explore") / "words.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(content.splitlines()))
    return {lang: {row["key"]: row[lang] for row in rows} for lang in get_args(Lang)}


def rendered(name: str, data: object, *, lang: Lang, **shown: object) -> str:
    """A page out of its template, with its data as JSON.

    Args:
        name: of the template.
        data: for the page's script; nothing in it can end the element that holds it.
        lang: of the page's own words.
        shown: what the template itself shows, which is escaped.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("speechmine.explore", "")
    made = Environment(autoescape=True, undefined=StrictUndefined, loader=loader).get_template(name)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    style = (files("speechmine.explore") / "page.css").read_text(encoding="utf-8")
    spoken = words_in(lang)
    return (
        made.render(
            data=_Safe(text),
            style=_Safe(style),
            script=_Safe(_script(name)),
            say=spoken,
            spoken=_Safe(json.dumps(dict(spoken), ensure_ascii=False).replace("<", "\\u003c")),
            version=version("speechmine"),
            **shown,
        )
        + "\n"
    )


def _script(page: str) -> str:
    """The script beside a template, if it has one of its own."""
    file = files("speechmine.explore") / page.replace(".html", ".js")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


class _Safe(str):
    """Text that is ready for its place in the page."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)
