from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import docx
import pytest

import speechmine
from speechmine.errors import ReadError
from speechmine.model import Document
from speechmine.readers import read_bytes

from word_files import docx_of, p, r, root, saved, tc, tr

BOX = "<w:txbxContent>{}</w:txbxContent>"


def read(body: str, **parts: str) -> Document:
    return read_bytes(docx_of(body, **parts), id="a", suffix=".docx")


MANY = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一"
NUMBERED = [
    (
        "lists count by level",
        [("甲", 0), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 1), ("己", 0)],
        ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "二、己"],
    ),
    (
        "a lower level begins anew",
        [("甲", 1), ("乙", 2), ("丙", 0), ("丁", 1), ("戊", 2)],
        ["（一）甲", "1.乙", "一、丙", "（一）丁", "1.戊"],
    ),
    (
        "a pattern may name the level above",
        [("甲", 2), ("乙", 3), ("丙", 3), ("丁", 2)],
        ["1.甲", "1.1 乙", "1.2 丙", "2.丁"],
    ),
    ("many", [("甲", 0)] * 21, [f"{label}、甲" for label in MANY.split()]),
]


@pytest.mark.parametrize(
    ("name", "lines", "expected"), NUMBERED, ids=[name for name, _, _ in NUMBERED]
)
def test_automatic_numbers(name: str, lines: list[tuple[str, int]], expected: list[str]) -> None:
    body = "".join(p(text, level=level) for text, level in lines)
    assert read(body).text.splitlines() == expected


def test_a_number_comes_from_the_style_or_what_it_is_based_on_too() -> None:
    body = (
        p("抓项目", style="1") + p("正文。") + p("抓民生", style="11") + p("收尾", level=0, use=2)
    )
    document = read(body)
    assert document.text.splitlines() == ["一、抓项目", "正文。", "二、抓民生", "五、收尾"]
    assert [(h.depth, document.text[h.start : h.end]) for h in document.headings] == [
        (1, "一、抓项目"),
        (1, "二、抓民生"),
    ]


def test_use_zero_takes_the_number_of_the_style_away() -> None:
    assert read(p("抓项目", style="1", level=0, use=0)).text == "抓项目\n"


def field(code: str, shown: str | None, *, end: bool = True) -> str:
    """A field of Word: its code, and its result if it has one."""
    runs = f"{_mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>"
    if shown is not None:
        runs += _mark("separate") + r(shown)
    return runs + (_mark("end") if end else "")


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def either(*branches: str) -> str:
    return f"<mc:AlternateContent>{''.join(branches)}</mc:AlternateContent>"


