"""What is given in place of a text, a date or a report: taken as it is, or refused in words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import speechmine
from speechmine import Document
from speechmine.errors import ReadError, UsageError
from speechmine.themes import load_corpus

GOAL = "今年的主要预期目标是：财政收入增长5%左右。"
REVIEW = "一、2023年工作回顾\n财政收入增长5.6%，超过年初预期目标。\n二、2024年工作"
TABLE = pd.DataFrame({"doc_id": ["a"], "text": [GOAL]})


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        (Path("a.txt"), r"'a.txt' is a path, no text: read it first, speechmine.read"),
        (b"abc", "bytes are no text: decode them, or let speechmine.read"),
        (TABLE, "a frame is no text: speechmine.extract_frame"),
        (None, "a text is expected, not NoneType"),
        ([GOAL], "a text is expected, not list"),
    ],
)
@pytest.mark.parametrize(
    "ask", [speechmine.extract, speechmine.find_times, speechmine.find_quantities, Document]
)
def test_what_is_no_text_is_refused_with_the_remedy(ask, given: object, remedy: str) -> None:
    with pytest.raises(UsageError, match=remedy):
        ask(given)


def test_the_name_of_a_file_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "speech.txt"
    path.write_text(GOAL, encoding="utf-8")
    with pytest.raises(UsageError, match=r"name of a file.*extract\(speechmine.read\("):
        speechmine.extract(str(path))
    assert speechmine.extract(f"{path}\n").metrics == ()


@pytest.mark.parametrize(
    "day", ["2024-01-05", dt.date(2024, 1, 5), dt.datetime(2024, 1, 5, 9, 30, tzinfo=dt.UTC)]
)
def test_a_day_is_taken_as_a_day(day: object) -> None:
    assert speechmine.extract(GOAL, date=day).document.date == "2024-01-05"  # type: ignore[arg-type]
    assert Document(GOAL, date=day).date == "2024-01-05"  # type: ignore[arg-type]
    (found,) = speechmine.find_times("6月底前完成", date=day)  # type: ignore[arg-type]
    assert found.edtf == "../2024-06-30"


@pytest.mark.parametrize("day", [2024, "2024", "5. 1. 2024", ("2024", "1")])
def test_what_is_no_day_is_refused(day: object) -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        speechmine.extract(GOAL, date=day)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        (GOAL, r"for a text give its year with it, \{2024: text\}"),
        (5, "a report is expected .* not int"),
        (None, "not NoneType"),
        ({"x": GOAL}, "year 'x': a whole number is expected"),
        ({2024: Path("a.txt")}, "read it first"),
        ([Document(GOAL, id="a"), 7], "not int"),
        (pd.DataFrame({"body": [GOAL]}), "no column 'text'; there are: body"),
        (pd.DataFrame({"text": [GOAL], "level": ["galaxy"]}), "level 'galaxy': one of"),
    ],
)
def test_what_is_no_report_is_refused(given: object, remedy: str) -> None:
    for ask in (speechmine.targets, speechmine.achieved):
        with pytest.raises(UsageError, match=remedy):
            ask(given)  # type: ignore[arg-type]


def test_folders_that_give_nothing_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no report could be read from this folder"):
        speechmine.targets(tmp_path / "empty")
    with pytest.raises(ReadError, match="no such file; check the path"):
        speechmine.targets(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="no such folder; check the path"):
        load_corpus(tmp_path / "nowhere")


def test_years_are_taken_however_a_table_writes_them() -> None:
    for year in (2026, "2026", "2026年"):
        assert speechmine.targets({year: GOAL})["year"].tolist() == [2026]  # type: ignore[dict-item]
    frame = pd.DataFrame({"text": [GOAL], "year": [2026.0], "level": ["city"], "place": ["东营"]})
    row = speechmine.targets(frame).iloc[0]
    assert (row["place"], row["place_code"], row["level"]) == ("东营市", "370500", "prefecture")
    days = [dt.date(2026, 1, 3), pd.Timestamp("2026-01-03"), "2026-01-03 00:00:00"]
    for day in days:
        frame = pd.DataFrame({"text": [GOAL], "date": [day]})
        assert speechmine.targets(frame)["year"].tolist() == [2026]


def test_one_bad_input_of_many_does_not_stop_the_rest(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("2025年政府工作报告\n" + GOAL, encoding="utf-8")
    panel = speechmine.targets([good, tmp_path / "gone.txt", {2024: GOAL}, Document(GOAL, id="d")])
    assert sorted(panel["doc_id"]) == ["2024", "d", "good"]
    assert panel.attrs["errors"] == [[str(tmp_path / "gone.txt"), "no such file; check the path"]]
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": [GOAL, None]})
    panel = speechmine.targets(frame)
    assert panel["doc_id"].tolist() == ["a"]
    assert panel.attrs["errors"] == [["b", "there is no text"]]


def test_two_reports_are_of_one_place_and_in_order() -> None:
    def report(text: str, place: str, year: int) -> Document:
        return Document(text, id=f"{place}{year}", date=f"{year}-01-20", place=place)

    first = report(GOAL, "上海", 2023)
    with pytest.raises(UsageError, match=r"of 上海市, the next .* of 北京市"):
        speechmine.promises(first, report(REVIEW, "北京市", 2024))
    with pytest.raises(UsageError, match="the next report is of 2023, the first of 2024"):
        speechmine.promises(report(GOAL, "上海", 2024), report(REVIEW, "上海", 2023))
    for one, other in (("上海", "上海市"), ("襄樊市", "襄阳市"), ("海拉尔市", "海拉尔区")):
        pair = report(GOAL, one, 2023), report(REVIEW, other, 2024)
        assert len(speechmine.promises(*pair)) == 1


def test_traditional_script_is_read_like_simplified() -> None:
    goal = "今年的預期目標是：財政收入增長5%左右。"
    review = "一、2023年工作回顧\n財政收入增長5.6%，超過年初預期目標。\n二、2024年工作"
    table = speechmine.promises({2023: goal}, {2024: review})
    row = table.iloc[0]
    assert (row["low"], row["achieved_low"], row["met"]) == (5.0, 5.6, True)
    assert row["verdict"] == "exceeded"
    assert table["answer_wording"].tolist() == ["財政收入增長5.6%"]


def test_what_is_printed_stays_short() -> None:
    long = Document("要抓落实。" * 100_000, id="long", place="东河县")
    assert repr(long) == "Document(id='long', place='东河县', 500,000 characters)"
    corpus = load_corpus([long])
    assert repr(corpus) == "Corpus(1 texts)"
    assert "selected by" in repr(corpus.select(place="东河县"))


@pytest.mark.parametrize("given", [[GOAL], pd.Series([GOAL]), GOAL, None])
def test_a_frame_is_a_frame(given: object) -> None:
    with pytest.raises(UsageError, match="a frame is expected"):
        speechmine.extract_frame(given)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="a frame is expected"):
        speechmine.ratchet(given)  # type: ignore[arg-type]


def test_a_path_is_a_path() -> None:
    with pytest.raises(UsageError, match="a path or the bytes of a file are expected"):
        speechmine.read(None)  # type: ignore[arg-type]
