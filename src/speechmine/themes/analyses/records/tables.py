"""The extracted records by year: tasks, who carries them, by when, and how measurable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from speechmine.model import Metric, Task
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.groups import By, Slice, group_frame, grouping, slices_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.texts import Text
from speechmine.themes.tables.result import tidy

__all__ = ["compare_deadlines", "compare_metrics", "compare_parties", "compare_tasks"]

_DATED = frozenset(["by", "within", "at"])


_LED = frozenset(["lead", "responsible"])


def compare_tasks(corpus: CorpusLike, *, by: By = "year") -> pd.DataFrame:
    """The ledgers side by side: how many tasks, how many with a body, a date, a figure.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        by: grouping variables.

    Returns:
        Grouping columns, ``n_tasks``, ``rate`` (tasks a 10,000 Han characters), ``n_firm`` (level
        3), ``share_party`` (a named body, nothing generic), ``share_date`` (a deadline that can be
        put on a calendar), ``share_measurable`` (a metric), ``share_encouraged``,
        ``n_reports``, ``n_chars``, ``reason``. Of no tasks there is no share.

    Example:
        >>> text = "区财政局要在6月底前制定奖补方案。请区民政局制定救助方案。"
        >>> table = compare_tasks({2024: text})
        >>> table[["n_tasks", "share_date", "share_party"]].values.tolist()
        [[2, 0.5, 1.0]]
    """
    corpus = as_corpus(corpus)
    rows = [(key, _task_row(tasks)) for key, tasks in _tasks_by_key(corpus, by)]
    columns = ["n_tasks", "n_firm", "share_party", "share_date", "share_measurable"]
    columns += ["share_encouraged"]
    table = _with_groups(corpus, by, rows, columns)
    table["rate"] = (table["n_tasks"] / table["n_chars"] * 10_000).astype("Float64")
    order = [*grouping(by), "n_tasks", "rate", *columns[1:], "n_reports", "n_chars", "reason"]
    return tidy(
        table[order], "counts of extracted tasks (strict)", corpus=corpus, by=by, per=10_000
    )


def compare_parties(corpus: CorpusLike, *, by: By = "year", top: int | None = None) -> pd.DataFrame:
    """Which bodies get tasks, and which gain or lose them against the group before.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        by: grouping variables; changes follow the last of them that has reports.
        top: only the bodies with most tasks over all.

    Returns:
        Grouping columns, ``party`` (canonical name where there is one), ``n_tasks``, ``n_lead``
        (as lead or responsible body), ``share`` (of the tasks with a body), ``change`` (against
        the group before, missing for the first), ``reason``.

    Example:
        >>> plan = "请区财政局制定奖补方案。"
        >>> texts = {2023: plan, 2024: plan + "请区财政局在6月底前完成清算。"}
        >>> compare_parties(texts)[["year", "n_tasks", "change"]].fillna(0).values.tolist()
        [[2023, 1, 0], [2024, 2, 1]]
    """
    corpus = as_corpus(corpus)
    names = list(grouping(by))
    found = [(key, _tasks_by_body(tasks)) for key, tasks in _tasks_by_key(corpus, by)]
    total: Counter[str] = Counter()
    for _, (counts, _, _) in found:
        total.update(counts)
    bodies = [name for name, _ in sorted(total.items(), key=lambda item: (-item[1], item[0]))][:top]
    rows = []
    before: Counter[str] | None = None
    for key, (counts, leads, n) in found:
        rows += [
            {
                **dict(zip(names, key, strict=True)),
                "party": body,
                "n_tasks": counts[body],
                "n_lead": leads[body],
                "share": counts[body] / n if n else pd.NA,
                "change": pd.NA if before is None else counts[body] - before[body],
            }
            for body in bodies
        ]
        before = counts
    groups = group_frame(corpus, by)
    columns = [*names, "party", "n_tasks", "n_lead", "share", "change"]
    types = {name: groups[name].dtype for name in names}
    types |= dict.fromkeys(["n_tasks", "n_lead", "change"], pd.Int64Dtype())
    frame = pd.DataFrame(rows, columns=columns).astype(types | {"share": pd.Float64Dtype()})
    everyone = groups[[*names, "reason"]].merge(
        pd.DataFrame({"party": bodies}, dtype=object), how="cross"
    )
    table = everyone.astype({"party": "object"}).merge(
        frame.astype({"party": "object"}), on=[*names, "party"], how="left"
    )
    return tidy(table[[*columns, "reason"]], "tasks by named body", corpus=corpus, by=by, top=top)


def compare_deadlines(corpus: CorpusLike, *, by: By = "year") -> pd.DataFrame:
    """Tasks by the kind of time they are owed by.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        by: grouping variables.

    Returns:
        Grouping columns, ``kind`` (by, within, recurring, open ...), ``n``, ``share``, ``reason``.

    Example:
        >>> table = compare_deadlines({2024: "区财政局要在6月底前制定奖补方案。"})
        >>> table[["kind", "n"]].values.tolist()
        [['by', 1]]
    """
    corpus = as_corpus(corpus)
    kinds = [
        (key, Counter(str(task.deadline.kind) for task in tasks))
        for key, tasks in _tasks_by_key(corpus, by)
    ]
    return _spread(corpus, by, kinds, "kind", "tasks by kind of deadline")


def compare_metrics(corpus: CorpusLike, *, by: By = "year") -> pd.DataFrame:
    """Numbers by what they mean (target, achieved ...) and, for targets, by how hard they bind.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        by: grouping variables.

    Returns:
        Grouping columns, ``kind`` (``target: hard`` ... for targets), ``n``, ``share``, ``reason``.

    Example:
        >>> table = compare_metrics({2024: "今年地区生产总值增长5%左右。"})
        >>> table["kind"].tolist()
        ['target: soft']
    """
    corpus = as_corpus(corpus)
    sums: dict[tuple[object, ...], Counter[str]] = {}
    for piece in slices_of(corpus, by):
        if piece.text.n_chars:
            counts = sums.setdefault(piece.key, Counter())
            counts.update(_metric_kind(metric) for metric in _metrics_of_text(piece.text))
    return _spread(corpus, by, list(sums.items()), "kind", "extracted metrics by kind and hardness")


def _metric_kind(metric: Metric) -> str:
    if metric.kind != "target":
        return metric.kind
    return f"target: {metric.hardness or 'unmarked'}"


def _tasks_by_key(corpus: Corpus, by: By) -> Iterator[tuple[tuple[object, ...], list[Task]]]:
    found: dict[tuple[object, ...], list[Task]] = {}
    for piece in slices_of(corpus, by):
        if piece.text.n_chars:
            found.setdefault(piece.key, []).extend(_tasks_of_slice(piece))
    yield from found.items()


def _tasks_of_slice(piece: Slice) -> list[Task]:
    return [
        task for task in piece.text.source.extraction.tasks if _counts_here(piece.text, task.start)
    ]


def _metrics_of_text(text: Text) -> list[Metric]:
    return [metric for metric in text.source.extraction.metrics if _counts_here(text, metric.start)]


def _counts_here(text: Text, at: int) -> bool:
    return any(start <= at < end for start, end in text.origins)


def _task_row(tasks: Sequence[Task]) -> dict[str, object]:
    n = len(tasks)
    return {
        "n_tasks": n,
        "n_firm": sum(task.level == 3 for task in tasks),
        "share_party": _share_of_tasks(
            n, (any(not p.generic for p in task.parties) for task in tasks)
        ),
        "share_date": _share_of_tasks(n, (task.deadline.kind in _DATED for task in tasks)),
        "share_measurable": _share_of_tasks(n, (bool(task.metrics) for task in tasks)),
        "share_encouraged": _share_of_tasks(n, (task.modality == "encouraged" for task in tasks)),
    }


def _share_of_tasks(n: int, flags: Iterable[bool]) -> object:
    return sum(flags) / n if n else pd.NA


def _tasks_by_body(tasks: Sequence[Task]) -> tuple[Counter[str], Counter[str], int]:
    """Tasks by body, those it leads, and tasks that have any."""
    counts: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    held = 0
    for task in tasks:
        named = {party.name or party.text: party for party in task.parties if not party.generic}
        counts.update(list(named))
        leads.update(name for name, party in named.items() if party.role in _LED)
        held += bool(named)
    return counts, leads, held


def _with_groups(
    corpus: Corpus,
    by: By,
    rows: Sequence[tuple[tuple[object, ...], dict[str, object]]],
    columns: Sequence[str],
) -> pd.DataFrame:
    names = list(grouping(by))
    groups = group_frame(corpus, by)
    records = [{**dict(zip(names, key, strict=True)), **row} for key, row in rows]
    frame = pd.DataFrame(records, columns=[*names, *columns])
    types = {name: "Int64" if name.startswith("n_") else "Float64" for name in columns}
    frame = frame.astype({name: groups[name].dtype for name in names}).astype(types)
    return groups.merge(frame, on=names, how="left")


def _spread(
    corpus: Corpus,
    by: By,
    counted: Sequence[tuple[tuple[object, ...], Counter[str]]],
    column: str,
    method: str,
) -> pd.DataFrame:
    names = list(grouping(by))
    kinds = sorted({kind for _, counts in counted for kind in counts})
    groups = group_frame(corpus, by)
    rows = [
        {
            **dict(zip(names, key, strict=True)),
            column: kind,
            "n": counts[kind],
            "share": counts[kind] / counts.total() if counts else pd.NA,
        }
        for key, counts in counted
        for kind in kinds
    ]
    frame = pd.DataFrame(rows, columns=[*names, column, "n", "share"])
    frame = frame.astype({name: groups[name].dtype for name in names})
    frame = frame.astype({"n": "Int64", "share": "Float64", column: "string"})
    table = groups.merge(pd.DataFrame({column: kinds}, dtype="string"), how="cross")
    table = table.merge(frame, on=[*names, column], how="left")
    order = [*names, column, "n", "share", "n_reports", "reason"]
    return tidy(table[order], method, corpus=corpus, by=by)
