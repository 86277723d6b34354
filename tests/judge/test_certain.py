"""What holds whatever the model makes of the words, of clauses made by hand."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from speechmine.judge.certain import certain_of
from speechmine.judge.evidence import PRINCIPLES, Sentence
from speechmine.judge.keys import BARE, FOOTING, SETTING, ClauseKeys, clause_keys
from speechmine.judge.orders import unlisted
from speechmine.judge.scoring import shifted
from speechmine.judge.tagging import Run
from speechmine.model import Clause
from speechmine.rules.loader import default_rules

CERTAIN = certain_of(default_rules())
#: 县水利局要…: a named body right before 要.
MUST: dict[str, Any] = {"subject": (0, 4), "modality": "obliged", "shape": "Ｐ要"}
NAMED: dict[str, Any] = {**MUST, "flags": ("has=Ｐ",)}


def keys(
    wording: str = "修好水闸",
    *,
    shape: str = "",
    flags: tuple[str, ...] = (),
    **clause: Any,
) -> ClauseKeys:
    """A clause that delivers something, but for what is said of it."""
    given = {"verb": "deliver", "modality": None, **clause}
    signs = "".join(flag[-1] for flag in flags if flag.startswith("has="))
    signs += "Ｐ" if "Ｐ" in shape and "Ｐ" not in signs else ""
    return ClauseKeys(
        Clause(0, len(wording), action=(0, 2), object=(2, 4), **given),
        wording,
        shape,
        flags,
        signs,
        BARE if BARE in flags else "",
    )


def sentence(
    *clauses: ClauseKeys, flags: tuple[str, ...] = (), title: tuple[str, ...] = ()
) -> Sentence:
    return Sentence(clauses, flags, title)


def told(run: Run) -> str:
    """0-2 a row of the clauses 0 and 1; ? doubtful, ! sure of itself, - of level 1."""
    marks = "".join(
        m for m, on in zip("?!-", (run.doubtful, run.ordered, not run.checkable), strict=True) if on
    )
    return f"{run.first}-{run.last}{marks}"


def row(first: int, last: int, *, doubtful: bool = False) -> Run:
    return Run(first, last, checkable=True, confidence=0.9, doubtful=doubtful)


PLAIN, ORDER = keys(), keys(**MUST)
VAGUE = keys("带好头", verb="general", **MUST)
PART = keys("市住建局牵头", flags=("has=Ｐ",), verb="none")
SURE = [
    # Clauses; the rows that the model takes; those that may stand.
    ([PART, PLAIN], [row(0, 1), row(1, 2)], "0-2"),
    ([PART, PART, PLAIN], [row(0, 2), row(2, 3)], "0-3"),
    ([PART], [row(0, 1)], ""),
    ([dataclasses.replace(PART, wording="市住建局牵头制定方案"), PLAIN], [row(0, 1)], "0-1"),
    ([PLAIN], [], ""),
    ([PLAIN], [row(0, 1)], "0-1"),
    ([ORDER], [], "0-1!"),
    ([PLAIN, ORDER], [], "1-2!"),
    ([ORDER], [row(0, 1, doubtful=True)], "0-1? 0-1!"),
    ([VAGUE], [], "0-1?"),
    ([VAGUE], [row(0, 1, doubtful=True)], "0-1?"),
    ([keys("带好头", verb="general", **MUST | {"flags": ("has=Ｎ",)})], [], "0-1!"),
    ([dataclasses.replace(ORDER, wording="恳请省政府协调")], [], ""),
    ([keys(**MUST | {"subject": None})], [], ""),
    ([keys(**MUST | {"shape": ""})], [], ""),
    ([keys(**MUST | {"modality": None})], [], ""),
    ([keys(verb="attitude", **MUST)], [], ""),
    ([keys(verb="result", **MUST)], [], ""),
    # S1: each body that is to act has a row of its own.
    ([keys(**NAMED), PLAIN, keys(**NAMED)], [row(0, 3)], "0-2 2-3"),
    ([keys(**NAMED), keys(**NAMED), keys(**NAMED)], [row(0, 3)], "0-1 1-2 2-3"),
    ([PLAIN, keys(**NAMED)], [row(0, 2)], "0-2"),
    ([keys(flags=("has=Ｐ",)), keys(flags=("has=Ｐ",))], [row(0, 2)], "0-2"),
    # S5: what only says when or on what footing is a part of the row behind it, or none.
    ([keys(flags=(BARE,)), PLAIN], [row(0, 1), row(1, 2)], "0-2"),
    ([keys(flags=(SETTING,)), PLAIN], [row(0, 1), row(1, 2)], "0-2"),
    ([keys("对拖延不办的", scope=True), PLAIN], [row(0, 1), row(1, 2)], "0-2"),
    ([keys("对拖延不办者", scope=True), PLAIN], [row(0, 1), row(1, 2)], "0-1 1-2"),
    ([keys(flags=(FOOTING,), verb="none"), PLAIN], [row(0, 1), row(1, 2)], "0-1 1-2"),
    ([keys(flags=(FOOTING,)), PLAIN], [row(0, 1), row(1, 2)], "0-1 1-2"),
    ([keys(flags=(BARE,)), PLAIN], [row(0, 1)], ""),
    ([keys(flags=(BARE,)), PLAIN, PLAIN], [row(0, 1), row(2, 3)], "2-3"),
    ([keys(flags=(BARE,)), PLAIN], [row(0, 1), row(1, 2, doubtful=True)], "1-2?"),
    # Whoever is to act is named where the footing is.
    ([keys(flags=(SETTING,), modality="obliged"), PLAIN], [row(1, 2)], "1-2"),
    ([keys(flags=(SETTING,), subject=(0, 2)), PLAIN], [row(1, 2)], "1-2"),
    ([keys(subject=(0, 2), modality="obliged"), PLAIN], [row(1, 2)], "1-2"),
    ([PLAIN, PLAIN], [row(1, 2)], "1-2"),
    # T4: a day that is over is no deadline, but 要 or a day to come beside it owes.
    ([keys(flags=("has=Ｌ",))], [row(0, 1)], ""),
    ([keys(flags=("has=Ｌ",), modality="obliged")], [row(0, 1)], "0-1"),
    ([keys(flags=("has=Ｌ", "has=Ｂ"))], [row(0, 1)], "0-1"),
    # Whoever comes to look is none of those who are told; whoever is asked to come is.
    ([keys("省厅验收组下周来检查")], [row(0, 1)], ""),
    ([keys("请省厅专家下周来检查")], [row(0, 1)], "0-1"),
    ([keys("省厅验收组下周来检查"), PLAIN], [row(0, 2)], "0-2"),
    # 责成 orders a named body, 必须 with a day to come orders anybody.
    ([keys("责成市城管局拆除棚亭", flags=("has=Ｐ",))], [], "0-1!"),
    ([keys("责成拆除棚亭")], [], ""),
    ([keys("必须在月底前修好", flags=("has=Ｂ",))], [], "0-1!"),
    ([keys("必须修好水闸")], [], ""),
    ([keys("月底前修好水闸", flags=("has=Ｂ",))], [], ""),
    # T1: nothing that a file would show.
    ([keys(verb="attitude")], [row(0, 1)], "0-1-"),
    ([keys(verb="attitude"), keys(verb="none")], [row(0, 2)], "0-2-"),
    ([keys(verb="attitude"), PLAIN], [row(0, 2)], "0-2"),
    ([keys(verb="attitude", flags=("has=Ｎ",))], [row(0, 1)], "0-1"),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "runs", "expected"), SURE, ids=range(len(SURE)))
def test_the_rows_that_may_stand(clauses: list[ClauseKeys], runs: list[Run], expected: str) -> None:
    assert " ".join(map(told, CERTAIN.runs(sentence(*clauses), runs))) == expected


REVIEW, BACK = ("/zone=review",), ("title=工作", "title=回顾")
TELLING = [
    # A clause, flags and title of its sentence; whether it only tells.
    (keys("两年来修好水闸"), (), (), True),
    (keys("修好水闸"), (), (), False),
    (keys("比上年增长5%"), (), (), False),
    (keys("比上年增长5%"), REVIEW, (), True),
    (keys("同比增长5%"), REVIEW, (), True),
    (keys("修好水闸"), (), BACK, True),
    (keys("修好水闸"), (), (*BACK, "title=安排"), False),
    (keys("两年来修好水闸", modality="obliged"), (), (), False),
    (keys("两年来修好水闸", flags=("has=Ｂ",)), (), (), False),
    (keys("两年来修好水闸", flags=("has=Ｌ",)), (), (), True),
]


@pytest.mark.parametrize(("clause", "flags", "title", "expected"), TELLING)
def test_what_only_tells(
    clause: ClauseKeys, flags: tuple[str, ...], title: tuple[str, ...], expected: bool
) -> None:
    assert CERTAIN.only_tells(sentence(clause, flags=flags, title=title)) is expected


def test_principles_and_reviews_hold_no_rows() -> None:
    assert list(CERTAIN.runs(sentence(ORDER, flags=(PRINCIPLES,)), [row(0, 1)])) == []
    assert list(CERTAIN.runs(sentence(PLAIN, title=BACK), [row(0, 1)])) == []
    assert list(CERTAIN.runs(sentence(ORDER, title=BACK), [row(0, 1)])) == [row(0, 1)]


@pytest.mark.parametrize(("flag", "expected"), [("has=Ｂ", "0-2?"), ("has=Ｌ", ""), ("has=Ｎ", "")])
def test_what_obliges_by_a_time_and_gave_no_row_is_doubtful(flag: str, expected: str) -> None:
    found = unlisted(sentence(PLAIN, keys(flags=(flag,))))
    assert " ".join(map(told, found)) == expected


MADE = [
    ("新建检测中心1座", "deliver", True),
    ("新建检测中心", "deliver", False),
    ("走访企业20家", "general", False),
]


@pytest.mark.parametrize(("wording", "verb", "expected"), MADE)
def test_so_many_things_that_are_made_and_gave_no_row_are_doubtful(
    wording: str, verb: str, *, expected: bool
) -> None:
    found = unlisted(sentence(PLAIN, keys(wording, verb=verb)))
    assert all(run.doubtful for run in found)
    assert bool(found) is expected


@pytest.mark.parametrize(
    ("by", "expected"),
    [(1, [0, 1, 2]), (2, [0, 0, 1]), (-1, [2, 3, 0]), (-2, [3, 0, 0]), (5, [0, 0, 0])],
)
def test_rows_that_are_moved(by: int, expected: list[float]) -> None:
    assert shifted(np.array([[1.0], [2.0], [3.0]]), by).tolist() == [[n] for n in expected]


def test_the_grams_of_a_shape() -> None:
    text = "甲局要在6月底前修好3座水闸。"
    clause = Clause(0, 14, "deliver", (8, 10), (10, 14))
    signs = [(0, 2, "Ｐ"), (4, 8, "Ｂ"), (10, 12, "Ｎ")]
    found = clause_keys(text, clause, signs, default_rules())
    edges = {"^Ｐ", "^Ｐ要", "^Ｐ要在", "闸$", "水闸$", "Ｎ水闸$"}
    signs = {
        "Ｐ",
        "Ｐ要",
        "Ｐ要在",
        "Ｂ",
        "在Ｂ",
        "Ｂ修",
        "要在Ｂ",
        "Ｂ修好",
        "Ｎ",
        "好Ｎ",
        "Ｎ水",
        "修好Ｎ",
        "Ｎ水闸",
    }
    assert set(found.grams[2 * clause.end - 1 :]) == edges | signs | {"Ｐ…Ｂ", "Ｂ…Ｎ"}


@pytest.mark.parametrize(("flags", "expected"), [(("/end=？",), []), (("/end=。",), [row(0, 1)])])
def test_what_is_asked_is_not_owed(flags: tuple[str, ...], expected: list[Run]) -> None:
    assert list(CERTAIN.runs(sentence(PLAIN, flags=flags), [row(0, 1)])) == expected


@pytest.mark.parametrize(
    ("wordings", "granted"),
    [
        (("对获评星级的农家乐", "每户奖励2万元"), True),
        (("经评审合格的试点镇", "给予最高300万元资金支持"), True),
        (("凡在园区投产的", "按设备投资额的10%给予补助"), True),
        (("对投资额超过5000万元的项目", "建成后由县财政一次性奖励30万元"), True),
        (("年内完成投资20亿元", "同比增长10%"), False),
        (("对照年初目标", "完成奖补资金发放6000万元"), False),
        (("对全县规上企业逐家走访", "年内新增30家"), False),
    ],
)
def test_what_whoever_qualifies_is_given_is_no_target(
    wordings: tuple[str, ...], granted: bool
) -> None:
    said = sentence(*(keys(wording) for wording in wordings))
    assert CERTAIN.grants(said) is granted


@pytest.mark.parametrize(
    ("before", "wording", "expected"),
    [
        (True, "指年营业收入2000万元以上的企业", True),
        (True, "指导各镇修好水闸", False),
        (True, "修好水闸", False),
        (False, "指年营业收入2000万元以上的企业", False),
    ],
)
def test_what_says_what_a_word_means(before: bool, wording: str, expected: bool) -> None:
    said = sentence(keys("规上企业：", leads=before), keys(wording))
    assert CERTAIN.explains(said) is expected
    assert list(CERTAIN.runs(said, [row(1, 2)])) == ([] if expected else [row(1, 2)])
