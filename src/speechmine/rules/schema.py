"""What a rule entry is, and the immutable set of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from speechmine.errors import RuleError

__all__ = ["Rule", "RuleSet"]

Scalar = str | int | float | bool
Attributes = Mapping[str, Scalar | tuple[Scalar, ...]]


def _no_attributes() -> Attributes:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a rule file.

    Attributes:
        id: unique in its table. value: what a match stands for.
        terms: literal spellings. pattern: a regular expression (``{name}`` takes in a
            fragment of the file's ``[fragments]``).
        since, until: first and last date (``1998`` or ``2018-03``) at which it holds.
        source: where the knowledge comes from.
        examples: sentences in which the rule must fire. counterexamples: in which it must not.
        attributes: any further fields of the entry.
    """

    id: str
    value: str
    terms: tuple[str, ...] = ()
    pattern: str | None = None
    since: str | None = None
    until: str | None = None
    source: str | None = None
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    attributes: Attributes = field(default_factory=_no_attributes)

    def attribute(self, name: str, default: str = "") -> str:
        """A further field as text."""
        return str(self.attributes.get(name, default))

    def flag(self, name: str) -> bool:
        """A further field as yes or no; absent is no."""
        return bool(self.attributes.get(name, False))

    def __reduce__(self) -> tuple[object, ...]:
        fields = {name: getattr(self, name) for name in self.__slots__}
        return _made_again, ({**fields, "attributes": dict(self.attributes)},)


def _made_again(fields: dict[str, Any]) -> Rule:
    """A rule that another process sent."""
    return Rule(**{**fields, "attributes": MappingProxyType(fields["attributes"])})


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """All tables of rules, with a version that names their content.

    Compared by identity, so that what is compiled from a rule set can be cached under it.
    """

    version: str
    tables: Mapping[str, tuple[Rule, ...]]

    def table(self, name: str) -> tuple[Rule, ...]:
        """The entries of one file, in file order.

        Raises:
            RuleError: there is no such table.
        """
        try:
            return self.tables[name]
        except KeyError:
            known = ", ".join(sorted(self.tables))
            raise RuleError(f"no rule table named {name!r}; there are: {known}") from None

    def terms(self, name: str) -> frozenset[str]:
        """All spellings of one table."""
        return frozenset(term for rule in self.table(name) for term in rule.terms)

    def __reduce__(self) -> tuple[object, ...]:
        return RuleSet, (self.version, dict(self.tables))
