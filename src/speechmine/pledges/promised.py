"""Targets of one report against what the next one says was achieved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from speechmine.errors import UsageError
from speechmine.frame import frame_of
from speechmine.model import Metric
from speechmine.pledges.answers import Answers
from speechmine.pledges.asking import SoughtTarget, ToldFigure, ToldInWords, asked_of, judged
from speechmine.pledges.compare import About, Leniency, Result, held_against, part_of
from speechmine.pledges.families import series_of
from speechmine.pledges.joining import Found, found_for
from speechmine.pledges.likeness import LEAST_LIKENESS
from speechmine.pledges.panel import note_method, target_rows
from speechmine.pledges.places import same_place
from speechmine.pledges.report import Report
from speechmine.pledges.reports import ReportLike, Reports, one_report
from speechmine.pledges.verdicts import SaidVerdict, general_verdicts, verdict_of
from speechmine.rules.loader import RulesLike, chosen_rules
from speechmine.steps import stepping
from speechmine.tables import Cell, Row, columns_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["promises"]

Reporting = Literal["open", "indirect", "none"]
_KEPT = """
    place place_code level year period horizon indicator_id indicator family kind low high unit
    comparator
    direction hardness scope explicitly_absent doc_id wording start end
"""


def promises(  # noqa: PLR0913  # what decides a judgement is the reader's choice
    report: ReportLike,
    next_report: ReportLike,
    *,
    families: bool = False,
    unpromised: bool = True,
    about: About = "side",
    tolerance: float = 0.0,
    likeness: float | None = LEAST_LIKENESS,
    rules: RulesLike | None = None,
) -> pd.DataFrame:
    r"""Each target of a report with what the next one says of it, and the words of both.

    After 杨君's reading of 150 city reports: of a promise made in figures, does the next report
    speak of it openly (a number), indirectly (words), or not at all, and was it kept?

    Args:
        report: the one that sets the targets: a document, an extraction or a path.
        next_report: the one that answers, a year later.
        families: let 国内生产总值 answer 国民生产总值, and other series of one family; by
            default only the same id, or the same name where the table knows none.
        unpromised: after the targets, a row for each known indicator that the next report
            gives a number for though no target was stated (``promised`` is false).
        about: how a mark without a side counts (5%左右, 居民消费价格涨幅2%). ``side``: what is on
            the good side of it meets it, so that 0.1% meets a price rise of 2%左右 as it would
            2%以内; ``near``: only what is within ``tolerance`` of it on either side; ``open``:
            it is not judged.
        tolerance: how far beside 左右 still meets it, as a share of the target: 0.015 lets
            6.9 meet 7%左右. By default none.
        likeness: how alike the words of a target and a figure must be, 0 to 1, to be joined
            where neither id nor name does (``match`` is then words); None: they never are.
        rules: rules of your own, or their folder, by which both are read.

    Returns:
        A frame with the columns of :func:`speechmine.tables.columns_of` for ``promises``: one
        row a target of ``report`` in text order, then the rest. ``met`` is true, false or
        empty with ``met_reason``. ``attrs`` holds method, parameters, rule version and the
        judgements that the next report passes on the year as a whole.

    Raises:
        UsageError: the next report is of the same year or an earlier one, or of another place.

    Example:
        >>> table = promises(
        ...     {2023: "今年的预期目标是：财政收入增长5%左右。"},
        ...     {2024: "一、2023年回顾\n财政收入增长5.6%，超过年初预期目标。\n二、2024年工作"},
        ... )
        >>> table[["low", "achieved_low", "met", "reporting", "verdict"]].values.tolist()
        [[5.0, 5.6, True, 'open', 'exceeded']]
    """
    by = chosen_rules(rules)
    first, second = (one_report(given, by) for given in stepping("promises", (report, next_report)))
    if first.year is not None and second.year is not None and second.year <= first.year:
        raise UsageError(f"the next report is of {second.year}, the first of {first.year}")
    if not same_place(first.place, second.place):
        raise UsageError(
            f"the first report ({first.document.id}) is of {first.place.name}, the next "
            f"({second.document.id}) of {second.place.name}: two reports of one place are "
            "expected; where one is filed under a wrong place, give it with place='...'"
        )
    chosen = _Choice(families, Leniency(about, tolerance), likeness)
    rows = list(_promise_rows(first, second, chosen))
    if unpromised:
        rows += _unpromised_rows(first, second, rows, families=families)
    frame = frame_of(rows, "promises")
    method = "joined by indicator, name or words, unit and year; met by the comparator"
    frame = note_method(
        frame,
        method,
        Reports((first, second), by),
        families=families,
        unpromised=unpromised,
        about=about,
        tolerance=tolerance,
        likeness=likeness,
    )
    verdicts = general_verdicts(second)
    frame.attrs["general_verdicts"] = [[v.value, v.text, v.start, v.end] for v in verdicts]
    return frame


@dataclass(frozen=True, slots=True)
class _Choice:
    """What the caller chose."""

    families: bool
    reading: Leniency
    likeness: float | None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found for one target."""

    reporting: Reporting
    result: Result
    figure: ToldFigure | None = None
    joined: str | None = None
    likeness: float | None = None
    mention: ToldInWords | None = None
    verdict: SaidVerdict | None = None


