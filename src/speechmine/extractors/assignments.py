"""Responsibility brackets and lines: （甲局牵头，乙局配合）, 责任单位：甲局、乙局."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from speechmine.extractors.party_lexicon import alternation
from speechmine.extractors.party_members import looks_like_list, members, names_only
from speechmine.extractors.party_roles import role_of
from speechmine.model import Party, PartyGroup, Role
from speechmine.patterns import compiled
from speechmine.rules.loader import default_rules
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.searching import Patterns, compile_search, patterns_by_id

__all__ = ["Assignment", "find_assignments"]

_CLOSING = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕", "［": "］"}
_BRACKET = compiled(r"[（(【\[〔［）)】\]〕］\n]")
# A bracket with a score is no longer.
_LONGEST_SCORE = 12
_LONGEST = 600
_LONGEST_INDENT = 40
_END_OF_LIST = compiled(r"[。\n]")
_END_OF_PART = r"(?=[，,；;。、\s]|$)"
_STOPS = "。；！"
# One bracket that holds names alone may sign a text; several that close sentences say who.
_LEAST_BARE = 2
_PIECE = compiled(r"[，,；;]")
_APART = compiled(r"[ \u3000\t]$")
_GAP = compiled(r"[\s；;，,。、]*")
_SHARES = ("lead", "cooperate")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is named for the work before it.

    Attributes:
        start, end: the bracket or the labelled lines.
        parties: in order, each with the role that label or predicate gives.
        block: it stands on a line of its own, so it may cover the whole block before it.
        nearest: a sentence that says who has the one before it, and nothing else.
        items: the numbers that it says it is for (第7至9条), as written; empty where it says none.
    """

    start: int
    end: int
    parties: tuple[Party, ...]
    block: bool
    nearest: bool = False
    items: str = ""


def find_assignments(
    text: str,
    rules: RuleSet | None = None,
    *,
    groups: Sequence[PartyGroup] | None = None,
) -> tuple[Assignment, ...]:
    """Every responsibility bracket and labelled line of a text, in order.

    Args:
        text: the matching view's text.
        rules: the default rules if None.
        groups: the mentions of the same text; canonical names are then those of its time.

    Returns:
        Assignments that do not overlap. Where the document says that the first one listed
        has the lead (列第一位者为牵头单位，下同), it has, from there on.

    Example:
        >>> (found,) = find_assignments("完善路网。（区交通局牵头，各镇按职责分工负责）")
        >>> [(p.text, p.role) for p in found.parties]
        [('区交通局', 'lead'), ('各镇', 'responsible')]
    """
    rules = rules or default_rules()
    reader = _Reader(text, rules, None if groups is None else _by_end(groups))
    brackets = list(_brackets(reader))
    bare = list(_bare(reader, {a.start for a in brackets}))
    if brackets or len(bare) >= _LEAST_BARE:
        brackets.extend(bare)
    lines = list(_lines(reader, sorted((a.start, a.end) for a in brackets)))
    taken = sorted([*brackets, *lines], key=lambda a: a.start)
    found = sorted([*taken, *_sentences(reader, taken)], key=lambda a: a.start)
    return tuple(_by_convention(reader, found))


@dataclass(frozen=True, slots=True)
class _Reader:
    """A text with the rules and, by where they end, the mentions already identified."""

    text: str
    rules: RuleSet
    known: Callable[[int], Party | None] | None

    def members(self, start: int, end: int, role: Role) -> tuple[Party, ...]:
        found = members(self.text, start, end, role, rules=self.rules)
        return found if self.known is None else tuple(self._identified(p) for p in found)

    def _identified(self, party: Party) -> Party:
        opens = _forms(self.rules).shapes["list.open"].search(self.text, party.start, party.end)
        known = self.known(opens.start() if opens else party.end) if self.known else None
        if known is None or known.start < party.start:
            return dataclasses.replace(party, name=None)
        return dataclasses.replace(party, body=known.body, name=known.name, level=known.level)


def _by_end(groups: Sequence[PartyGroup]) -> Callable[[int], Party | None]:
    """Finds the party that ends at a place."""
    of = {party.end: n for n, group in enumerate(groups) for party in group.parties}

    def ending(end: int) -> Party | None:
        parties = groups[of[end]].parties if end in of else ()
        return next((party for party in reversed(parties) if party.end == end), None)

    return ending


@dataclass(frozen=True, slots=True)
class _Forms:
    """Labels and predicates, compiled; a group name leads to the rule that it came from."""

    labels: re.Pattern[str]
    predicates: re.Pattern[str]
    conventions: re.Pattern[str]
    time: re.Pattern[str]
    roles: dict[str, Rule]
    shapes: Patterns


