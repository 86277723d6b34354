"""The level of a body: written before its name, once for a whole list, or the document's."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from speechmine.extractors.party_lexicon import lexicon_of, patterns_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from speechmine.extractors.party_names import Mention
    from speechmine.model import AdministrativeLevel
    from speechmine.rules.schema import RuleSet

__all__ = ["levels_of"]


def levels_of(
    text: str,
    mentions: Sequence[Mention],
    rules: RuleSet,
    *,
    document: AdministrativeLevel | None,
) -> Iterator[AdministrativeLevel | None]:
    """The level of each member of a coordination (市经贸委、国土房管局: both the city's).

    Args:
        text: the matching view's text.
        mentions: in order.
        rules: where the words for levels stand.
        document: whose text it is; a body named without any level is of that one.

    Returns:
        None where it is not certain: a zone's bureau, addressees by kind, and 市 in a text
        of county level, which may be the city above it or a county that is called a city.
    """
    given = document
    for mention in mentions:
        if mention.kind != "body":
            yield None
            continue
        written = _written(text, mention)
        if written:
            level = _read(written, text[mention.start : mention.end], rules)
            unsure = level == "prefecture" and document in ("county", "township")
            given = None if unsure else level
        yield given
        # 国家发改委、财政局: what is national says nothing of the next.
        given = document if written and given == "national" else given


def _written(text: str, mention: Mention) -> str:
    """The words for place and level that a mention has itself."""
    entry = mention.entry
    if mention.start < mention.core:
        return text[mention.start : mention.core]
    if entry is None:
        return text[mention.start : mention.end]
    scope = entry.attribute("scope")
    # 区委, 县政府: the level is the first character of the spelling.
    return {"level": text[mention.core], "national": "国家"}.get(scope, "")


def _read(written: str, name: str, rules: RuleSet) -> AdministrativeLevel | None:
    place = lexicon_of(rules).shapes["level.attached"].sub("", written)
    for level, pattern in patterns_of(rules, "levels").items():
        if pattern.search(place) or (level == "township" and pattern.search(name)):
            return cast("AdministrativeLevel", level)
    return None
