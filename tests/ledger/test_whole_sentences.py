"""Of a sentence with rows every clause stands in one of them, or in a remark."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

import speechmine
from speechmine.ledger import make_ledger
from speechmine.ledger.cells import squeezed
from speechmine.ledger.drafting.marked import clauses_of
from speechmine.model import Extraction

DAY = "2024-05-10"
_STOP = re.compile(r"(?<=[。！？!?\n])")
_ROLE = re.compile(r"[（(【〔\[][^（）()\n]*(?:牵头|负责|配合|责任)[^（）()\n]*[）)】〕\]]")
_WORD = re.compile(r"[\u4e00-\u9fff\d]{4,}")
CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
TEXTS = [*sorted(CORPUS.glob("*.txt"))[::2], *sorted((CORPUS / "papers").glob("*.txt"))[::12]]
_FEWEST = 300
# So much of many real clauses may be words that only say who acts, or marks of notes.
_MOST_OF_A_HUNDRED = 1


def rows(text: str) -> list[dict[str, str]]:
    return [row.cells for row in make_ledger([speechmine.extract(text, date=DAY)]).rows]


BEHIND = [
    # sentence, words of the row, what its cell says too
    ("县文旅局要开设节日专栏，多讲乡里的事，少登领导的活动。", "专栏", "少登领导的活动"),
    ("7月1日起全面实行“一单清”，医疗救护除外。", "一单清", "医疗救护除外"),
    ("县民政局建成全县统一的助餐平台，老人用手机可订可退。", "助餐平台", "可订可退"),
    ("加强堤防巡查，建立险工台账，确保群众生命财产安全。", "险工台账", "确保群众生命财产安全"),
    ("县乡村振兴局对全县310户监测户再排查一遍，尤其要把因病致贫的筛出来。", "排查", "因病致贫"),
    ("县林业局6月底前公布采伐清单，清单之外无采伐。", "采伐清单", "清单之外无采伐"),
]


@pytest.mark.parametrize(("text", "words", "said"), BEHIND)
def test_a_row_says_what_follows_it_in_its_sentence(text: str, words: str, said: str) -> None:
    assert any(words in row["task"] and said in row["task"] for row in rows(text))


BEFORE = [
    # sentence, words of the row, what stands before them in it or in its remark
    ("为方便群众办事，县行政审批局要建立代办清单。", "代办清单", "为方便群众办事"),
    ("县发改局要站在全县高度，会同青石县做好设计，制定支持举措清单。", "举措", "做好设计"),
    ("到2025年底，全县助餐点达到60个以上，建成示范助餐点8个。", "示范助餐点", "达到60个以上"),
    ("老街还有40户没通气，县城管局6月底前全部接通管道，建立用户台账。", "用户台账", "40户"),
]


@pytest.mark.parametrize(("text", "words", "said"), BEFORE)
def test_what_stands_before_a_row_is_in_it_or_its_remark(text: str, words: str, said: str) -> None:
    found = rows(text)
    assert any(words in row["task"] for row in found)
    assert any(said in row["task"] + row["remark"] for row in found)


def test_who_acts_and_another_point_are_no_part_of_a_row() -> None:
    row = rows("一是县水利局建立巡查台账，县财政局配合；二是值班值守等制度的落实。")[0]
    assert row["task"] == "建立巡查台账"
    assert "值班值守" in row["remark"]


def test_an_order_of_others_behind_a_semicolon_stands_in_the_remark() -> None:
    text = "县住建局建立项目台账；农牧、林业等部门要做好支持。"
    row = next(row for row in rows(text) if "项目台账" in row["task"])
    assert "农牧" not in row["task"]
    others = [r["task"] + r["remark"] for r in rows(text)]
    assert any("农牧、林业等部门要做好支持" in said or "做好支持" in said for said in others)


def test_a_bare_count_has_the_thing_that_was_counted() -> None:
    text = "到2025年底，城区新增停车泊位6000个以上；到2026年底累计新增1.2万个，缺口减少60%。"
    row = next(row for row in rows(text) if "1.2万个" in row["task"])
    assert "停车泊位" in row["task"] + row["remark"]


def lost(found: Extraction) -> tuple[int, list[str]]:
    """How many clauses stand in sentences with rows, and those of which no cell says enough."""
    kept = {row.id: row.cells for row in make_ledger([found]).rows}
    text, count, gone = found.document.text, 0, []
    cuts = [0, *(m.start() for m in _STOP.finditer(text)), len(text)]
    for start, end in itertools.pairwise(cuts):
        mine = [t for t in found.tasks if start <= t.start < end and t.id in kept and not t.cells]
        if not mine:
            continue
        said = "\0".join(
            squeezed(v) for t in mine for name, v in kept[t.id].items() if name != "text"
        )
        names = {p.text for t in mine for p in t.parties} | {t.deadline.text or "" for t in mine}
        sentence = _ROLE.sub("", text[start:end])
        for a, b in clauses_of(sentence):
            count += 1
            gone += [sentence[a:b]] if _uncovered(sentence[a:b], names, said) else []
    return count, gone


def _uncovered(clause: str, names: set[str], said: str) -> bool:
    for name in sorted(filter(None, names), key=len, reverse=True):
        clause = clause.replace(name, "\1")
    for part in clause.split("\1"):
        words = squeezed(part)
        held = {i + k for i in range(len(words) - 2) if words[i : i + 3] in said for k in range(3)}
        if _WORD.search("".join(c if i not in held else " " for i, c in enumerate(words))):
            return True
    return False


def test_hardly_a_clause_is_lost() -> None:
    found = [lost(speechmine.extract(speechmine.read(path))) for path in TEXTS]
    count, gone = sum(n for n, _ in found), [clause for _, some in found for clause in some]
    assert count > _FEWEST
    assert len(gone) * 100 <= _MOST_OF_A_HUNDRED * count, gone