@functools.lru_cache(maxsize=8)
def _forms(rules: RuleSet) -> _Forms:
    sides: dict[str, list[tuple[str, Rule]]] = {}
    for number, rule in enumerate(rules.table("roles")):
        sides.setdefault(rule.attribute("side"), []).append((f"r{number}", rule))
    labels, predicates = sides["label"], sides["predicate"]
    shapes = patterns_by_id(rules, "party_shapes")
    marks = "|".join(shapes[f"assignment.{name}"].pattern for name in ("linked", "unmarked"))
    return _Forms(
        labels=compile_search(f"(?:{_named(labels)})(?:{marks})"),
        predicates=compile_search(f"(?:{_named(predicates)}){_END_OF_PART}"),
        conventions=compile_search(alternation(rule for _, rule in sides["convention"])),
        time=compile_search(f"(?:{alternation(rule for _, rule in sides['time'])}){_END_OF_PART}"),
        roles=dict(labels + predicates),
        shapes=shapes,
    )


def _named(entries: list[tuple[str, Rule]]) -> str:
    return "|".join(f"(?P<{name}>{rule.pattern})" for name, rule in entries)


def _role_of(match: re.Match[str], forms: _Forms) -> Role | None:
    return role_of(forms.roles[match.lastgroup or ""])


def _brackets(reader: _Reader) -> Iterator[Assignment]:
    forms = _forms(reader.rules)
    for start, end in _spans(reader.text):
        parties = _content(reader, start + 1, end - 1)
        if parties:
            alone = _stands_alone(reader.text, start, end)
            items = forms.shapes["assignment.items"].match(reader.text, start + 1, end)
            score = forms.shapes["assignment.score"].search(
                reader.text, max(0, start - _LONGEST_SCORE), start
            )
            first = score.start() if score else start
            yield Assignment(first, end, parties, alone, items=items[0] if items else "")


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Outermost brackets of one line."""
    open_at: list[int] = []
    for match in _BRACKET.finditer(text):
        mark = match[0]
        if mark == "\n":
            open_at.clear()
        elif mark in _CLOSING:
            open_at.append(match.start())
        elif open_at:
            start = open_at.pop()
            if not open_at and match.end() - start <= _LONGEST:
                yield start, match.end()


def _stands_alone(text: str, start: int, end: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    rest = text[end : len(text) if after < 0 else after]
    return not text[line:start].strip() and not rest.strip(" 。；")


def _content(reader: _Reader, start: int, end: int) -> tuple[Party, ...]:
    """The parties of a bracket's inside; none where it is some other remark."""
    forms = _forms(reader.rules)
    stop = _before_note(reader.text, start, end, forms)
    items = forms.shapes["assignment.items"].match(reader.text, start, stop)
    start = items.end() if items else start
    start = _past_times(reader.text, start, stop, forms)
    if forms.labels.match(reader.text, start, stop):
        return _labelled(reader, start, stop)
    return _predicated(reader, start, stop, forms)


def _past_times(text: str, at: int, end: int, forms: _Forms) -> int:
    """Where a bracket goes on behind the parts that only say when."""
    while at < end:
        part = forms.time.match(text, at, end)
        if part is None:
            break
        at = _after_gap(text, part.end(), end)
    return at


def _before_note(text: str, start: int, end: int, forms: _Forms) -> int:
    """Where a note such as 下同 begins that belongs to no list."""
    note = forms.conventions.search(text, start, end)
    if not note:
        return end
    return note.start() - (text[note.start() - 1] in "〔（([")


def _labelled(reader: _Reader, start: int, end: int) -> tuple[Party, ...]:
    forms = _forms(reader.rules)
    found: list[Party] = []
    labels = list(forms.labels.finditer(reader.text, start, end))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        role = _role_of(label, forms)
        stop = following.start() if following else end
        if role:
            stop = _before_note(reader.text, label.end(), stop, forms)
            found.extend(
                p
                for p in _listed(reader, label.end(), stop, role)
                if not forms.time.fullmatch(p.text)
                and not forms.shapes["assignment.term"].search(p.text)
            )
    return tuple(found)


