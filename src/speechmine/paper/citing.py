"""How to cite the program."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Literal, get_args

from speechmine.errors import UsageError

__all__ = ["cite"]

Style = Literal["text", "bibtex", "cff"]


def cite(style: Style = "text") -> str:
    """How to cite speechmine, with the version that made the numbers.

    Args:
        style: ``text`` (for a list of references), ``bibtex``, or ``cff`` (CITATION.cff).

    Raises:
        UsageError: there is no such style.

    Example:
        >>> cite("bibtex").splitlines()[0]
        '@software{speechmine,'
    """
    if style not in get_args(Style):
        raise UsageError(f"style={style!r}: one of {', '.join(get_args(Style))} is expected")
    about = tomllib.loads((files("speechmine.paper") / "citation.toml").read_text("utf-8"))
    return {"text": _citation, "bibtex": _bibtex, "cff": _cff}[style](about)


def _citation(about: dict[str, Any]) -> str:
    return (
        f"{about['authors']} ({about['year']}). {about['title']} (version "
        f"{version('speechmine')}) [Computer software]."
    )


def _bibtex(about: dict[str, Any]) -> str:
    fields = {
        "author": f"{{{about['authors']}}}",
        "title": about["title"],
        "year": about["year"],
        "version": version("speechmine"),
        "license": about["license"],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@software{{speechmine,\n{lines}}}\n"


def _cff(about: dict[str, Any]) -> str:
    return (
        "cff-version: 1.2.0\n"
        f'message: "{about["message"]}"\n'
        "type: software\n"
        f'title: "{about["title"]}"\n'
        f'abstract: "{about["abstract"]}"\n'
        f"version: {version('speechmine')}\n"
        f"license: {about['license']}\n"
        f'authors:\n  - name: "{about["authors"]}"\n'
        "keywords:\n" + "".join(f'  - "{word}"\n' for word in about["keywords"])
    )