TEXTS = [
    ("ringed number", p(field("eq \\o\\ac(○,3)", None) + r("抓项目")), "③抓项目"),
    ("ringed sign", p(field("eq \\o\\ac(○,甲)", None) + r("抓项目")), "甲抓项目"),
    ("field without a result", p(field("PAGE", None) + r("抓项目")), "抓项目"),
    ("field in a field", p(field("IF " + "x", "6月") + r("底前")), "6月底前"),
    (
        "field without an end",
        p(field("DATE", None, end=False) + r("失")) + p(r("正文。")),
        "正文。",
    ),
    ("end without a field", p(_mark("end") + _mark("separate") + r("正文。")), "正文。"),
    (
        "code outside a field",
        p("<w:r><w:instrText>DATE</w:instrText></w:r>" + r("正文。")),
        "正文。",
    ),
    ("hard hyphen", p("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>"), "A-1"),
    ("sign by its number", p('<w:r><w:sym w:char="2460"/></w:r>' + r("抓项目")), "①抓项目"),
    ("sign of a picture font", p('<w:r><w:sym w:char="F0FC"/></w:r>' + r("抓项目")), "抓项目"),
    ("sign that is none", p('<w:r><w:sym w:char="xyz"/></w:r>' + r("抓项目")), "抓项目"),
    (
        "reading aid",
        p(
            f"<w:r><w:ruby><w:rt>{r('zhuā')}</w:rt><w:rubyBase>{r('抓')}</w:rubyBase></w:ruby></w:r>"
            + r("项目")
        ),
        "抓项目",
    ),
    ("formula", p(r("增长") + "<m:oMath><m:r><m:t>8%</m:t></m:r></m:oMath>"), "增长8%"),
    (
        "form field not filled in",
        p(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{r('单击此处')}</w:sdt>" + r("正文。")),
        "正文。",
    ),
    (
        "runs given in two forms",
        p(either(f"<mc:Choice>{r('抓')}</mc:Choice>", f"<mc:Fallback>{r('抓')}</mc:Fallback>")),
        "抓",
    ),
    (
        "words given in two forms",
        p(
            "<w:r>"
            + either(
                "<mc:Choice><w:t>抓</w:t></mc:Choice>", "<mc:Fallback><w:t>抓</w:t></mc:Fallback>"
            )
            + "</w:r>"
            + r("项目")
        ),
        "抓项目",
    ),
    ("inserted", p(f"<w:ins>{r('要')}</w:ins>{r('抓紧。')}"), "要抓紧。"),
    (
        "deleted",
        p(f"<w:del><w:r><w:delText>不</w:delText></w:r></w:del>{r('要抓紧。')}"),
        "要抓紧。",
    ),
    (
        "moved",
        p(f"<w:moveFrom>{r('甲')}</w:moveFrom>{r('乙')}<w:moveTo>{r('丙')}</w:moveTo>"),
        "乙丙",
    ),
    ("hidden", p(r("密", "<w:vanish/>") + r("要抓紧。")), "要抓紧。"),
    ("hidden by style", p(r("密", '<w:rStyle w:val="h"/>') + r("要抓紧。")), "要抓紧。"),
    ("shown again", p(r("要", '<w:rStyle w:val="h"/><w:vanish w:val="0"/>')), "要"),
    ("broken line", p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"), "甲\n乙"),
    ("tab", p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>"), "甲\t乙"),
    ("link", p(f"<w:hyperlink>{r('区政府')}</w:hyperlink>{r('网站')}"), "区政府网站"),
    (
        "field",
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText>'
            f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("6月")}'
            f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{r("底前")}'
        ),
        "6月底前",
    ),
    ("content control", f"<w:sdt><w:sdtContent>{p('要抓紧。')}</w:sdtContent></w:sdt>", "要抓紧。"),
    ("contents", p("一、抓项目\t3", style="C") + p("正文。"), "正文。"),
    ("blank lines", p() + p("  \u3000 ") + p("正文。"), "正文。"),
    (
        "deleted end of paragraph",
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('请区财政局')}</w:p>" + p("抓紧。"),
        "请区财政局抓紧。",
    ),
]


@pytest.mark.parametrize(("name", "body", "text"), TEXTS, ids=[name for name, _, _ in TEXTS])
def test_text_is_what_is_printed(name: str, body: str, text: str) -> None:
    assert read(body).text == text + "\n"


def test_a_text_box_is_read_once_and_stands_apart() -> None:
    inner = BOX.format(p("联系人：办公室"))
    choice = f"<mc:Choice Requires='wps'>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    document = read(
        p(f"{r('正文。')}<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>")
    )
    assert document.text == "正文。\n"
    assert [(aside.kind, aside.text) for aside in document.asides] == [
        ("textbox", "联系人：办公室")
    ]


def test_notes_stand_apart_and_know_where_they_belong() -> None:
    body = p(r("一是提质") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r("，二是增效。"))
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>—</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2">{p("见附件。")}</w:footnote>'
    )
    document = read(body, footnotes=notes)
    (aside,) = document.asides
    assert (aside.kind, aside.text) == ("footnote", "见附件。")
    assert document.text[: aside.at] == "一是提质"