def _listed(reader: _Reader, start: int, end: int, role: Role) -> Iterator[Party]:
    """A label's list; parts inside it (甲局牵头，乙局、丙局配合) say more than the label does."""
    forms, at = _forms(reader.rules), start
    for match in forms.predicates.finditer(reader.text, start, end):
        part = _role_of(match, forms)
        if part in _SHARES and _lists(reader, at, match.start(), end):
            own = 1 + max(reader.text.rfind(mark, at, match.start()) for mark in "，,；;")
            yield from reader.members(at, max(at, own), role)
            yield from _with_helpers(reader, max(at, own), match.start(), part)
            at = _after_gap(reader.text, match.end(), end)
    yield from reader.members(at, end, role)


def _predicated(reader: _Reader, start: int, end: int, forms: _Forms) -> tuple[Party, ...]:
    """甲局牵头，乙局、丙局配合: each predicate governs the list before it."""
    found: list[Party] = []
    at = start
    while at < end:
        match = forms.predicates.search(reader.text, at, end)
        if match and _in_time(reader.text, at, match, forms):  # 各部门，持续推进
            return ()
        role = _role_of(match, forms) if match else None
        stop = match.start() if match else end
        if not match or not role or not _lists(reader, at, stop, end):
            return ()
        found.extend(_with_helpers(reader, at, stop, role))
        at = _past_times(reader.text, _after_gap(reader.text, match.end(), end), end, forms)
        if forms.labels.match(reader.text, at, end):
            return (*found, *_labelled(reader, at, end))
    return tuple(found)


def _lists(reader: _Reader, at: int, stop: int, end: int) -> bool:
    """A list by itself, or one short word beside a list (示例产投负责，区财政局配合)."""
    text, rules = reader.text, reader.rules
    if looks_like_list(text, at, stop, rules):
        return True
    rest, word = _PIECE.search(text, stop, end), _forms(rules).shapes["assignment.word"]
    if rest is None or word.fullmatch(text, at, stop) is None:
        return False
    part = _forms(rules).predicates.search(text, rest.end(), end)
    return part is not None and looks_like_list(text, rest.end(), part.start(), rules)


def _in_time(text: str, at: int, predicate: re.Match[str], forms: _Forms) -> bool:
    """Whether what looks like a part is the end of a time behind the list's last comma."""
    comma = max(text.rfind(mark, at, predicate.start()) for mark in "，,；;")
    time = forms.time.match(text, comma + 1, predicate.end()) if comma >= at else None
    return time is not None and time.end() >= predicate.end()


def _with_helpers(reader: _Reader, start: int, end: int, role: Role) -> tuple[Party, ...]:
    """甲局会同乙局负责: what stands behind 会同 cooperates."""
    helped = _forms(reader.rules).shapes["assignment.helped"].search(reader.text, start, end)
    if helped is None:
        return reader.members(start, end, role)
    return (
        *reader.members(start, helped.start(), role),
        *reader.members(helped.end(), end, "cooperate"),
    )


def _bare(reader: _Reader, taken: set[int]) -> Iterator[Assignment]:
    """Brackets that close a sentence and hold names alone, where others of the text say parts.

    （区民政局，12月20日前） beside （区教育局牵头，各镇配合）.
    """
    for start, end in _spans(reader.text):
        if start not in taken and _closes_sentence(reader.text, start, end):
            parties = _names_alone(reader, start + 1, end - 1)
            if parties:
                yield Assignment(start, end, parties, _stands_alone(reader.text, start, end))


def _closes_sentence(text: str, start: int, end: int) -> bool:
    ends = text[end : end + 1] in ("", "\n", "。", "；")
    closes_line = text[end : end + 1] in ("", "\n")
    return ends and (closes_line or text[start - 1 : start] in _STOPS)


def _names_alone(reader: _Reader, start: int, end: int) -> tuple[Party, ...]:
    """Names that the table or their kind gives away, beside times and labelled lists only."""
    forms, found = _forms(reader.rules), list[Party]()
    at = start
    while at < end:
        at = _past_times(reader.text, _after_gap(reader.text, at, end), end, forms)
        if at >= end:
            break
        if forms.labels.match(reader.text, at, end):
            return (*found, *_labelled(reader, at, end)) if found else ()
        stop = _PIECE.search(reader.text, at, end)
        part = stop.start() if stop else end
        if not names_only(reader.text, at, part, reader.rules):
            return ()
        found.extend(reader.members(at, part, "responsible"))
        at = part
    return tuple(found)


