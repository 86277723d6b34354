"""PDF files in the layouts that offices use, printed by LibreOffice and reportlab."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pypdfium2
import pytest

import speechmine
from page_files import (
    body,
    boxed,
    cid_pdf,
    columns,
    head,
    layered_pdf,
    middle,
    needs_office,
    noted,
    office_file,
    printed,
    table,
    without_maps,
    wrapped,
)
from produced import PRINTED, every, told
from speechmine.errors import ReadError
from speechmine.readers import read_bytes
from speechmine.readers.paged import page_texts

TEXT = """一、抓紧修渠
县水利局要在9月底前完成城南水渠清淤1.2万米，并组织验收。各镇街要落实管护责任，每月5日前报送进展。
县财政局负责在6月底前拨付奖补资金120万元，专款专用，不得截留挪用，结余部分按规定上缴。
二、备足物资
县应急局牵头，县发改局配合，在5月底前备足编织袋3万条、水泵40台，登记造册，专人保管，随时调用。"""
LINES = TEXT.splitlines()


def layouts(text: str) -> dict[str, bytes]:
    """A text in the layouts that change nothing of what it says."""
    title, *rest = [line.strip() for line in text.splitlines() if line.strip()]
    paragraphs = [
        middle(line) if at < 2 and len(line) < 30 else body(line) for at, line in enumerate(rest)
    ]
    heads = [part for part in paragraphs if 'name="Mid"' in part]
    others = paragraphs[len(heads) :]
    return {
        "plain": office_file(head(title), *paragraphs, running="砚湖县督查专报"),
        "sans": office_file(head(title), *paragraphs, font="Noto Sans CJK SC"),
        "bold": office_file(head(title), *paragraphs, font="Noto Serif CJK SC Black"),
        "columns": office_file(head(title), *heads, columns(*others), running="砚湖县督查专报"),
        "vertical": office_file(head(title), *paragraphs, mode="tb-rl"),
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All that LibreOffice prints for this module, in one call."""
    made = {
        f"{file.stem}-{name}": content
        for file in PRINTED
        for name, content in layouts(file.read_text(encoding="utf-8")).items()
    }
    return printed({**made, **SINGLE}, tmp_path_factory.mktemp("pdf"))


ROWS = [
    ["序号", "任务", "责任单位", "完成时限"],
    *(
        [str(n), f"完成第{n}批老旧小区雨污分流改造并组织验收", "县住建局", f"{n % 12 + 1}月底前"]
        for n in range(1, 31)
    ),
]
LONG = "逐户排查、逐段检测，建立问题清单，" * 4
CUT = [
    ["序号", "任务", "责任单位", "完成时限"],
    *(
        [str(n), f"完成第{n}批管网改造，{LONG}并组织验收。", "县住建局", "6月底前"]
        for n in range(1, 9)
    ),
]
SINGLE = {
    "cut": office_file(head("重点任务分解表"), table(CUT), body(LINES[1])),
    "table": office_file(
        head("重点任务分解表"), body("分解如下，请抓好落实。"), table(ROWS), body(LINES[1])
    ),
    "note": office_file(
        noted("县水利局要在9月底前完成堤防加固1200", "这里的米数不含支堤。", "米，并组织验收。"),
        *map(body, LINES),
    ),
    "frame": office_file(
        body(LINES[0]), boxed("联系人：县督查室，电话另行通知。", LINES[1]), *map(body, LINES[2:])
    ),
    "speech": office_file(head("在全县水利会上的讲话"), *map(body, LINES * 6), running="内部资料"),
}


def bare(text: str) -> list[str]:
    return ["".join(line.split()) for line in text.splitlines() if line.strip()]


@needs_office
@pytest.mark.slow
@every("printed")
def test_a_layout_changes_nothing(case: tuple[Path, str], files: dict[str, bytes]) -> None:
    file, form = case
    clean = read_bytes(file.read_bytes())
    document = read_bytes(files[f"{file.stem}-{form}"], source="a.pdf")
    assert bare(document.text) == bare(clean.text)
    assert told(document) == told(clean)