def test_running_heads_stand_apart() -> None:
    document = read(p("正文。"), header=p("内部资料"), footer=p(r("第1页")))
    assert [(aside.kind, aside.text) for aside in document.asides] == [
        ("header", "内部资料"),
        ("footer", "第1页"),
    ]


def test_the_title_is_what_has_its_style() -> None:
    document = read(p("在督办会上的", style="T") + p("讲话", style="T") + p("正文。"))
    assert document.title == "在督办会上的讲话"
    assert read(p("正文。")).title is None


def test_places_lead_back_to_paragraphs_with_empty_ones_counted() -> None:
    document = read(p("甲") + p() + p("<w:r><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"))
    assert [(place.start, place.paragraph) for place in document.places] == [(0, 1), (3, 3)]


def test_tables_keep_their_place_and_merged_cells_their_extent() -> None:
    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        tr(tc("任务"), tc("责任单位", '<w:gridSpan w:val="2"/>')),
        tr(tc("修路", start), tc("甲局"), tc("乙局")),
        tr(tc("", go_on), tc("丙局"), tc("丁局")),
        tr(tc("作废"), tc("无"), tc("无"), properties="<w:del/>"),
    ]
    document = read(p("前") + f"<w:tbl>{''.join(rows)}</w:tbl>" + p("后"))
    assert document.text == "前\n任务\t责任单位\n修路\t甲局\t乙局\n丙局\t丁局\n后\n"
    cells = [
        (c.row, c.column, document.text[c.start : c.end], c.rows, c.columns)
        for c in document.tables[0].cells
    ]
    assert cells == [
        (0, 0, "任务", 1, 1),
        (0, 1, "责任单位", 1, 2),
        (1, 0, "修路", 2, 1),
        (1, 1, "甲局", 1, 1),
        (1, 2, "乙局", 1, 1),
        (2, 1, "丙局", 1, 1),
        (2, 2, "丁局", 1, 1),
    ]
    places = [document.text[place.start : place.end] for place in document.places]
    assert (places[0], places[-1]) == ("前", "后")


def test_a_table_within_a_table_is_text_of_its_cell() -> None:
    inner = f"<w:tbl>{tr(tc('里'), tc('面'))}</w:tbl>{p('尾')}"
    document = read(f"<w:tbl>{tr(tc('甲'), tc(inner))}</w:tbl>")
    assert len(document.tables) == 1
    assert "里" in document.text
    assert document.text.count("里") == 1


def test_a_frame_of_one_cell_is_text() -> None:
    document = read(f"<w:tbl>{tr(tc(p('甲') + p('乙')))}</w:tbl>")
    assert (document.text, document.tables) == ("甲\n乙\n", ())


def test_a_work_division_in_word_is_a_ledger() -> None:
    rows = [
        ("任务", "责任单位", "完成时限"),
        ("修好水渠", "区水利局", "6月底前"),
        ("备足沙袋", "各镇街", "汛期前"),
    ]
    file = docx.Document()
    file.add_paragraph("防汛工作任务分解表")
    table = file.add_table(rows=0, cols=3)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    saved = io.BytesIO()
    file.save(saved)
    result = speechmine.extract(read_bytes(saved.getvalue(), suffix=".docx"))
    assert [(t.title, [x.text for x in t.parties], t.deadline.text) for t in result.tasks] == [
        ("修好水渠", ["区水利局"], "6月底前"),
        ("备足沙袋", ["各镇街"], "汛期前"),
    ]


def test_the_strict_form_of_the_standard_reads_the_same() -> None:
    content = docx_of(p("抓项目", style="1"))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            plain = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            new.writestr(name, old.read(name).replace(plain, strict))
    assert read_bytes(packed.getvalue(), suffix=".docx").text == "一、抓项目\n"


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + root(
    "document", "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>"
)