def _sentences(reader: _Reader, taken: Sequence[Assignment]) -> Iterator[Assignment]:
    """A sentence that only says who and when (由水利局牵头，财政局配合，10月底前完成).

    以上由甲局、乙局按职责分工负责。 speaks of all that its paragraph has before it.
    """
    forms, text = _forms(reader.rules), reader.text
    starts = [a.start for a in taken]
    for sentence in forms.shapes["assignment.sentence"].finditer(text):
        start, end = sentence.span("who")
        i = bisect_right(starts, end)
        if i and taken[i - 1].end > start:
            continue
        parties = _predicated(reader, start, end, forms)
        if parties and all(names_only(text, p.start, p.end, reader.rules) for p in parties):
            nearest = sentence["all"] is None
            yield Assignment(sentence.start(), end, parties, block=False, nearest=nearest)


def _lines(reader: _Reader, taken: list[tuple[int, int]]) -> Iterator[Assignment]:
    """Labelled lists outside brackets; neighbours are one assignment."""
    forms = _forms(reader.rules)
    run: list[re.Match[str]] = []
    starts = [start for start, _ in taken]
    ends = list(itertools.accumulate((end for _, end in taken), max))
    for label in forms.labels.finditer(reader.text):
        before = bisect_right(starts, label.start())
        if before and label.start() < ends[before - 1]:
            continue
        if run and _list_end(reader.text, run[-1]) < label.start() - 1:
            yield from _run(reader, run)
            run = []
        run.append(label)
    yield from _run(reader, run)


def _list_end(text: str, label: re.Match[str]) -> int:
    return _after_gap(text, _stop(text, label), len(text))


def _stop(text: str, label: re.Match[str]) -> int:
    limit = min(len(text), label.end() + _LONGEST)
    stop = _END_OF_LIST.search(text, label.end(), limit)
    return stop.start() if stop else limit


def _after_gap(text: str, at: int, end: int) -> int:
    gap = _GAP.match(text, at, end)
    return gap.end() if gap else at


def _run(reader: _Reader, labels: list[re.Match[str]]) -> Iterator[Assignment]:
    if not labels or not _opens_line(reader.text, labels[0].start()):
        return
    end = _stop(reader.text, labels[-1])
    parties = _labelled(reader, labels[0].start(), end)
    if parties:
        start = labels[0].start()
        yield Assignment(start, end, parties, block=_stands_alone(reader.text, start, end))


def _opens_line(text: str, at: int) -> bool:
    """A label begins a line or follows a finished sentence; else it is a word of the prose."""
    window = text[max(0, at - _LONGEST_INDENT) : at]
    before = window.rstrip(" 　\t")
    # 新建水厂　责任单位：甲局: in a list of works a blank parts the columns.
    apart = _APART.search(window) is not None
    return not before or apart or before[-1] in "\n。；;）)】]|（([【"


def _by_convention(reader: _Reader, found: list[Assignment]) -> Iterator[Assignment]:
    if not found or _forms(reader.rules).conventions.search(reader.text) is None:
        yield from found
        return
    rules = [r for r in reader.rules.table("roles") if r.attribute("side") == "convention"]
    since: int | None = None
    everyone: int | None = None
    helped = False
    for rule in rules:
        match = re.search(rule.pattern or "", reader.text)
        if match and rule.value == "first":
            since = _reach(match.start(), found)
        elif match and rule.value == "all":
            everyone = _reach(match.start(), found)
        helped = helped or (match is not None and rule.value == "rest")
    for assignment in found:
        yield _led(assignment, since, everyone, helped=helped)


def _reach(at: int, found: list[Assignment]) -> int:
    """From where a convention holds: said in a bracket, from it on; said elsewhere, throughout."""
    return next((a.start for a in found if a.start <= at < a.end), 0)


def _led(
    assignment: Assignment, first: int | None, everyone: int | None, *, helped: bool
) -> Assignment:
    parties = assignment.parties
    # A leader who stands before the bodies takes no part in their order.
    at = next((i for i, p in enumerate(parties) if p.role not in ("leader", "person")), None)
    listed = at is not None and parties[at].role == "responsible"
    if at is None or not listed or any(party.role == "lead" for party in parties):
        return assignment
    if everyone is not None and assignment.start >= everyone:
        led = tuple(_lead(p) if p.role == "responsible" else p for p in parties)
    elif first is not None and assignment.start >= first:
        rest = (_helping(p) if helped else p for p in parties[at + 1 :])
        led = (*parties[:at], _lead(parties[at]), *rest)
    else:
        return assignment
    return dataclasses.replace(assignment, parties=led)


def _lead(party: Party) -> Party:
    return dataclasses.replace(party, role="lead")


def _helping(party: Party) -> Party:
    """列第一位的为牵头单位，其他单位配合."""
    helps = party.role == "responsible"
    return dataclasses.replace(party, role="cooperate") if helps else party