@needs_office
def test_a_table_over_four_pages_is_one_table(files: dict[str, bytes]) -> None:
    document = read_bytes(files["table"], source="a.pdf")
    (found,) = document.tables
    cells = [document.text[cell.start : cell.end] for cell in found.cells]
    assert cells == [text for row in ROWS for text in row]
    assert document.text.endswith(f"{LINES[1]}\n")
    tasks = speechmine.extract(dataclasses.replace(document, date="2024-03-01")).tasks
    assert [t.parties[0].text for t in tasks[:30]] == ["县住建局"] * 30


@needs_office
def test_a_row_that_a_page_break_cuts_is_one_row(files: dict[str, bytes]) -> None:
    first = pypdfium2.PdfDocument(files["cut"])[0].get_textpage().get_text_range()
    assert "".join(first.split()).count("完成第") > "".join(first.split()).count("并组织验收")
    document = read_bytes(files["cut"], source="a.pdf")
    (found,) = document.tables
    cells = [document.text[cell.start : cell.end] for cell in found.cells]
    assert cells == [text for row in CUT for text in row]


@needs_office
def test_a_note_stands_apart_and_its_mark_spoils_no_figure(files: dict[str, bytes]) -> None:
    document = read_bytes(files["note"], source="a.pdf")
    assert document.text.splitlines()[0] == "县水利局要在9月底前完成堤防加固1200米，并组织验收。"
    (note,) = [aside for aside in document.asides if aside.kind == "footnote"]
    assert (note.text, note.at) == ("这里的米数不含支堤。", document.text.index("1200") + 4)


@needs_office
def test_a_frame_stands_behind_the_paragraph_that_runs_around_it(files: dict[str, bytes]) -> None:
    lines = read_bytes(files["frame"], source="a.pdf").text.splitlines()
    assert sorted(lines) == sorted([*LINES, "联系人：县督查室，电话另行通知。"])
    assert [line for line in lines if line in LINES] == LINES


MARKS = {
    "slanted": [("内部资料", 150, 300, 60, 45, 0.8)],
    "pale and large": [("砚湖督查", 150, 500, 60, 0, 0.85)],
    "pale and often": [("内部资料", 80 + 160 * n, 147 + 170 * n, 14, 0, 0.85) for n in range(3)],
    "black over the text": [("请勿外传", 200, 733, 14, 0, 0)],
}


@pytest.mark.parametrize("name", MARKS)
def test_watermarks_stand_apart(name: str) -> None:
    text = PRINTED[-1].read_text(encoding="utf-8")
    document = read_bytes(cid_pdf(wrapped(text), marks=MARKS[name]), source="a.pdf")
    assert bare(document.text) == bare(text)
    assert {aside.text for aside in document.asides} == {MARKS[name][0][0]}
    assert {aside.kind for aside in document.asides} == {"watermark"}


def test_white_words_on_a_dark_ground_are_text() -> None:
    marks = [("县审计局要全程跟踪。", 90, 60, 14, 0, 1.0)]
    document = read_bytes(cid_pdf(wrapped(TEXT), marks=marks), source="a.pdf")
    assert "县审计局要全程跟踪" in document.text


def test_a_page_on_its_side_is_read_upright() -> None:
    document = read_bytes(cid_pdf(wrapped(TEXT), turned=True, each=99), source="a.pdf")
    assert bare(document.text) == bare(TEXT)
    first = document.place_of(0)
    assert first is not None
    assert first.box is not None
    left, top, right, bottom = first.box
    assert bottom - top > 3 * (right - left)


@needs_office
@pytest.mark.parametrize("wrong", [False, True])
def test_fonts_that_do_not_tell_their_characters_are_named(
    wrong: object, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_texts, "is_available", lambda: False)
    content = without_maps(files["speech"], wrong=bool(wrong))
    with pytest.raises(ReadError, match="do not tell which characters") as caught:
        read_bytes(content, source="a.pdf")
    assert "speechmine[ocr]" in caught.value.remedy


def test_a_text_hidden_under_the_picture_of_a_page_is_used_and_said() -> None:
    document = read_bytes(layered_pdf(wrapped(TEXT)), source="a.pdf")
    assert bare(document.text) == bare(TEXT)
    assert document.recognised == ()
    (notice,) = [notice for notice in document.notices if notice.code == "hidden_text"]
    assert "the text of pages 1 lies unseen under pictures" in notice.message