def packed_with(document: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (packed_with(BOMB), "document type"),
        (packed_with("<w:document"), "damaged Word file"),
        (packed_with(root("document", "<w:body/>")), "holds no text"),
        (packed_with(root("document", "")), "it has no body"),
        (packed_with(root("document", " " * 70_000_000)), "[Tt]ext node"),
        (b"PK\x03\x04" + b"\x00" * 60, "damaged Word file"),
    ],
)
def test_broken_and_hostile_files_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_bytes(content, suffix=".docx")


def test_files_cut_off_or_with_flipped_bytes_are_read_or_refused() -> None:
    whole = docx_of(p("抓项目", style="1") + p("正文。", level=1), header=p("内部"))
    chance = random.Random(1)  # noqa: S311  # bytes, no secrets
    for cut in range(0, len(whole), max(1, len(whole) // 40)):
        broken = bytearray(whole)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        for content in (whole[:cut], bytes(broken)):
            try:
                assert read_bytes(content or b"x", suffix=".docx").text.strip()
            except ReadError:
                continue


def test_depth_beyond_reason_is_no_endless_descent() -> None:
    deep = "<w:sdt><w:sdtContent>" * 3000 + p("甲") + "</w:sdtContent></w:sdt>" * 3000
    with pytest.raises(ReadError):
        read(deep)


def in_box(*paragraphs: str) -> str:
    """A run with a text box, as Word 2010 and later write one: twice."""
    inner = BOX.format("".join(paragraphs))
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{inner}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def old_box(*paragraphs: str) -> str:
    """As WPS and Word for Mac 2011 write one: once, in the older language of drawings."""
    inner = BOX.format("".join(paragraphs))
    return f"<w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>"


TASK = "县水利局要在6月底前完成12座水库除险加固。"


@pytest.mark.parametrize("box", [in_box, old_box])
def test_a_box_with_text_of_the_body_is_text(box: Callable[..., str]) -> None:
    body = p(r("一、抓防汛") + box(p(TASK), p("各镇要备足物资。"))) + p("二、抓供水")
    document = read(body)
    assert document.text == f"一、抓防汛\n{TASK}\n各镇要备足物资。\n二、抓供水\n"
    assert document.asides == ()
    (notice,) = document.notices
    assert notice.code == "text_in_boxes"
    assert "behind the paragraph that they hang on: 1" in notice.message
    (first, _) = speechmine.extract(document, date="2024-03-01", mode="full").tasks
    assert (first.text, first.deadline.edtf) == (TASK[:-1], "../2024-06-30")
    assert [place.paragraph for place in document.places] == [1, 2]


BESIDE = ["联系人：办公室", "内部资料", "领导小组\n办公室"]


@pytest.mark.parametrize("said", BESIDE)
def test_a_label_in_a_box_stands_apart(said: str) -> None:
    document = read(p(r("正文。") + in_box(*map(p, said.split("\n")))))
    assert (document.text, [a.text for a in document.asides]) == ("正文。\n", [said])


def test_a_box_that_repeats_the_text_is_not_read_twice() -> None:
    document = read(p(TASK) + p(r("要抓紧。") + in_box(p(TASK))))
    assert document.text == f"{TASK}\n要抓紧。\n"
    assert [(a.kind, a.text) for a in document.asides] == [("textbox", TASK)]


def test_a_file_of_boxes_alone_is_read() -> None:
    document = read(p(in_box(p("在会上的讲话"))) + p(in_box(p("一、抓防汛"), p(TASK))))
    assert document.text == f"在会上的讲话\n一、抓防汛\n{TASK}\n"
    assert [notice.code for notice in document.notices] == ["text_in_boxes"]


def test_a_table_in_a_box_is_a_table() -> None:
    rows = tr(tc("工作任务"), tc("责任单位")) + tr(tc("修缮桥梁3座。"), tc("县交通局"))
    document = read(p(r("附表") + in_box(f"<w:tbl>{rows}</w:tbl>", p())))
    assert document.text == "附表\n工作任务\t责任单位\n修缮桥梁3座。\t县交通局\n"
    assert len(document.tables) == 1


def test_words_of_a_drawn_shape_are_read() -> None:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    words = f'<a:txBody xmlns:a="{a}"><a:p><a:r><a:t>{TASK}</a:t></a:r></a:p></a:txBody>'
    shape = f"<w:r><w:drawing>{words}</w:drawing></w:r>"
    assert read(p(r("一、抓防汛") + shape)).text == f"一、抓防汛\n{TASK}\n"


def field_of(code: str, shown: str) -> str:
    """A field with its result, in five runs as Word writes it."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{mark.format('begin')}<w:r><w:instrText xml:space='preserve'> {code} </w:instrText></w:r>"
        f"{mark.format('separate')}{r(shown)}{mark.format('end')}"
    )


FIELDS = [
    (
        "a date",
        field_of('DATE \\@ "yyyy年M月d日"', "2024年6月30日") + r("前完成。"),
        "2024年6月30日前完成。",
    ),
    ("a reference", r("见") + field_of("REF _Ref1 \\h", "附件2") + r("。"), "见附件2。"),
    (
        "a simple one",
        "<w:fldSimple w:instr='DATE'>" + r("2024年6月") + "</w:fldSimple>",
        "2024年6月",
    ),
    ("one in another", field_of("IF 1 = 1", "") + r("甲"), "甲"),
    ("a form", field_of("FORMTEXT", "县水利局") + r("负责"), "县水利局负责"),
]


@pytest.mark.parametrize(("name", "runs", "text"), FIELDS, ids=[name for name, _, _ in FIELDS])
def test_fields_read_as_they_show(name: str, runs: str, text: str) -> None:
    assert read(p(runs)).text == text + "\n"


def test_a_table_of_contents_of_any_style_only_repeats_headings() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    )
    start = begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    tab = "<w:r><w:tab/></w:r>"
    entries = p(start + r("一、抓防汛") + tab + r("1")) + p(r("二、抓供水") + tab + r("12"))
    end = p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    assert read(entries + end + p("一、抓防汛")).text == "一、抓防汛\n"
    # Where the end of the field is lost, the text goes on.
    assert read(entries + p(TASK)).text == f"{TASK}\n"


def test_blocks_given_in_two_forms_are_read_once() -> None:
    choice = (
        f"<mc:Choice Requires='x'>{p('甲。')}</mc:Choice><mc:Fallback>{p('乙。')}</mc:Fallback>"
    )
    assert (
        read(f"<mc:AlternateContent>{choice}</mc:AlternateContent>{p('丙。')}").text
        == "甲。\n丙。\n"
    )


def test_comments_stand_apart_those_without_a_place_too() -> None:
    file = docx.Document()
    paragraph = file.add_paragraph(TASK)
    if not hasattr(file, "add_comment"):
        pytest.skip("this python-docx writes no comments")
    file.add_comment(paragraph.runs, text="请县财政局尽快拨付资金。", author="张三")
    document = read_bytes(saved(file), id="a", suffix=".docx")
    assert document.text == f"{TASK}\n"
    assert [(a.kind, a.text) for a in document.asides] == [("comment", "请县财政局尽快拨付资金。")]
    lost = read(p("正文。"), comments=f'<w:comment w:id="0">{p("要改。")}</w:comment>')
    assert [(a.kind, a.text, a.at) for a in lost.asides] == [("comment", "要改。", None)]


def test_a_file_packed_by_a_mac_is_read() -> None:
    packed = io.BytesIO(
        docx_of(p(r("县水利局") + "<w:proofErr w:type='spellStart'/>" + r("负责。")))
    )
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("__MACOSX/word/._document.xml", b"\x00\x05\x16\x07")
        archive.writestr(".DS_Store", b"\x00\x00\x00\x01Bud1")
    assert read_bytes(packed.getvalue(), id="a", suffix=".docx").text == "县水利局负责。\n"


def test_marks_that_do_not_show_are_left_out() -> None:
    assert read(p("供\u00ad水\u200b方\ufeff案。")).text == "供水方案。\n"