def _promise_rows(first: Report, second: Report, chosen: _Choice) -> Iterator[Row]:
    answers = Answers(second)
    metrics = {metric.id: metric for metric in first.extraction.metrics}
    rows = list(target_rows(first, families=chosen.families))
    asked = [asked_of(first, metrics[str(r["metric"])], cast("int", r["year"])) for r in rows]
    found = found_for(first, asked, answers, families=chosen.families, least=chosen.likeness)
    for row, target, figure in zip(rows, asked, found, strict=True):
        answer = _answer_to(target, row, figure, answers, chosen)
        yield _promise_row({name: row[name] for name in _KEPT.split()}, answer, second)


def _answer_to(
    asked: SoughtTarget, row: Row, found: Found | None, answers: Answers, chosen: _Choice
) -> _Answer:
    target = asked.metric
    if found is not None and found.apart is None:
        figure = found.figure
        result = _held_to(target, row, figure.metric, answers, chosen.reading)
        series = series_of(figure.metric.indicator_id, answers.report.rules)
        metrics = answers.report.extraction.metrics
        verdict = verdict_of(answers.report, figure.metric, metrics, series)
        return _Answer("open", result, figure, found.joined, found.likeness, verdict=verdict)
    mention, told = answers.mention(target), _told_instead(asked, answers)
    if found is not None:
        told = found.figure, _not_alike(found.figure, found.apart)
    reason = told[1] if told else _why_unanswered(target, answers, mention)
    verdict = judged(mention, target.indicator_id, answers.report.rules) if mention else None
    if mention is None and told is not None:
        mention = answers.told_by(told[0])
    reporting: Reporting = "none" if mention is None else "indirect"
    return _Answer(reporting, Result(None, reason), mention=mention, verdict=verdict)


def _told_instead(asked: SoughtTarget, answers: Answers) -> tuple[ToldFigure, str] | None:
    """A figure of the same series that cannot be held against the target, and why."""
    other = answers.on_other_footing(asked)
    if other is not None:
        figure, reason = other
        return figure, _not_alike(figure, reason)
    late = answers.other_span(asked.metric)
    return (late, f"only a figure of another time: {late.metric.text}") if late else None


def _not_alike(figure: ToldFigure, reason: str | None) -> str:
    return f"not like with like ({reason}): {figure.metric.text}"


