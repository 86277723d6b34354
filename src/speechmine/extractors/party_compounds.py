"""Names that join portfolios as no table can list them: 财政金融局, 自然资源和规划分局."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from speechmine.extractors.party_lexicon import Lexicon, lexicon_of
from speechmine.rules.scanning import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from speechmine.rules.schema import RuleSet

__all__ = ["find_compounds"]

_MOST_STEMS = 4


def find_compounds(text: str, rules: RuleSet) -> Mapping[int, tuple[int, bool]]:
    """Names of several portfolios that the table does not have.

    Args:
        text: the matching view's text.
        rules: where the portfolios come from.

    Returns:
        By where each begins: where it ends, and whether it is weak (a 服务中心 or 站 may be
        a building).

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> find_compounds("请文教卫生局和应急分局到会", default_rules())
        {1: (6, False), 7: (11, False)}
    """
    return dict(_compounds(text, lexicon_of(rules), _stems(rules)))


def branch_end(text: str, end: int, lexicon: Lexicon) -> int:
    """Where the branch, office or second name of a body ends.

    市生态环境局某某分局, 防汛专班办公室, 市城管局（执法局）.

    Args:
        text: the matching view's text.
        end: where the body's own name ends.
        lexicon: the spellings of bodies.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> branch_end("市生态环境局松河分局要取样", 6, lexicon_of(default_rules()))
        10
    """
    shapes = lexicon.shapes
    office = shapes["name.own_office"].match(text, end)
    end = office.end() if office else end
    second = shapes["name.second"].match(text, end) or shapes["name.branch"].match(text, end)
    return second.end() if second else end


def _compounds(
    text: str, lexicon: Lexicon, stems: frozenset[str]
) -> Iterator[tuple[int, tuple[int, bool]]]:
    longest = max(map(len, stems), default=0)
    duties = tuple(lexicon.duties)
    floor = 0
    for unit in find_all(lexicon.shapes["compound.unit"], text):
        end = unit.end()
        building = unit["centre"] and not text.endswith(duties, 0, unit.start())
        if building or lexicon.guards.holding("right", text, unit.start(), end):
            continue
        starts = _portfolio_starts(text, unit.start(), floor, stems, longest)
        start = _trimmed(text, starts, end, lexicon)
        level = lexicon.shapes["compound.level"].match(text, start) is not None
        least = 1 if unit["firm"] or level else 2
        named = level if unit["station"] else len(starts) >= least
        if starts and named and not _in_table(text, start, end, lexicon):
            yield start, (end, bool(unit["centre"] or unit["station"]))
        floor = end


def _portfolio_starts(
    text: str, end: int, floor: int, stems: frozenset[str], longest: int
) -> list[int]:
    """Where portfolios begin that stand one before the other up to ``end``, last one first."""
    found: list[int] = []
    at = end
    while len(found) < _MOST_STEMS:
        lengths = range(min(longest, at - floor), 1, -1)
        length = next((n for n in lengths if text[at - n : at] in stems), 0)
        if not length:
            break
        at -= length
        found.append(at)
    return found


def _trimmed(text: str, starts: list[int], end: int, lexicon: Lexicon) -> int:
    """组织财政局开展: a first word that is also a verb stays out where the rest has a name."""
    for start, rest in zip(starts[::-1], starts[-2::-1], strict=False):
        if text[start:rest] not in lexicon.openers or text[rest:end] not in lexicon.spellings:
            return start
    return starts[0] if starts else end


def _in_table(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the table has the name, or a longer one that ends with it."""
    return any(begin <= start for begin, _ in lexicon.ending(text, end, 0))


@functools.lru_cache(maxsize=8)
def _stems(rules: RuleSet) -> frozenset[str]:
    """Portfolios: by themselves in the table, or what its names say before their unit."""
    shapes = lexicon_of(rules).shapes
    of_name, none = shapes["compound.stem"], shapes["compound.no_stem"]
    found = {t for r in rules.table("body_guards") if r.value == "portfolio" for t in r.terms}
    for alias in rules.table("body_aliases"):
        use, local = alias.attribute("use"), alias.attribute("scope") != "national"
        if use == "portfolio":
            found.update(term for term in alias.terms if len(term) > 1)
        elif use == "name" and local:
            found.update(s["stem"] for t in alias.terms if (s := of_name.fullmatch(t)))
    return frozenset(stem for stem in found if not none.search(stem))
