"""A small extraction built by hand: what readers, tables and writers are tested with."""

from __future__ import annotations

import dataclasses

from speechmine.model import (
    Deadline,
    Document,
    Extraction,
    Metric,
    Notice,
    Party,
    Section,
    Segment,
    Task,
)

TEXT = "一、抓落实\n区财政局牵头，各单位要在6月底前建立台账3本。\nX月召开总结会。"


def party(text: str, **changes: object) -> Party:
    start = TEXT.index(text)
    return dataclasses.replace(Party(text, start, start + len(text)), **changes)


def task(text: str, **changes: object) -> Task:
    start = TEXT.find(text)
    base = Task(
        id=f"t-{start}",
        text=text,
        start=start,
        end=start + len(text),
        title=text[:60],
        level=2,
        action="建立",
        object="台账3本",
        modality="obliged",
        section="1",
        item=None,
        group=None,
        parties=(),
        deadline=Deadline(),
        metrics=(),
        measures=(),
        result=None,
        duplicate_of=None,
        themes=(),
        rule="verb:build@0",
    )
    return dataclasses.replace(base, **changes)


def deadline(text: str, **changes: object) -> Deadline:
    start = TEXT.index(text)
    return Deadline(text=text, start=start, end=start + len(text), **changes)


LEDGER_TASK = task(
    "各单位要在6月底前建立台账3本",
    level=3,
    parties=(
        party("区财政局", role="lead", source="sentence", body="caizheng", name="财政局"),
        party("各单位", generic=True),
    ),
    deadline=deadline("6月底前", kind="by", edtf="../2024-06-30", latest="2024-06-30"),
    metrics=("m-1",),
    measures=("逐项登记", "按月更新"),
)
MASKED_TASK = task(
    "X月召开总结会",
    action="召开",
    object="总结会",
    deadline=deadline("X月", kind="within", masked=True),
)
METRIC = Metric(
    id="m-1",
    text="台账3本",
    start=TEXT.index("台账3本"),
    end=TEXT.index("台账3本") + 4,
    indicator="台账",
    low=3.0,
    high=3.0,
    unit="本",
    comparator="=",
    kind="target",
    rule="metric@0",
    task=LEDGER_TASK.id,
)


def extraction(id: str = "demo", mode: str = "strict", **changes: object) -> Extraction:  # noqa: A002
    return dataclasses.replace(
        Extraction(
            mode=mode,
            document=Document(TEXT, id=id, title="讲话", date="2024-01-05", source=f"{id}.txt"),
            sections=(Section("1", None, 1, "一、", "抓落实", 0, len(TEXT)),),
            segments=(Segment(0, 5, TEXT[:5], "1", None, "heading"),),
            tasks=(LEDGER_TASK, MASKED_TASK),
            metrics=(METRIC,),
            notices=(
                Notice("masked_value", "the date is masked: X月", TEXT.index("X"), len(TEXT) - 6),
                Notice("no_date", "the document states no date"),
            ),
        ),
        **changes,
    )


def extraction_of(document: Document | str, *, mode: str = "strict", **_: object) -> Extraction:
    """Stands in for the pipeline where only input and output are tested."""
    document = Document(document) if isinstance(document, str) else document
    if "FAULT" in document.text:
        raise ZeroDivisionError("a fault put in")
    segment = Segment(0, len(document.text), document.text, None, None, "directive")
    return Extraction(mode, document, (), (segment,), (), (), ())
