"""What a notebook shows of a record."""

from __future__ import annotations

__all__ = ["Shown"]


class Shown:
    """A record that a notebook shows as a table, as :mod:`speechmine.conversions` draws it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from speechmine.conversions import notebook_html

        return notebook_html(self)
