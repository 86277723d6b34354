"""What every table of the comparison carries: method, parameters, vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["Compared", "Named", "tidy"]


class Compared(Protocol):
    """What a table was made from: so many texts, chosen so, with a hash of all of them."""

    def __len__(self) -> int: ...

    @property
    def filters(self) -> Mapping[str, object]:
        """How the texts were narrowed."""

    @property
    def fingerprint(self) -> str:
        """A hash of all texts and their names."""


class Named(Protocol):
    """What has a name made of its content."""

    @property
    def id(self) -> str:
        """The name."""


def tidy(
    frame: pd.DataFrame,
    method: str,
    *,
    corpus: Compared | None = None,
    vocabulary: Named | None = None,
    **params: object,
) -> pd.DataFrame:
    """The frame with a clean index and, in ``attrs``, how it was made.

    Args:
        frame: the table.
        method: the statistic and where it is defined.
        corpus: whose filters, size and fingerprint are noted.
        vocabulary: whose id is noted; counts under different ids are not comparable.
        params: all that changes the numbers.

    Example:
        >>> import pandas as pd
        >>> tidy(pd.DataFrame({"n": [1]}), "count", by="year").attrs
        {'method': 'count', 'params': {'by': 'year'}}
    """
    attrs: dict[str, object] = {"method": method, "params": dict(params)}
    if vocabulary is not None:
        attrs["vocabulary"] = vocabulary.id
    if corpus is not None:
        attrs["n_reports"] = len(corpus)
        attrs["inputs"] = corpus.fingerprint
        attrs["filters"] = _plain_filters(corpus.filters)
    done = frame.reset_index(drop=True)
    done.attrs.update(attrs)
    return done


def _plain_filters(filters: Mapping[str, object]) -> dict[str, object]:
    return {name: _in_order(value) for name, value in filters.items()}


def _in_order(value: object) -> object:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    # A tuple is a range of years, a list is a list.
    if isinstance(value, Sequence) and not isinstance(value, (str, tuple)):
        return list(value)
    return value
