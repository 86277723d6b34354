"""The parts of every national report since 1978, read by hand from headings and part borders.

How the doubtful cases were decided:

- The plan part begins with the first paragraph from which on the text no longer reports: with the
  heading of the second part, or with the paragraph above it that already turns to the year ahead
  (1984, 1994, 1995, 1997, 1999, 2000, 2002). An address (各位代表！) belongs to the paragraph it
  opens. The list of shortfalls at the end of a review belongs to the review.
- A first part whose heading names both (1978, 1987, 1994, 1999, 2021) or neither (1979, 1984,
  1989) is parted where its content turns. 1978 has its review inside the first part.
- Lessons drawn from the years reported on (1988, 1990, 1993, 1998, 2001) belong to the review.
- 1982 is a five-year plan: it plans first and reports on its first two years in the middle, so it
  has no review before the plan. The first words of its plan part are those of its first part.
- 1991 stands twice in its file; the first copy counts. 1985 opens with five paragraphs above its
  first heading.
- The closing is the part that names itself so (结束语), else the last address with all that
  follows; 1986 names one of ten paragraphs, most of them policy: there the last paragraph counts.
- Reports of an outgoing government (1983, 1988, 1993, 1998, 2003, 2008, 2013, 2018, 2023) review
  five years; 今年 is the year they are given in. The year is stated by title or headings of the
  body (``stated``), or by the date alone (None).
"""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

import speechmine
from speechmine.grammar.times import find_times
from speechmine.model import Document, TimeFrame
from speechmine.rules.loader import default_rules
from speechmine.segment.head import complete_document, time_frame
from speechmine.segment.outline import structure_of
from speechmine.text import view_of

from shared import SHARED

FOLDER = SHARED / "corpus" / "national"
RULES = default_rules()
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no national reports at {FOLDER}")

# year, stated, review before the plan, first characters of the plan part and of the closing
REPORTS = [
    (1978, None, True, "各位代表！打倒了", "各位代表！回顾过"),
    (1979, None, True, "二、打好四个现代", "各位代表！以上我"),
    (1980, None, True, "二、1981年国", "各位代表！一年多"),
    (1981, None, True, "（二）今后经济建", "各位代表：我们的"),
    (1982, None, False, "第六个五年计划的", "结束语各位代表！"),
    (1983, None, True, "今后五年的主要任", "结束语各位代表！"),
    (1984, None, True, "各位代表！为了进", "结束语各位代表："),
    (1985, None, True, "（二）关于经济体", "结束语各位代表！"),
    (1986, None, True, "二、“七五”时期", "结束语各位代表！"),
    (1987, None, True, "二、坚持长期稳定", "结束语各位代表！"),
    (1988, None, True, "今后五年建设和改", "结束语各位代表！"),
    (1989, 1989, True, "为了坚定不移地搞", "各位代表！总的来"),
    (1990, 1990, True, "二、一九九○年的", "各位代表！历史的"),
    (1991, 1991, True, "二、1991年计", "各位代表！当前我"),
    (1992, 1992, True, "二、抓紧有利时机", "结束语各位代表！"),
    (1993, None, True, "二、争取国民经济", "结束语各位代表！"),
    (1994, 1994, True, "二、保持国民经济", "结束语各位代表！"),
    (1995, 1995, True, "各位代表！199", "结束语各位代表！"),
    (1996, 1996, True, "二、今后十五年的", "各位代表！21世"),
    (1997, 1997, True, "各位代表：今年我", "结束语各位代表！"),
    (1998, 1998, True, "二、关于1998", "结束语各位代表！"),
    (1999, 1999, True, "各位代表！199", "结束语各位代表！"),
    (2000, 2000, True, "各位代表！200", "结束语各位代表！"),
    (2001, None, True, "二、“十五”期间", "结束语各位代表！"),
    (2002, 2002, True, "2002年是我们", "结束语各位代表!"),
    (2003, None, True, "二、对今年政府工", "各位代表！党的十"),
    (2004, 2004, True, "二、2004年主", "各位代表！新的一"),
    (2005, 2005, True, "二、2005年工", "各位代表！我国各"),
    (2006, None, True, "二、今年主要任务", "各位代表！我们国"),
    (2007, 2007, True, "二、2007年工", "各位代表！展望未"),
    (2008, 2008, True, "二、2008年主", "各位代表！回顾五"),
    (2009, 2009, True, "二、2009年工", "各位代表！我们面"),
    (2010, 2010, True, "二、2010年主", "各位代表！艰辛成"),
    (2011, None, True, "二、“十二五”时", "各位代表！回顾过"),
    (2012, 2012, True, "二、2012年工", "各位代表！回顾过"),
    (2013, None, True, "二、今年经济社会", "各位代表！回顾过"),
    (2014, 2014, True, "二、2014年工", "各位代表！人民赋"),
    (2015, 2015, True, "二、2015年工", "各位代表！时代赋"),
    (2016, 2016, True, "二、“十三五”时", "各位代表！奋斗才"),
    (2017, 2017, True, "二、2017年工", "各位代表！使命重"),
    (2018, 2018, True, "二、2018年经", "各位代表！团结凝"),
    (2019, 2019, True, "二、2019年经", "各位代表！奋斗创"),
    (2020, 2020, False, "这次新冠肺炎疫情", "各位代表！中华民"),
    (2021, 2021, True, "“十四五”时期是", "各位代表！重任在"),
    (2022, 2022, True, "二、2022年经", "各位代表！中国的"),
    (2023, 2023, True, "二、对今年政府工", "各位代表！奋斗铸"),
    (2024, 2024, True, "二、2024年经", "各位代表！使命重"),
    (2025, 2025, True, "二、2025年经", "各位代表！信心凝"),
    (2026, 2026, True, "二、“十五五”时", "各位代表！蓝图已"),
]
FIRST = 8


