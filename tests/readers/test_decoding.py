from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

import speechmine
from speechmine.errors import ReadError
from speechmine.readers import read_bytes
from speechmine.readers.common.decoding import decode, decode_as

from shared import SHARED, needs_shared

SPEECH = "同志们：\n区财政局要在6月底前制定奖补方案，力争完成投资3.5亿元左右。\n"
TRADITIONAL = "各位同仁：\n財政局應於六月底前訂定獎補方案，並確實督導各單位落實執行。\n"
# Ten characters and fewer, as titles and cells are.
SHORT = [
    "区财政局牵头负责整改。",
    "六月底前完成",
    "抓紧整改到位。",
    "关于安全生产的讲话",
    "一、抓落实",
]


@pytest.mark.parametrize(
    ("encoding", "certain"),
    [
        ("utf-8", True),
        ("utf-8-sig", True),
        ("utf-16", True),
        ("utf-32", True),
        ("gbk", False),
        ("gb18030", False),
        ("utf-16-le", False),
        ("utf-16-be", False),
    ],
)
@pytest.mark.parametrize("text", [SPEECH, *SHORT])
def test_each_encoding_reads_the_same(text: str, encoding: str, certain: bool) -> None:
    found = decode(text.encode(encoding), "a.txt")
    assert (found.text, found.certain) == (text, certain)


@pytest.mark.parametrize("text", [TRADITIONAL, "財政局應於六月底前完成", "關於安全生產的講話"])
def test_big5_is_told_from_gbk(text: str) -> None:
    assert decode(text.encode("big5"), "a.txt").text == text
    assert decode(text.encode("gbk"), "a.txt").text == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE + SPEECH.encode("utf-16-be")])
def test_a_big_endian_mark_is_known(mark: bytes) -> None:
    assert decode(mark, "a.txt").text == SPEECH


def test_an_encoding_told_by_its_look_alone_is_a_notice() -> None:
    document = read_bytes(SPEECH.encode("gbk"))
    result = speechmine.extract(document)
    assert [(n.code, n.message) for n in result.notices if n.code == "encoding_inferred"] == [
        ("encoding_inferred", "read as GB18030, by its characters; the file does not say so")
    ]
    assert [t.title for t in result.tasks] == [
        t.title for t in speechmine.extract(read_bytes(SPEECH.encode())).tasks
    ]


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_tables_as_old_spreadsheets_save_them(suffix: str) -> None:
    mark = "," if suffix == ".csv" else "\t"
    content = f"任务{mark}责任单位\n修好水渠{mark}区水利局\n".encode("gbk")
    document = read_bytes(content, suffix=suffix)
    assert document.text.splitlines()[1].split(mark) == ["修好水渠", "区水利局"]
    assert [notice.code for notice in document.notices] == ["encoding_inferred"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00", "damaged UTF-16-LE at byte 2"),
        (bytes(range(128, 256)), "encoding unknown"),
        ("école française à été".encode("latin-1"), "encoding unknown"),
        ("привет всем товарищам".encode("cp1251"), "encoding unknown"),
        (b"\x00" * 40, "binary file"),
    ],
)
def test_what_no_encoding_explains_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        decode(content, "a.txt")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("gb2312", "镕基"), ("GBK", "同志们"), ("utf8", "同志们"), ("big5", "財政")],
)
def test_a_stated_encoding_is_believed_where_it_is_true(encoding: str, text: str) -> None:
    content = text.encode("gb18030" if encoding in ("gb2312", "GBK") else encoding)
    assert decode_as(content, encoding, "a.html").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "rot13", "zip", "no-such", "idna", "\x00"])
def test_a_stated_encoding_that_is_wrong_is_not_believed(encoding: str) -> None:
    assert decode_as(SPEECH.encode("gbk"), encoding, "a.html").text == SPEECH


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_an_error(content: bytes) -> None:
    try:
        found = decode(content, "a.txt")
    except ReadError:
        return
    assert found.text.strip()


@needs_shared
def test_ten_characters_of_real_texts_are_right_in_every_encoding() -> None:
    wrong = []
    for path in sorted((SHARED / "corpus").rglob("*.txt"))[::4]:
        text = path.read_text(encoding="utf-8")
        for start in range(0, len(text) - 10, max(1, len(text) // 12)):
            piece = text[start : start + 10]
            if sum("\u4e00" <= c <= "\u9fff" for c in piece) < 5:
                continue
            for encoding in ("utf-8", "gbk", "utf-16-le", "utf-16-be"):
                content = piece.encode(encoding, "ignore")
                if _read(content) != content.decode(encoding):
                    wrong.append((piece, encoding))
    assert wrong == []


def _read(content: bytes) -> str | None:
    try:
        return decode(content, "a.txt").text
    except ReadError:
        return None
