"""What is seen of a row that names nobody, and of those who may have it, as keys of the weights."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.assemble.who_reader import WhoReader
from speechmine.changes import quickly_made
from speechmine.extractors.subject_places import ClauseHead
from speechmine.model import Clause, Party, TaskMention
from speechmine.numerals import DIGITS
from speechmine.packed import starting_at
from speechmine.patterns import compiled
from speechmine.text import starting_in

__all__ = ["Holder", "UnnamedRow", "keys_of_holders"]

_DIGITS = compiled(rf"[\d{DIGITS}]+")
_DISTANCES = (8, 16, 32, 64, 128)
_LONG_GAP = 3
_MOST_ROWS = 3
_CROSSED = 8
_SCOPES = ("a", "h", "i")
_FAR_VERB = 8


@quickly_made
@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may have a row.

    Attributes:
        parties: as the row would have them.
        start: where he is named.
        seen: how he stands to the row: in its sentence (``s``) or its paragraph (``l``) as the
            last or the one before, first in the paragraph (``f``), in its heading (``h``), at the
            head of its line (``i``) or its list (``a``), in the row before (``p``), last in the
            paragraph before (``x``).
        helped: those who help him go with him.
    """

    parties: tuple[Party, ...]
    start: int
    seen: tuple[str, ...]
    helped: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class UnnamedRow:
    """A row that names nobody who answers for it.

    Attributes:
        reader: of its segment.
        mention: the row. since: where the words begin that may be its own.
        named: whom it names in other parts. holders: those who may have it.
    """

    reader: WhoReader
    mention: TaskMention
    since: int
    named: Sequence[Party]
    holders: Sequence[Holder]


def keys_of_holders(row: UnnamedRow) -> Iterator[list[str]]:
    """The keys of nobody, then those of each who may have a row.

    Args:
        row: with those who may have it.
    """
    known = "".join(sorted({seen for holder in row.holders for seen in holder.seen}))
    yield ["N", f"N{known}"]
    clauses, start = row.reader.part.clauses, row.mention.start
    clause = next((c for c in clauses if c.end > start), clauses[0])
    head = row.reader.head(clause)
    of_row = _of_row(row, clause, head)
    for holder in row.holders:
        own = _of_holder(row, holder, head)
        crossed = [f"{h}|{r}" for h in own[:3] for r in of_row[:_CROSSED]]
        # Whether those who help go on to help.
        helpers = ["+", *(f"+{key}" for key in of_row[:_CROSSED])] if holder.helped else ()
        yield ["", *of_row, *own, *crossed, *helpers]


def _of_row(row: UnnamedRow, clause: Clause, head: ClauseHead) -> list[str]:
    """How the row begins, and where it stands; the first ones are crossed."""
    part, mention, text = row.reader.part, row.mention, head.text
    at, segment = clause.start, part.segment
    while at in head.times:
        at = head.times[at]
    begins = head.opening(at) if at < head.end else "E"
    where, ends = _where(row, clause), text[clause.end - 1 : clause.end]
    verb = mention.action[0] - at if mention.action[0] < mention.action[1] else -1
    groups = starting_in(row.reader.findings.groups, mention.start, mention.end)
    until = min(mention.end, clause.end)
    # 其中, 同时, 一是
    opens = _DIGITS.sub("#", text[segment.start : clause.start])
    return [
        *(f"o{begins}", f"p{where}", f"op{begins}{where}", f"b{mention.modality}"),
        f"m{begins}{clause.modality is not None:d}{clause.subject is not None:d}",
        *(f"d{ends}{text[clause.end : clause.end + 1]}", f"V{clause.verb}"),
        *((f"C{opens}",) if clause is part.clauses[0] else ()),
        f"x{''.join(sorted({party.role for party in row.named}))}",
        *(f"1{text[at : at + 1]}", f"2{text[at : at + 2]}", f"3{text[at : at + 3]}"),
        *(f"O{head.opening(clause.start)}", f"t{at > clause.start:d}"),
        *(f"l{segment.discourse}", f"e{ends}", f"E{text[mention.end - 2 : mention.end]}"),
        *(f"u{min(verb, _FAR_VERB)}{begins}", f"v{text[slice(*mention.action)]}"),
        f"i{(mention.item or segment.item) is not None:d}",
        f"g{min(2, len(groups))}",
        *[f"w{text[i : i + 2]}" for i in range(at, until - 1)],
    ]


def _of_holder(row: UnnamedRow, holder: Holder, head: ClauseHead) -> list[str]:
    """How whoever may have the row stands to it, and what kind of name he has."""
    party, text, start = holder.parties[0], head.text, row.mention.start
    gap = text[holder.start : start]
    marks = "n" if "\n" in gap else "." if "。" in gap else ";" if "；" in gap else ","
    # Somebody named twice is where he was named last.
    seen = "".join(s for s in holder.seen if f"{s[0]}{int(s[1:] or 0) - 1}" not in holder.seen)
    kind = f"{party.generic:d}{party.distributive:d}{party.body is not None:d}"
    first = holder is row.holders[0] or holder.parties == row.holders[0].parties
    rows = sum(holder.start <= m.start < start for m in row.reader.part.mentions)
    far = bisect_left(_DISTANCES, len(gap))
    # Whom a heading, a line or a list names holds to its end, however far that is.
    scope = next((s for s in _SCOPES if s in holder.seen), holder.seen[0])
    asked = head.cues.context["modal"].match(text, party.end) is not None
    opens, item = head.opening(head.start), _whose_item(row, holder.start)
    behind = text[party.end : party.end + 1]
    line = text[text.rfind("\n", 0, party.start) + 1 : party.start]
    return [
        *(f"S{seen}", f"G{marks}{scope}", f"k{kind}{marks}"),
        *[f"T{each}" for each in holder.seen],
        *(f"F{first:d}", f"F{first:d}{marks}", f"F{first:d}{len(row.holders)}"),
        *(f"k{kind}", f"R{min(rows, _MOST_ROWS)}{marks}"),
        *((f"f{far}", f"f{far}{marks}") if scope not in _SCOPES else ()),
        *(f"c{len(holder.parties)}", f"r{party.role}", f"a{party.text[-1:]}"),
        *(f"A{party.text[-2:]}", f"s{party.source}"),
        f"Y{'f' in holder.seen:d}{party.generic:d}{asked:d}{opens}{marks}",
        *(f"I{item}", f"I{item}{marks}", f"I{item}{marks}{scope}"),
        *(f"B{behind}", f"B{behind}{marks}", f"L{min(len(line), 4)}{marks}"),
    ]


def _whose_item(row: UnnamedRow, place: int) -> str:
    """Whether somebody is named in no item, in that of the row, or in another one."""
    segments = row.reader.findings.segments
    item = segments[max(0, starting_at(segments, place + 1) - 1)].segment.item
    return "n" if item is None else "=" if item == row.reader.part.segment.item else "o"


def _where(row: UnnamedRow, clause: Clause) -> str:
    """Behind another row and what mark, in the midst of a sentence, or at the head of one."""
    text, part = row.reader.findings.text, row.reader.part
    if row.mention is not part.mentions[0]:
        gap = text[row.since : row.mention.start]
        return f"in{gap[:1]}{'+' * (len(gap) > _LONG_GAP)}"
    if clause is not part.clauses[0]:
        return "mid"
    line = text.rfind("\n", 0, part.start) + 1
    return "sent" if text[line : part.start].strip() else "line"