def parts_of(year: int, date: str | None) -> list[tuple[str, str]]:
    """Each stretch of one zone with its first characters, blanks aside."""
    document = Document(text_of(year), date=date)
    view = view_of(document.text)
    text = view.text
    frame = time_frame(complete_document(document, view, RULES), RULES)
    found = structure_of(text, RULES, year=frame.year)
    pieces, zones = found.pieces, found.zones
    parts = []
    for zone, run in itertools.groupby(range(len(pieces)), key=lambda i: zones[i]):
        start = pieces[next(run)].start
        parts.append((zone, "".join(text[start : start + 40].split())[:FIRST]))
    return parts


def text_of(year: int) -> str:
    return (FOLDER / f"national-中国-{year}.txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("year", "stated", "review", "plan", "closing"), REPORTS)
def test_parts(year: int, stated: int | None, review: bool, plan: str, closing: str) -> None:
    """The plan part begins where the table says, after a review, and one closing ends the text."""
    del stated
    parts = parts_of(year, f"{year}-03-05")
    zones = [zone for zone, _ in parts]
    first_plan = zones.index("plan")
    assert parts[first_plan][1] == plan
    assert ("review" in zones[:first_plan]) == review
    assert parts[-1] == ("closing", closing)
    assert zones.count("closing") == 1
    assert zones[0] == "opening"


@pytest.mark.parametrize(("year", "stated"), [row[:2] for row in REPORTS])
def test_the_year_that_the_text_states(year: int, stated: int | None) -> None:
    document = Document(text_of(year))
    done = complete_document(document, view_of(document.text), RULES)
    assert time_frame(done, RULES).year == (stated or (year if done.date else None))


@pytest.mark.parametrize("year", [row[0] for row in REPORTS])
def test_this_year_and_last_year(year: int) -> None:
    """With the day it was given 今年 is the report's year, 去年 the one before, 明年 the next."""
    document = Document(text_of(year), date=f"{year}-03-05")
    done = complete_document(document, view_of(document.text), RULES)
    frame = time_frame(done, RULES)
    assert frame == TimeFrame(dt.date(year, 3, 5), year)
    for word, meant in (("去年", year - 1), ("今年", year), ("明年", year + 1)):
        assert [t.edtf for t in find_times(f"{word}完成改造。", frame, RULES)] == [str(meant)]


def test_every_report_since_1978_is_in_the_table() -> None:
    years = {int(path.stem[-4:]) for path in FOLDER.glob("*.txt")}
    assert {row[0] for row in REPORTS} == {year for year in years if year >= 1978}


def test_a_whole_report_runs() -> None:
    """The pipeline gives the same zones as the outline alone."""
    result = speechmine.extract(Document(text_of(2024), date="2024-03-05"))
    assert {s.zone for s in result.segments} == {"opening", "review", "plan", "closing"}
