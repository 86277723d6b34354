"""Targets and results of many reports as one panel: place, year, indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from speechmine.frame import frame_of
from speechmine.model import Metric
from speechmine.pledges.answers import Answers
from speechmine.pledges.families import series_of
from speechmine.pledges.horizons import owed_span
from speechmine.pledges.report import Report
from speechmine.pledges.reports import Reports, ReportsLike, reports_of
from speechmine.pledges.verdicts import verdict_of
from speechmine.rules.loader import RulesLike
from speechmine.tables import Row

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TARGETS_METHOD", "achieved", "note_method", "target_rows", "targets"]

#: How the table of targets is made, as its records say it.
TARGETS_METHOD = "metrics of kind target and plan, and goals without a number, one row a wording"
_OWED = ("target", "plan")
_NOT_SET = "absence.not_set"


def targets(
    corpus: ReportsLike, *, families: bool = False, rules: RulesLike | None = None
) -> pd.DataFrame:
    """The targets that reports set, one row a wording, with their exact words.

    A year of a place that has no row for an indicator had no target found in its report; a row
    with ``explicitly_absent`` quotes the report saying that none is set (2020年没有提出…目标).

    Args:
        corpus: documents, extractions or paths, one or many; a folder; a frame with ``text`` and
            where known ``doc_id``, ``date``, ``place``, ``level``, ``year``; texts by year; a
            corpus of :func:`speechmine.themes.load_corpus`.
        families: fill ``family``, the name that an indicator's series goes by over time
            (国民生产总值 and 国内生产总值: ``gdp``). The original id and name stay beside it;
            nothing is joined without this.
        rules: rules of your own, or their folder, by which the reports are read.

    Returns:
        A frame with the columns of :func:`speechmine.tables.columns_of` for ``targets``, typed
        even for zero rows, sorted by place, report year, document and position. ``attrs`` holds
        method, parameters, rule version, and the inputs that could not be read.

    Raises:
        UsageError: two documents have one id, or a frame has no column ``text``.

    Example:
        >>> panel = targets({2024: "今年的主要预期目标是：进出口增长6%以上，物价涨幅3%以内。"})
        >>> panel[["year", "indicator_id", "comparator", "hardness"]].values.tolist()
        [[2024, 'trade_growth', '>=', 'hard'], [2024, 'cpi', '<=', 'hard']]
        >>> panel["wording"].tolist()
        ['进出口增长6%以上', '物价涨幅3%以内']
    """
    reports = reports_of(corpus, rules)
    rows = (row for report in reports for row in target_rows(report, families=families))
    frame = frame_of(rows, "targets")
    return note_method(frame, TARGETS_METHOD, reports, families=families)


def achieved(
    corpus: ReportsLike, *, families: bool = False, rules: RulesLike | None = None
) -> pd.DataFrame:
    r"""What reports say was achieved, one row a figure, whether or not a target asked for it.

    Args:
        corpus: as in :func:`targets`; the reports of the years before are not needed.
        families: as in :func:`targets`.
        rules: as in :func:`targets`.

    Returns:
        A frame with the columns of :func:`speechmine.tables.columns_of` for ``achieved``, sorted
        as :func:`targets`. Figures of several years, of a part of a year, and such as are told
        against an earlier year (比2020年增长65%) or added up over years (累计) say so in
        ``period``, ``part``, ``base`` and ``added``.

    Raises:
        UsageError: as :func:`targets`.

    Example:
        >>> told = "一、2023年工作回顾\n财政收入增长5.6%，比2020年增长18%。\n二、2024年工作"
        >>> table = achieved({2024: told})
        >>> table[["year", "indicator_id", "low", "base"]].fillna(0).values.tolist()
        [[2023, 'state_revenue_growth', 5.6, 0], [2023, 'state_revenue_growth', 18.0, 2020]]
    """
    reports = reports_of(corpus, rules)
    rows = (row for report in reports for row in _achieved_rows(report, families=families))
    frame = frame_of(rows, "achieved")
    method = "metrics of kind achieved and estimate, one row a figure"
    return note_method(frame, method, reports, families=families)


def _achieved_rows(report: Report, *, families: bool) -> Iterator[Row]:
    answers = Answers(report)
    for figure in answers.figures:
        series = series_of(figure.metric.indicator_id, report.rules)
        verdict = verdict_of(report, figure.metric, report.extraction.metrics, series)
        yield {
            **_common_cells(report, figure.metric, families=families),
            "year": figure.span.last,
            "period": figure.span.edtf,
            "stated": figure.span.stated,
            "part": figure.span.part,
            "base": figure.footing.base,
            "added": figure.footing.added,
            "verdict": verdict.value if verdict is not None else None,
        }


def note_method(
    frame: pd.DataFrame, method: str, reports: Reports, **params: object
) -> pd.DataFrame:
    """The frame with how it was made in ``attrs``."""
    frame.attrs.update(
        method=method,
        params=dict(params),
        rules=reports.rules.version,
        n_reports=len(reports.reports),
        inputs=reports.fingerprint,
        errors=[list(error) for error in reports.errors],
    )
    return frame


def target_rows(report: Report, *, families: bool) -> Iterator[Row]:
    """The targets of one report, in text order."""
    for metric in report.extraction.metrics:
        if metric.kind in _OWED:
            row = _target_row(report, metric, families=families)
            if row is not None:
                yield row


def _target_row(report: Report, metric: Metric, *, families: bool) -> Row | None:
    due = owed_span(report, metric)
    if due is None:
        return None
    span, horizon = due
    return {
        **_common_cells(report, metric, families=families),
        "hardness": metric.hardness,
        "baseline": metric.baseline,
        "year": span.last,
        "period": span.edtf,
        "horizon": horizon,
        "explicitly_absent": metric.rule.startswith(_NOT_SET),
    }


def _common_cells(report: Report, metric: Metric, *, families: bool) -> Row:
    """What a target and a figure that was achieved have in common: whose, of what, how much."""
    series = series_of(metric.indicator_id, report.rules)
    same = (
        "indicator_id indicator kind low high unit comparator change direction"
        " scope masked start end norm_low norm_high norm_unit"
    )
    return {
        **{name: cast("str | None", getattr(metric, name)) for name in same.split()},
        "doc_id": report.document.id,
        "place": report.place.name,
        "place_code": report.place.code,
        "level": report.place.level,
        "report_year": report.year,
        "family": series.family if families and series else None,
        "wording": metric.text,
        "sentence": report.segment_of(metric).text,
        "metric": metric.id,
    }
