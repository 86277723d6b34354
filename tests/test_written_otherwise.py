"""A speech in Traditional characters, in Kangxi radicals or spread out says what it always said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

import speechmine
from speechmine.characters import plain

CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.txt"))
SIMPLIFIED = (files("speechmine.rules") / "data" / "simplified.txt").read_text("utf-8")
PAIRS = [
    pair for line in SIMPLIFIED.splitlines() if not line.startswith("#") for pair in line.split()
]
TRADITIONAL = str.maketrans({new: old for old, new in PAIRS} | {"“": "「", "”": "」"})
KANGXI = str.maketrans(
    {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
)


def spread_out(text: str) -> str:
    return "\n".join("　".join(re.sub(r"\s", "", line)) for line in text.split("\n"))


def close(text: str) -> str:
    """A text that has no blanks anyway, so that nothing but the spreading differs."""
    return "\n".join(re.sub(r"\s", "", line) for line in text.split("\n"))


WAYS = {
    "traditional": (str, lambda text: text.translate(TRADITIONAL)),
    "kangxi": (str, lambda text: text.translate(KANGXI)),
    "spread out": (close, spread_out),
}


def said(quote: str | None) -> str:
    return re.sub(r"\s", "", plain(quote or ""))


def facts(text: str) -> list[object]:
    """Everything found, without offsets and the ids that rest on them."""
    found = speechmine.extract(text, mode="full")
    document = found.document
    for record in (*found.tasks, *found.metrics, *found.segments):
        assert text[record.start : record.end] == record.text
    return [
        (document.date, document.level, document.speaker and said(document.speaker)),
        [said(d) for d in (document.title, document.occasion, document.place, document.salutation)],
        [(said(s.title), s.label, s.depth) for s in found.sections],
        [(said(s.text), s.discourse, s.zone) for s in found.segments],
        [(said(m.text), m.indicator, m.low, m.high, m.unit, m.kind) for m in found.metrics],
        [
            (
                (said(t.text), said(t.title), t.level, t.themes, said(t.group), said(t.result)),
                [(said(p.text), p.role, p.source, p.body) for p in t.parties],
                (t.deadline.kind, t.deadline.edtf, t.duplicate_of is None, t.follows is None),
            )
            for t in found.tasks
        ],
    ]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_same_records(
    path: Path, way: tuple[Callable[[str], str], Callable[[str], str]]
) -> None:
    ordinary, otherwise = way
    text = path.read_text(encoding="utf-8")
    assert facts(otherwise(text)) == facts(plain(ordinary(text)))


def test_a_traditional_head_stays_as_it_is_written() -> None:
    text = "在全縣水務會議上的講話\n（2027年3月6日）\n縣長　林遠山\n同志們：\n一、修渠。"
    document = speechmine.extract(text).document
    assert document.title == "在全縣水務會議上的講話"
    assert (document.office, document.speaker) == ("縣長", "林遠山")
    assert (document.occasion, document.salutation) == ("全縣水務會議", "同志們")
    assert (document.date, document.level) == ("2027-03-06", "county")


def test_a_traditional_table_is_read(tmp_path: Path) -> None:
    rows = ["序號\t工作任務\t牽頭單位\t完成時限", "1\t編制清淤方案\t縣水務局\t6月底前"]
    path = tmp_path / "a.tsv"
    path.write_text("\n".join(rows), encoding="utf-8")
    (task,) = speechmine.extract(speechmine.read(path), date="2027-03-06").tasks
    assert (task.text, task.deadline.edtf) == ("編制清淤方案", "../2027-06-30")
    assert [(p.text, p.role, p.name) for p in task.parties] == [("縣水務局", "lead", "水利局")]


def test_big5_speech_is_read_and_extracted(tmp_path: Path) -> None:
    text = "同志們：\n一、抓供水。\n縣水務局要在6月底前制定供水方案，縣財政局配合。\n二、抓防汛。"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("big5"))
    (task,) = speechmine.extract(speechmine.read(path), date="2027-03-06").tasks
    assert (task.title, task.deadline.edtf) == ("制定供水方案", "../2027-06-30")
    assert {(p.text, p.role) for p in task.parties} == {
        ("縣水務局", "responsible"),
        ("縣財政局", "cooperate"),
    }


def test_judgements_of_a_traditional_report_are_found() -> None:
    first = (
        "政府工作報告\n（2026年1月8日）\n各位代表：\n一、2026年工作安排\n糧食總產量達到30萬噸以上。"
    )
    second = (
        "政府工作報告\n（2027年1月8日）\n各位代表：\n一、2026年工作回顧\n"
        "糧食總產量達到31萬噸，超額完成年度目標。"
    )
    frame = speechmine.promises(speechmine.extract(first), speechmine.extract(second))
    assert list(frame["verdict"]) == ["exceeded"]
    assert list(frame["verdict_wording"]) == ["超額完成年度目標"]
