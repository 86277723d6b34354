"""The matching view: cleaned for matching, exact on the way back."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.model import Deadline
from speechmine.text import view_of, view_of_parts

CASES = [
    ("增长１０％左右", "增长10%左右"),
    ("增长1 0 ％左右", "增长10%左右"),
    ("安置3 5 5 5 万人", "安置3555万人"),
    ("增长４．５％", "增长4.5%"),
    ("4.5－5%", "4.5-5%"),
    ("2026—2030年", "2026-2030年"),
    ("抓\u200b落实", "抓落实"),
    ("\ufeff各位代表", "各位代表"),
    ("M\n2\n增长", "M2增长"),
    ("甲　乙", "甲 乙"),
    ("一、要点\r\n二、做法", "一、要点\n\n二、做法"),
    ("项目 3 个", "项目 3个"),
    ("2026 年 6 月 30 日前", "2026年6月30日前"),
    ("6 月至 8 月", "6月至8月"),
    ("2026年6月\n30日前", "2026年6月30日前"),
    ("2026年\n6月", "2026年6月"),
    ("2026年\n6个项目", "2026年\n6个项目"),
    ("破折号——不变", "破折号——不变"),
    ("甲\u2003乙", "甲 乙"),
    ("县\ufe00长\U000e0100", "县长"),
    ("縣⽔務局在１２⽉前修渠", "县水务局在12月前修渠"),
    ("縣 水 務 局 在 1 2 ⽉ 前 修 渠", "县水务局在12月前修渠"),
    ("⼀、要点\r\n⼆、做法", "一、要点\n\n二、做法"),
    ("修 渠 两 公 里 。\n二 、 防 汛 备 汛", "修渠两公里。\n二、防汛备汛"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_view(text: str, expected: str) -> None:
    assert view_of(text).text == expected


@given(st.text(alphabet="增长1２.％ \u200b—-年\n“”、X縣⽔", max_size=60))
def test_every_view_character_has_its_place(text: str) -> None:
    view = view_of(text)
    for at in range(len(view.text)):
        start, end = view.place(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert view.quote(at, at + 1) == text[start:end]
    assert view.place(0, len(view.text))[1] <= len(text)


@given(st.text(max_size=80))
def test_places_never_go_back(text: str) -> None:
    view = view_of(text)
    places = [view.place(at, at + 1) for at in range(len(view.text))]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))


def test_restore_gives_the_original_quote() -> None:
    view = view_of("于1 2月底前")
    record = Deadline(kind="by", text="12月底前", start=1, end=6)
    assert view.restore(record) == Deadline(kind="by", text="1 2月底前", start=1, end=7)


def test_restore_leaves_what_has_no_place() -> None:
    assert view_of("甲").restore(Deadline()) == Deadline()


WRITTEN = [
    ("縣長　林遠山", "林远山", "林遠山"),
    ("在 全 縣 水 務 會 議 上 的 講 話", "在全县水务会议上的讲话", "在全縣水務會議上的講話"),
    ("２０２７年縣⽔務工作", "2027年县水务工作", "2027年縣水務工作"),
    ("縣水務工作報告\n（全文）", "县水务工作报告 （全文）", "縣水務工作報告 （全文）"),
    ("縣水務工作", "区水务工作", "区水务工作"),
    ("县⽔务工作", "县水务工作", "县水务工作"),
]


@pytest.mark.parametrize(("text", "said", "written"), WRITTEN)
def test_words_of_the_view_as_the_original_writes_them(text: str, said: str, written: str) -> None:
    assert view_of(text).written(said) == written


def test_parts_are_reread_too() -> None:
    view = view_of_parts("縣長（表）縣 水 務 局 修 渠", [(0, 2), (5, 16)])
    assert (view.text, view.written("县长")) == ("县长县水务局修渠", "縣長")
    assert view.place(2, 8) == (5, 16)
