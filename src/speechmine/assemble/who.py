"""Who: explicit parties, what carries over, responsibility brackets (GUIDELINE P1 to P8)."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Sequence

from speechmine.assemble.findings import (
    Draft,
    Findings,
    SegmentFindings,
    times_between,
)
from speechmine.assemble.headers import NOBODY, Header, announcer_of, header_of
from speechmine.assemble.inheritance import Inheritance, holds_on
from speechmine.assemble.when import time_of
from speechmine.assemble.when_above import TimesAbove
from speechmine.assemble.when_places import TimedRow
from speechmine.assemble.who_reader import INHERITED_ROLES, WhoReader
from speechmine.borders import Span
from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_lexicon import patterns_of
from speechmine.model import (
    Deadline,
    Party,
    PartySource,
    Segment,
    TaskMention,
)

__all__ = ["INHERITED_ROLES", "draft_rows"]

# 甲局牵头，乙局配合: whoever helps in a matter helps in what follows of it.
_CARRIED = INHERITED_ROLES | {"cooperate"}
_EXCEPTED = INHERITED_ROLES | {"leader"}
# Said behind a task these belong to it, not to the next one: 制定清单，抄送督查室.
_BEHIND = frozenset(("report_to", "supervise"))
# A name has two characters at least.
_SHORTEST = 2


def draft_rows(findings: Findings) -> Iterator[Draft]:
    """Drafts by segment; parties carry on only over a semicolon inside one item (P4)."""
    carried: tuple[Party, ...] = ()
    place: tuple[str | None, str | None] = (None, None)
    header, announcer = NOBODY, NOBODY
    above = TimesAbove(findings)
    for part, following in _with_next(findings.segments):
        segment = part.segment
        here = segment.section, segment.item
        if here != place or segment.discourse == "heading":
            carried = ()
        place = here
        header = header_of(part, findings) or (header if header.reaches(segment) else NOBODY)
        announcer = announcer if announcer.reaches(segment) else NOBODY
        reader = WhoReader(part, findings, announcer if announcer.parties else header)
        goes_on = segment.text[-1] in "；;" or _goes_on(reader, following)
        if goes_on or announcer.parties or any(findings.shows(m) for m in part.mentions):
            drafts, carried = _drafts(reader, carried)
        else:  # nobody is asked about, here or behind
            drafts = [Draft(mention, segment, (), Deadline()) for mention in part.mentions]
        announcer = _announcer(reader, announcer, following)
        carried = carried if goes_on else ()
        yield from (_timed(draft, part, above, findings) for draft in drafts)


def _with_next(
    parts: Sequence[SegmentFindings],
) -> Iterator[tuple[SegmentFindings, Segment | None]]:
    for part, following in itertools.zip_longest(parts, itertools.islice(parts, 1, None)):
        yield part, following.segment if following else None


def _goes_on(reader: WhoReader, following: Segment | None) -> bool:
    """管网由水务局改造。其中，南片要先通: who has the whole has its part, and what is beside it."""
    goes_on = reader.words["who.goes_on"]
    return following is not None and goes_on.match(following.text) is not None


def _announcer(reader: WhoReader, before: Header, following: Segment | None) -> Header:
    """Whoever has announced the list that goes on behind a segment."""
    rules = reader.findings.rules
    if before.parties:
        return before
    return announcer_of(reader.part, following, reader.own, rules)


def _timed(draft: Draft, part: SegmentFindings, above: TimesAbove, findings: Findings) -> Draft:
    """A draft with the time of its row, where a row may stand in the result."""
    mention = draft.mention
    if not findings.shows(mention):
        return draft
    found = time_of(TimedRow(part, mention, findings, above.at(mention.start, mention.end)))
    time, given = found.time, found.above
    rest = above.of_the_rest()
    if time.kind == "open" and mention.checkable and rest is not None:
        time, given = rest, True
    time = above.in_its_month(time, mention.start)
    return dataclasses.replace(draft, deadline=time, given=given)


def _drafts(reader: WhoReader, carried: tuple[Party, ...]) -> tuple[list[Draft], tuple[Party, ...]]:
    part, findings = reader.part, reader.findings
    current, source = _start(reader, carried)
    drafts: list[Draft] = []
    free = part.segment.start
    for i, mention in enumerate(part.mentions):
        span = (free, mention.clause[1])
        explicit = _explicit(reader, span, mention.start)
        if any(p.role in INHERITED_ROLES for p in explicit):
            current, source, parties = explicit, "sentence", explicit
        else:
            called = not carried and source == "item" and not reader.header.announces
            headed = reader.header.source == "item" and reader.header.parties
            foreign = carried and not headed and source == "item" and _foreign(reader)
            if foreign or (not called and _other_subject(reader, span)):
                current = ()
            parties = explicit
            if current and findings.shows(mention):
                others = _others_deed(reader, mention, () if explicit else current)
                held = () if others else _inherited(current, source)
                case = Inheritance(part, findings, mention, free, held, source, explicit)
                parties = (*held, *explicit) if held and holds_on(case) else explicit
        behind, free = _behind(reader, part.mentions, i)
        drafts.append(Draft(mention, part.segment, _joined(parties, behind), Deadline()))
    if not part.mentions and any(clause.modality for clause in part.clauses):
        current = _explicit(reader, (free, part.segment.end), part.segment.end) or current
    return drafts, tuple(p for p in current if p.role in _CARRIED)


def _others_deed(reader: WhoReader, mention: TaskMention, holders: Iterable[Party]) -> bool:
    """弄虚作假的，严肃问责; 所需资金由财政解决: not owed by whoever has the work before it.

    To hold others to account is the work of some: 县纪委监委要…，连续两次落后的，启动问责.
    """
    words = patterns_of(reader.findings.rules, "party_context")
    owing = [p for p in holders if p.role in INHERITED_ROLES]
    if owing and all(words["overseer"].search(party.text) for party in owing):
        return False
    return words["apart"].match(reader.findings.view.text, mention.start, mention.end) is not None


def _start(reader: WhoReader, carried: tuple[Party, ...]) -> tuple[tuple[Party, ...], PartySource]:
    if carried or reader.part.segment.discourse == "heading":
        return carried, "item"
    return reader.header.parties, reader.header.source


def _behind(
    reader: WhoReader, mentions: Sequence[TaskMention], i: int
) -> tuple[tuple[Party, ...], int]:
    """Parties said behind a task that are its own, and where the next task's words begin."""
    at = free = mentions[i].clause[1]
    last = i + 1 == len(mentions)
    stop = reader.part.segment.end if last else mentions[i + 1].clause[0]
    found: list[Party] = []
    for clause in reader.clauses((at, stop)):
        own = reader.own(clause)
        if not all(p.role in _BEHIND or (last and _given(p, reader)) for p in own):
            break
        if not own and not last:
            break
        found.extend(own)
        free = clause.end
    return tuple(found), free


