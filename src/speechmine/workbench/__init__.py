"""The workbench: texts and ledgers in a browser, corrected in place; the same for programs.

    app.py       put together             guard.py     who may ask for what
    pages.py     what people see          api.py       what programs ask for
    commands.py  corrections as they come in            views.py   what is shown of a text
    jobs.py      work done in processes of its own      hands.py   how many of them, how long
    words.py     the words of the pages, Chinese and English

Nothing leaves the machine but what a reader pushes to a tracker named at the start.
Names are loaded when they are first used: processes that read texts need no server.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speechmine.workbench.app import make_app
    from speechmine.workbench.settings import ReadBy, Settings

__all__ = ["ReadBy", "Settings", "make_app"]

_MODULE = {"ReadBy": "settings", "Settings": "settings", "make_app": "app"}


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module 'speechmine.workbench' has no attribute {name!r}")
    return getattr(import_module(f"speechmine.workbench.{_MODULE[name]}"), name)
