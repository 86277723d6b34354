"""What reports promise and what the next ones say of it: targets, achieved, promises, ratchet.

    >>> from speechmine.model import Document
    >>> from speechmine.pledges import targets
    >>> text = "今年的主要预期目标是：地区生产总值增长5%左右。"
    >>> panel = targets([Document(text, id="a", date="2024-01-08", place="东河县")])
    >>> panel[["place", "year", "indicator_id", "low", "comparator"]].values.tolist()
    [['东河县', 2024, 'gdp_growth', 5.0, '~']]

Names are loaded when they are first used: they bring pandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speechmine.pledges.amplification import ratchet
    from speechmine.pledges.panel import achieved, targets
    from speechmine.pledges.promised import promises

_MODULE = {
    "achieved": "panel",
    "promises": "promised",
    "ratchet": "amplification",
    "targets": "panel",
}

__all__ = ["achieved", "promises", "ratchet", "targets"]


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module 'speechmine.pledges' has no attribute {name!r}")
    value = getattr(import_module(f"speechmine.pledges.{_MODULE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
