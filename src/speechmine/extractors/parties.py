"""Who is named: bodies, generic addressees and persons by office, in coordinated groups."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from typing import TYPE_CHECKING

from speechmine.extractors.party_cues import (
    Cues,
    acts_by_word,
    acts_in_time,
    behind_name,
    cues_of,
    is_cued,
    opens_predicate,
    stands_free,
)
from speechmine.extractors.party_lexicon import Lexicon, lexicon_of
from speechmine.extractors.party_lists import (
    Tail,
    find_tails,
    find_town_lists,
    join_groups,
    levels_of,
)
from speechmine.extractors.party_names import (
    Mention,
    find_generics,
    find_names,
    without_overlap,
)
from speechmine.extractors.party_offices import (
    find_offices,
    find_persons,
    find_portfolios,
    with_offices,
)
from speechmine.extractors.party_roles import clause_parties
from speechmine.extractors.party_shapes import (
    find_bracketed,
    find_towns,
)
from speechmine.model import AdministrativeLevel, Party, PartyGroup
from speechmine.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from speechmine.model import Deadline
    from speechmine.rules.schema import RuleSet
    from speechmine.rules.searching import Patterns

__all__ = ["behind_times", "clause_parties", "find_party_groups"]

# A title or a short quotation is atomic (GUIDELINE S8); a long one is an instruction.
_QUOTED = compiled(r"“[^“”\n]{1,60}”|《[^《》\n]{1,80}》")

# 住建局，供暖投诉还是多: at the head of a sentence whoever is called upon has what follows.
_SENTENCE = compiled(r"(?:^|[。！？\n])[ \u3000]*$")
# 2.2 县指挥部办公室 on a line of its own: no number of a heading is longer.
_LONGEST_NUMBER = 14
_COLONS = ("：", ":")


def behind_times(
    groups: Iterable[PartyGroup], times: Sequence[Deadline], rules: RuleSet
) -> Iterator[PartyGroup]:
    """The groups, no name beginning with a time: 七八月份县水利局 is 县水利局.

    Args:
        groups: as :func:`find_party_groups` gave them.
        times: of the same text.
        rules: the rule set.
    """
    counted = lexicon_of(rules).shapes["time.counted"]
    ends = {
        time.start: time.end
        for time in times
        if time.start is not None and counted.search(time.text or "")
    }
    for group in groups:
        first = group.parties[0]
        end = ends.get(first.start)
        if end is None or end >= first.end:
            yield group
            continue
        name = dataclasses.replace(first, text=first.text[end - first.start :], start=end)
        yield PartyGroup(end, group.end, (name, *group.parties[1:]))


def find_party_groups(
    text: str,
    rules: RuleSet,
    *,
    level: AdministrativeLevel | None = None,
    date: str | None = None,
) -> tuple[PartyGroup, ...]:
    """Every mention of bodies and addressees, coordinated ones in one group.

    Args:
        text: the matching view's text.
        rules: the rule set.
        level: whose text it is; decides the canonical names.
        date: ISO date of the text; names are those of that time.

    Returns:
        Groups in text order. A mention is not yet a party of a task: see
        :func:`clause_parties`.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> said = "区纪委、法院、司法等部门要成立工作组"
        >>> (group,) = find_party_groups(said, default_rules())
        >>> [p.text for p in group.parties], group.parties[0].open_list
        (['区纪委', '法院', '司法'], True)
    """
    tails = [*find_tails(text, rules), *find_town_lists(text, rules)]
    mentions = _outside_quotes(text, _mentions(text, tails, rules))
    by_start = {tail.start: tail for tail in tails}
    found = []
    for group in join_groups(text, mentions, tails, rules):
        tail = by_start.get(group[-1].end)
        if _counts(text, group, tail, rules):
            found.append(_group(text, group, tail, rules, (date, level)))
    return tuple(found)


def _mentions(text: str, tails: list[Tail], rules: RuleSet) -> list[Mention]:
    """All mentions; what closes a list (三个乡镇, 有关单位) is no further one."""
    closing = {at for tail in tails for at in range(tail.start, tail.end)}
    generics = (
        m for m in find_generics(text, rules) if m.start not in closing or m.end - 1 not in closing
    )
    known = without_overlap(
        [
            *(member for tail in tails for member in tail.members),
            *find_names(text, rules),
            *generics,
            *find_towns(text, rules),
            *find_bracketed(text, rules),
            *find_portfolios(text, rules),
        ]
    )
    persons = list(find_persons(text, rules))
    offices = [o for o in find_offices(text, rules) if not _in_a_person(o, persons)]
    return with_offices(with_offices(known, offices), persons)


def _in_a_person(office: Mention, persons: list[Mention]) -> bool:
    """教务处 of 教务处刘主任 is no office of its own."""
    i = bisect_right(persons, office.start, key=lambda person: person.start)
    return i > 0 and office.start < persons[i - 1].end


def _outside_quotes(text: str, mentions: list[Mention]) -> list[Mention]:
    spans = [match.span() for match in _QUOTED.finditer(text)]
    if not spans:
        return mentions
    found, at = [], 0
    for mention in mentions:
        while at < len(spans) and spans[at][1] <= mention.start:
            at += 1
        inside = at < len(spans) and spans[at][0] < mention.start and mention.end < spans[at][1]
        alone = inside and mention.end - mention.start == spans[at][1] - spans[at][0] - 2
        if not inside or alone:
            found.append(mention)
    return found


def _counts(text: str, group: list[Mention], tail: Tail | None, rules: RuleSet) -> bool:
    """A group of weak mentions counts only where its place in the clause makes it a party."""
    if not all(mention.weak for mention in group):
        return True
    cues = cues_of(rules)
    start, end = group[0].start, tail.end if tail else group[-1].end
    if is_cued(text, start, end, cues):
        return True
    if any(mention.entry and mention.entry.flag("acts") for mention in group):
        return opens_predicate(text, end, cues)
    return _office_acts(text, group, end, lexicon_of(rules).shapes, cues)


def _office_acts(text: str, group: list[Mention], end: int, shapes: Patterns, cues: Cues) -> bool:
    """总务科派人去看, 热力公司月底前换泵: an office by shape or kind, heading a clause."""
    start = group[0].start
    if not all(m.kind == "body" and _is_office(text, m, shapes) for m in group):
        return False
    if not stands_free(text, start, cues) or shapes["name.counted"].match(text, start):
        return False
    numbered = shapes["name.numbered"].search(text, max(0, start - _LONGEST_NUMBER), start)
    if numbered and shapes["name.line_end"].match(text, end):
        return True
    if _SENTENCE.search(text, max(0, start - 3), start):
        duties = cues.context["standing"].match(text, end)
        if duties and text[duties.end() : duties.end() + 1] in _COLONS:
            return True
        if shapes["name.called"].match(text, end):
            return True
    behind = behind_name(text, end, cues)
    return acts_by_word(text, behind, cues) or acts_in_time(text, behind, cues)


def _is_office(text: str, mention: Mention, shapes: Patterns) -> bool:
    """A place (园区, 博物馆) acts by 要 only; 特殊教育学校 is a kind, 河东区医院 is one."""
    name = text[mention.start : mention.end]
    if shapes["name.place"].search(name):
        return False
    if mention.entry is None or mention.entry.attribute("scope") != "named":
        return True
    levelled = shapes["name.levelled"].search(text, mention.start, mention.core)
    return mention.start == mention.core or levelled is not None


def _group(
    text: str,
    mentions: list[Mention],
    tail: Tail | None,
    rules: RuleSet,
    when: tuple[str | None, AdministrativeLevel | None],
) -> PartyGroup:
    opens = tail is not None and tail.open_list
    named = (_party_of_mention(text, m, lexicon_of(rules), when, open_list=opens) for m in mentions)
    levels = levels_of(text, mentions, rules, document=when[1])
    parties = tuple(
        party if party.generic else dataclasses.replace(party, level=level)
        for party, level in zip(named, levels, strict=True)
    )
    end = tail.end if tail else mentions[-1].end
    return PartyGroup(mentions[0].start, end, parties)


def _party_of_mention(
    text: str,
    mention: Mention,
    lexicon: Lexicon,
    when: tuple[str | None, AdministrativeLevel | None],
    *,
    open_list: bool,
) -> Party:
    body, name = _identity(text, mention, lexicon, when)
    kind = mention.kind
    answers = mention.entry is not None and mention.entry.flag("answers")
    return Party(
        text=text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        role="leader" if kind == "leader" and not answers else "responsible",
        generic=kind in ("generic", "leader") or _is_class(text, mention, lexicon.shapes),
        open_list=open_list,
        distributive=kind == "every",
        body=body,
        name=name,
    )


def _is_class(text: str, mention: Mention, shapes: Patterns) -> bool:
    """各级财政部门, 企业: a kind of body, nobody in particular (GUIDELINE P5)."""
    if mention.start < mention.core and shapes["name.each"].match(text, mention.start):
        return True
    if mention.entry is None or mention.entry.attribute("use") not in ("class", "anaphor", "topic"):
        return False
    if mention.entry.attribute("scope") == "named":
        # 街道, 开发区 are a kind of body; with a name before them they are one.
        one = shapes["name.one"].match(text, mention.start)
        return mention.start == mention.core or one is not None
    return mention.entry.attribute("use") != "topic"


def _identity(
    text: str,
    mention: Mention,
    lexicon: Lexicon,
    when: tuple[str | None, AdministrativeLevel | None],
) -> tuple[str | None, str | None]:
    if mention.entry is None or mention.kind != "body":
        return None, None
    core, terms = text[mention.core : mention.end], mention.entry.terms
    # The last member of 组织、宣传部门 carries the tail in its text; a 分局 is spelled otherwise.
    lengths = range(len(core), 0, -1)
    spelling = next((core[:n] for n in lengths if core[:n] in terms), terms[0])
    return lexicon.identify(spelling, *when)