def _why_unanswered(target: Metric, answers: Answers, mention: ToldInWords | None) -> str:
    relative = answers.relative(target)
    if relative is not None:
        return f"only another series of the family: {relative.metric.text} (families=True joins)"
    if mention is None:
        return "not reported"
    beside = answers.figure_in(mention)
    if beside is not None:
        return f"only a figure of another measure: {beside.text}"
    return "reported in words only"


def _held_to(
    target: Metric, row: Row, achieved: Metric, answers: Answers, reading: Leniency
) -> Result:
    """The comparison, withheld where target and answer are of different times."""
    result = held_against(target, achieved, answers.report.rules, reading)
    year, horizon = row["year"], row["horizon"]
    if horizon == "average":
        reason = f"a figure of one year against a yearly mean over {row['period'] or 'years'}"
    elif year is not None and answers.year is not None and year != answers.year:
        reason = f"the target is for {year}, the figure for {answers.year}"
    else:
        return result
    return Result(None, reason)


def _promise_row(known: Row, answer: _Answer, second: Report, *, promised: bool = True) -> Row:
    cells: Row = {
        **dict.fromkeys(column.name for column in columns_of("promises")),
        **known,
        "promised": promised,
        "reporting": answer.reporting if promised else None,
        "met": answer.result.met,
        "met_reason": answer.result.reason,
        "gap": answer.result.gap,
        "gap_unit": answer.result.unit if answer.result.gap is not None else None,
        "match": answer.joined,
        "likeness": answer.likeness,
        "next_doc_id": second.document.id,
    }
    if answer.figure is not None:
        cells.update(_figure_cells(answer.figure.metric, second))
    elif answer.mention is not None:
        cells.update(_mention_cells(answer.mention))
    if answer.verdict is not None:
        verdict = answer.verdict
        cells |= {"verdict": verdict.value, "verdict_wording": verdict.text}
        cells |= {"verdict_start": verdict.start, "verdict_end": verdict.end}
    return cells


def _figure_cells(metric: Metric, second: Report) -> Row:
    same = "low high unit comparator direction change kind norm_low norm_high norm_unit"
    return {
        **{f"achieved_{name}": cast("Cell", getattr(metric, name)) for name in same.split()},
        "answer_indicator_id": metric.indicator_id,
        "answer_indicator": metric.indicator,
        "answer_wording": metric.text,
        "answer_start": metric.start,
        "answer_end": metric.end,
        "answer_sentence": second.segment_of(metric).text,
    }


def _mention_cells(mention: ToldInWords) -> Row:
    return {
        "answer_wording": mention.text,
        "answer_start": mention.start,
        "answer_end": mention.end,
        "answer_sentence": mention.segment.text,
    }


def _unpromised_rows(
    first: Report, second: Report, rows: list[Row], *, families: bool
) -> Iterator[Row]:
    """Figures of known indicators for the year that no target asked for, the first of each."""
    answers = Answers(second)
    answered = {row["answer_start"] for row in rows}
    seen = {row["indicator_id"] for row in rows if row["achieved_unit"] is not None}
    document = first.document
    for figure in answers.figures:
        metric = figure.metric
        series = series_of(metric.indicator_id, second.rules)
        known = (
            series is not None
            and metric.indicator_id not in seen
            and part_of(metric.scope, second.rules) is None
        )
        if not known or not answers.of_year(figure) or metric.start in answered:
            continue
        seen.add(metric.indicator_id)
        cells: Row = {
            "place": first.place.name,
            "place_code": first.place.code,
            "level": first.place.level,
            "year": answers.year,
            "period": figure.span.edtf,
            "indicator_id": metric.indicator_id,
            "indicator": metric.indicator,
            "family": series.family if families and series else None,
            "explicitly_absent": False,
            "doc_id": document.id,
        }
        verdict = verdict_of(second, metric, second.extraction.metrics, series)
        result = Result(None, "no target was stated")
        answer = _Answer("open", result, figure, verdict=verdict)
        yield _promise_row(cells, answer, second, promised=False)