def _given(party: Party, reader: WhoReader) -> bool:
    """由甲局负责, 会同乙局: a part in the task before, with no deed of its own."""
    text = reader.findings.view.text
    part = party.role == "lead" or reader.words["who.part"].match(text, party.end)
    given = part and reader.words["who.given"].match(text, party.start)
    return party.role == "cooperate" or given is not None


def _joined(parties: Iterable[Party], behind: Iterable[Party]) -> tuple[Party, ...]:
    found = list(parties)
    known = {(p.text, p.role) for p in found}
    return (*found, *(p for p in behind if (p.text, p.role) not in known))


def _other_subject(reader: WhoReader, span: Span) -> bool:
    """A new subject that is no party ends inheritance: 二期工程要抓紧验收."""
    if reader.words["who.part_of"].match(reader.part.segment.text):
        return False
    for clause in reader.clauses(span):
        if clause.subject and clause.modality:
            subject = reader.findings.view.text[slice(*clause.subject)]
            times = times_between(reader.findings.times, *clause.subject)
            if not reader.words["who.scope"].match(subject) and not times:
                return True
    return False


def _foreign(reader: WhoReader) -> bool:
    """甲区抓产业；乙山推进开发: words before the verb of a new part are a subject of its own."""
    clause = reader.part.clauses[0]
    text, at = reader.findings.view.text, clause.start
    others = (reader.words[name].match(text, at) for name in ("who.scope", "who.beside"))
    if clause.modality or any(others):
        return False
    cues = cues_of(reader.findings.rules)
    verbs = (i for i in range(at, clause.end) if cues.verbs.longest_at(text, i))
    end = clause.action[0] if clause.action[0] < clause.action[1] else next(verbs, at)
    while at < end and (length := cues.starters.longest_at(text, at)):
        at += length
    return end - at >= _SHORTEST and not times_between(reader.findings.times, at, end)


def _inherited(parties: Iterable[Party], source: PartySource) -> tuple[Party, ...]:
    return tuple(
        dataclasses.replace(party, source=source) for party in parties if party.role in _CARRIED
    )


def _explicit(reader: WhoReader, span: Span, since: int) -> tuple[Party, ...]:
    """Parties of the clauses in a span; before the task itself a later subject ends an earlier one.

    Inside the task all count (各村自己动手，驻村干部带头), up to one who has a 要 of its own.
    """
    found: list[Party] = []
    clauses = reader.clauses(span)
    for clause in clauses:
        own = reader.own(clause)
        if reader.tells(clause):
            own = tuple(p for p in own if p.role != "cooperate")
        if clause.start >= since and not any(p.role in _EXCEPTED for p in own):
            own = (*reader.learned((clause,), own), *own)
        if any(p.role in INHERITED_ROLES for p in own):
            alone = clause.start < since or clause.modality is not None
            if alone:
                found = [p for p in found if p.role not in INHERITED_ROLES]
        found.extend(own)
    if any(p.role in _EXCEPTED for p in found):
        return tuple(found)
    earlier = [clause for clause in clauses if clause.start < since]
    return (*reader.learned(earlier, found), *found)
