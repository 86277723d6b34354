"""Rows to tasks: who, by when, what brackets give, then level, title, numbers and measures."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Literal

from speechmine.assemble.bracketed import assigned
from speechmine.assemble.findings import (
    FIRM_KINDS,
    INHERITED_ROLES,
    Draft,
    Findings,
    SegmentFindings,
)
from speechmine.assemble.notes import NoteReaches, note_reaches
from speechmine.assemble.owed import with_owed_blocks
from speechmine.assemble.when import time_of
from speechmine.assemble.when_above import TimesAbove
from speechmine.assemble.when_places import TimedRow
from speechmine.assemble.who import parties_of_rows
from speechmine.borders import Span
from speechmine.changes import changed
from speechmine.characters import bare
from speechmine.model import Deadline, Metric, Task, TaskMention, content_id
from speechmine.packed import in_order, starting_after
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.text import legible, starting_in

__all__ = ["assemble_tasks", "themes_of", "with_deed"]

_LONGEST_TITLE = 60
_SHORTEST_TITLE = 4
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("‘", "’"))


def assemble_tasks(findings: Findings) -> Sequence[Task]:
    """Join every row with its parties, its deadline and its numbers.

    Args:
        findings: what the extractors saw.

    Returns:
        Tasks of all levels with offsets of the original text, in document order.
    """
    notes = note_reaches(findings) if findings.assignments else None
    if notes is not None:
        findings = with_owed_blocks(findings, notes.blocks)
    # Those of a segment need not come in their order.
    metrics = findings.keep(in_order(findings.metrics))
    return findings.keep(
        task
        for drafts in _drafts(findings, notes)
        for task in _with_measures([_task(draft, findings, metrics) for draft in drafts])
    )


def _drafts(findings: Findings, notes: NoteReaches | None) -> Iterator[list[Draft]]:
    """The rows of each segment: who, by when, and what the brackets around them give."""
    above = TimesAbove(findings)
    for part, parties in parties_of_rows(findings):
        drafts = [
            Draft(mention, part.segment, whose, *_time(mention, part, above, findings))
            for mention, whose in zip(part.mentions, parties, strict=True)
        ]
        if notes is not None:
            drafts = [assigned(draft, notes, findings) for draft in drafts]
        yield drafts


def _time(
    mention: TaskMention, part: SegmentFindings, above: TimesAbove, findings: Findings
) -> tuple[Deadline, bool]:
    """By when, where a row may stand in the result, and whether a line above says so."""
    if not findings.shows(mention):
        return Deadline(), False
    lined = above.at(mention.start, mention.end)
    time = time_of(TimedRow(part, mention, findings, lined)).time
    given = lined is not None and (time.start, time.kind) == (lined.start, lined.kind)
    if time.kind == "open" and mention.checkable and above.of_the_rest is not None:
        time, given = above.of_the_rest, True
    return above.in_its_month(time, mention.start), given


def _task(draft: Draft, findings: Findings, metrics: Sequence[Metric]) -> Task:
    view, mention = findings.view, draft.mention
    # A task's span ends where a responsibility bracket begins.
    brackets = starting_in(findings.assignments, mention.start + 1, mention.end)
    end = brackets[0].start if brackets else mention.end
    start, stop = view.place(mention.start, end)
    text = view.original[start:stop]
    action = view.quote(*mention.action)
    target = view.quote(mention.object[0], min(end, mention.object[1]))
    shown = findings.shows(mention)
    if not action and mention.group is not None:
        action = _verb_of(mention.group, findings)
    return Task(
        id=content_id("t", (findings.document.id, start, stop, text)) if shown else "",
        text=text,
        start=start,
        end=stop,
        title=_title(action, target, mention, text, findings.rules) if shown else "",
        level=_level(draft, findings),
        action=action,
        object=target,
        modality=mention.modality,
        section=draft.segment.section,
        item=mention.item or draft.segment.item,
        group=view.quote(*mention.group) if mention.group else None,
        parties=tuple([view.restore(party) for party in draft.parties]),
        deadline=view.restore(draft.deadline),
        metrics=_metrics_of(mention, metrics) if shown else (),
        measures=(),
        result=view.quote(*mention.result) if mention.result else None,
        duplicate_of=None,
        themes=(),
        rule=mention.rule,
        confidence=None if mention.confidence is None else round(mention.confidence, 2),
    )


def _metrics_of(mention: TaskMention, metrics: Sequence[Metric]) -> tuple[str, ...]:
    end = mention.result[1] if mention.result else mention.end
    here = starting_in(metrics, mention.start, end + 1)
    return tuple([metric.id for metric in here if metric.end <= end])


def _verb_of(group: Span, findings: Findings) -> str:
    """What the clause that announces a list says is to be done."""
    part = findings.segments[starting_after(findings.segments, group[0]) - 1]
    found = next((c for c in part.clauses if (c.start, c.end) == group), None)
    return findings.view.quote(*found.action) if found else ""


def with_deed(task: Task) -> Task:
    """A task whose predicate no known verb divides: all of it is what is to be done.

    对先进制造业按月全额退税 says what to do, though not in a verb that the tables know.
    """
    if task.action:
        return task
    return changed(task, action=task.object or task.text, object="")


def _title(action: str, target: str, mention: TaskMention, whole: str, rules: RuleSet) -> str:
    """Action and object in the order of the text: 滨江路 建成通车, 制定 方案.

    Where these say too little (情况请于9日前书面反馈) or begin within a phrase, the whole row.
    """
    words = patterns_by_id(rules, "rows")
    before = mention.object[0] < mention.action[0]
    parts = words["row.disposal"].sub("", target) + action if before else action + target
    opening, line = words["row.opening"], _in_one_line(whole)
    title = opening.sub("", _in_one_line(parts))
    at = line.find(title)
    denied = at > 0 and words["matter.negated"].match(line, at - 1) is not None  # 未完成…的，问责
    if len(title) < _SHORTEST_TITLE or words["row.torn"].match(title) or denied:
        title = opening.sub("", line)
    return title if len(title) <= _LONGEST_TITLE else _cut(title)


def _in_one_line(quote: str) -> str:
    return "".join(legible(quote).split())


def _cut(title: str) -> str:
    """As much of a long title as fits, no quotation or bracket left open."""
    kept = title[: _LONGEST_TITLE - 1]
    for opener, closer in _PAIRS:
        at = kept.rfind(opener)
        if at > 0 and closer not in kept[at:]:
            kept = kept[:at]
    return kept.rstrip("，、：；") + "…"


def _level(draft: Draft, findings: Findings) -> Literal[1, 2, 3]:
    """GUIDELINE section 3: two of own deadline, quantity, one-off product, named party."""
    mention = draft.mention
    if not mention.checkable:
        return 1
    named = any(p.role in INHERITED_ROLES and not p.generic for p in draft.parties)
    counted = bool(starting_in(findings.seen.quantities, mention.start, mention.end))
    flags = (
        draft.deadline.kind in FIRM_KINDS and not draft.given,
        counted,
        mention.deliverable,
        named,
    )
    return 3 if sum(flags) >= 2 else 2


def _with_measures(tasks: Sequence[Task]) -> list[Task]:
    """S2: requirements beside a task in its segment are its measures too.

    Those before the first task of a segment are that task's, any other belong to the
    task they follow; what somebody else is told to do is no measure of it.
    """
    measures: dict[str, list[str]] = {}
    owner = next((task for task in tasks if task.level > 1), None)
    for task in tasks:
        if task.level > 1:
            owner = task
        elif owner is not None and not _is_anothers(task, owner):
            measures.setdefault(owner.id, []).append(task.text)
    return [changed(t, measures=tuple(measures[t.id])) if t.id in measures else t for t in tasks]


def _is_anothers(task: Task, owner: Task) -> bool:
    """各乡镇要带头推进，县水利局要修好水闸: each has its own."""
    mine, others = _told(task), _told(owner)
    return bool(mine and others) and mine.isdisjoint(others)


def _told(task: Task) -> frozenset[str]:
    """Whom its own words name to act."""
    return frozenset(
        party.text
        for party in task.parties
        if party.role in INHERITED_ROLES and party.source == "explicit"
    )


@functools.lru_cache(maxsize=8)
def _themes(rules: RuleSet) -> tuple[Matcher, tuple[str, ...]]:
    """What finds their words, and all themes in the order of the table."""
    table = rules.table("themes")
    return Matcher(table), tuple(dict.fromkeys(rule.value for rule in table))


def themes_of(text: str, rules: RuleSet) -> tuple[str, ...]:
    """The themes whose words a text holds, in the order of the theme table.

    Args:
        text: any text.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> themes_of("建成污水处理厂二期，改造老旧小区12个", default_rules())
        ('城市建设', '生态环境')
    """
    matcher, themes = _themes(rules)
    found = {match.rule.value for match in matcher.find(bare(text))}
    return tuple([theme for theme in themes if theme in found])
