"""Templates of the workbench: everything that comes from a text is escaped."""

from __future__ import annotations

import functools
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any, get_args

from speechmine.model import Comparator, DeadlineKind, Discourse, MetricKind, Role

if TYPE_CHECKING:
    from jinja2 import Environment

    from speechmine.workbench.words import PageWords

__all__ = ["render_template"]

#: Codes that a reader chooses from.
_CHOICES = {
    "roles": get_args(Role),
    "kinds": get_args(DeadlineKind),
    "labels": get_args(Discourse),
    "metric_kinds": get_args(MetricKind),
    "comparators": get_args(Comparator),
}


def render_template(template: str, words: PageWords, **values: Any) -> str:
    """A template with the words of a language and the values given.

    Args:
        template: its file name.
        words: of the language.
        **values: what it shows.
    """
    return _templates().get_template(template).render(t=words, **values)


@functools.cache
def _templates() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files("speechmine.workbench") / "templates"
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {**_CHOICES, "version": version("speechmine")}
    return environment
