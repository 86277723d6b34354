"""Tables for a paper: what other programs read is what the table holds, and how it was made."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import speechmine
from speechmine.errors import ReadError, UsageError
from speechmine.paper import (
    TABLE_FORMATS,
    cite,
    codebook,
    concat,
    read_table,
    record_of,
    to_latex,
    write_table,
)
from speechmine.paper.stata import dta_bytes, stata_names
from speechmine.themes import keyness, load_corpus, term_frequency

ROOT = Path(__file__).parents[2]
TEXTS = {2021: "抓改革。稳就业。", 2023: "稳就业。促改革，促改革。"}
TABLE = term_frequency(TEXTS, ["改革", "就业"])
ODD = pd.DataFrame(
    {
        "if": pd.array([1, None], dtype="Int64"),
        "全空": pd.array([None, None], dtype="string"),
        "空数": pd.array([None, None], dtype="Float64"),
        "truth": pd.array([True, None], dtype="boolean"),
        "day": pd.to_datetime(["2024-03-05", None]),
        "long": ["甲" * 1500, None],
        "a name that is far too long for Stata to take": ["x", "y"],
        "infinite": [np.inf, 1.5],
        "category": pd.Categorical(["一", None]),
    }
)


def test_stata_opens_what_is_odd() -> None:
    """ReadStat, which R's haven and others use, reads names, labels and missing values."""
    pyreadstat = pytest.importorskip("pyreadstat")
    frame, meta = read_stata(pyreadstat, ODD)
    assert len(frame) == 2
    assert list(frame.columns)[:4] == ["if_", "全空", "空数", "truth"]
    assert frame["全空"].tolist() == ["", ""]
    assert frame["空数"].isna().all()
    assert frame["truth"].iloc[0] == 1
    assert str(frame["day"].iloc[0])[:10] == "2024-03-05"
    assert frame["long_"].iloc[0] == "甲" * 1500
    assert np.isnan(frame["infinite"].iloc[0])
    assert meta.column_names_to_labels["truth"]


def read_stata(pyreadstat, frame: pd.DataFrame):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.dta"
        file.write_bytes(dta_bytes(frame))
        return pyreadstat.read_dta(str(file))


def test_stata_has_the_headings_as_labels() -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    panel = speechmine.targets(ROOT / "corpus" / "reports")
    frame, meta = read_stata(pyreadstat, panel)
    assert len(frame) == len(panel)
    assert meta.column_names_to_labels["hardness"] == "约束"
    assert frame["low"].sum() == pytest.approx(panel["low"].sum())


@pytest.mark.filterwarnings("error")
def test_an_empty_table_is_a_file_too() -> None:
    again = pd.read_stata(io.BytesIO(dta_bytes(TABLE.head(0))))
    assert list(again.columns) == list(TABLE.columns)


@settings(max_examples=50, deadline=None)
@given(names=st.lists(st.text(min_size=1, max_size=60), max_size=20))
def test_every_name_becomes_one_that_stata_takes(names: list[str]) -> None:
    found = stata_names(names)
    assert len(set(found)) == len(found) == len(names)
    for name in found:
        assert len(name) <= 32
        assert name.replace("_", "a").isalnum() or name == "_"
        assert not name[0].isdigit()


@pytest.mark.parametrize("suffix", TABLE_FORMATS)
def test_the_same_table_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_table(TABLE, tmp_path / f"{name}{suffix}")
    first, second = ((tmp_path / f"{name}{suffix}").read_bytes() for name in ("a", "b"))
    assert first == second
    assert len(first) > 50


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".dta"])
def test_a_table_comes_back_with_its_record(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"table{suffix}"
    write_table(TABLE, path, corpus=TEXTS)
    again = read_table(path)
    assert list(again.columns) == list(TABLE.columns)
    assert again["n"].fillna(-1).tolist() == TABLE["n"].fillna(-1).tolist()
    assert again.attrs["method"] == TABLE.attrs["method"]
    assert again.attrs["vocabulary"] == TABLE.attrs["vocabulary"]
    assert [one["doc_id"] for one in again.attrs["record"]["inputs"]] == ["2021", "2023"]


def test_a_record_survives_concat_and_files(tmp_path: Path) -> None:
    parts = [term_frequency({year: text}, ["改革"]) for year, text in TEXTS.items()]
    parts.append(term_frequency(TEXTS, ["就业"]))
    write_table(concat([concat(parts[:2]), parts[2]]), tmp_path / "all.csv")
    again = read_table(tmp_path / "all.csv")
    assert [part["n_reports"] for part in again.attrs["parts"]] == [1, 1, 2]
    record = json.loads((tmp_path / "all.csv.record.json").read_text("utf-8"))
    assert record["rows"] == len(again)
    assert set(record["software"]) >= {"speechmine", "python", "pandas", "jieba"}


def test_the_record_knows_changed_texts_and_changed_cells() -> None:
    one, two = (record_of(TABLE, texts) for texts in (TEXTS, {**TEXTS, 2023: "稳就业。"}))
    assert one["inputs"][0] == two["inputs"][0]
    assert one["inputs"][1]["sha256"] != two["inputs"][1]["sha256"]
    assert one["content"] == record_of(TABLE.copy())["content"]
    assert one["content"] != record_of(TABLE.assign(n=0))["content"]


def test_every_table_of_a_corpus_names_its_inputs() -> None:
    there, back = (term_frequency(texts, ["改革"]).attrs["inputs"] for texts in (TEXTS, TEXTS))
    other = term_frequency({**TEXTS, 2023: "稳就业。"}, ["改革"]).attrs["inputs"]
    assert there == back != other


def test_latex_escapes_and_tells_the_method() -> None:
    table = pd.DataFrame({"a_b": ["50% & más", None], "n": [0.12345, 2.0]})
    table.attrs.update(method="made_up", n_reports=3)
    text = to_latex(table, caption="Rates of 5%", label="tab:one")
    assert r"50\% \& más & 0.123 \\" in text
    assert r"\caption{Rates of 5\%}" in text
    assert r"made\_up" in text
    assert text.count(r"\begin{table}") == text.count(r"\end{table}") == 1
    rows = [line for line in text.splitlines() if line.endswith(r"\\")]
    assert {line.replace(r"\&", "").count("&") for line in rows} == {1}
    with pytest.raises(UsageError, match="no column 'x'"):
        to_latex(table, columns=["x"])


def test_word_has_the_cells_and_headings_on_each_page(tmp_path: Path) -> None:
    write_table(TABLE, tmp_path / "table.docx")
    file = docx.Document(tmp_path / "table.docx")
    grid = file.tables[0]
    assert len(grid.rows) == len(TABLE) + 1
    assert grid.rows[0].cells[0].text == "年份"
    assert "literal count" in file.paragraphs[-1].text
    with zipfile.ZipFile(tmp_path / "table.docx") as archive:
        assert b"tblHeader" in archive.read("word/document.xml")


def test_what_cannot_be_written_or_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there are: \.csv"):
        write_table(TABLE, tmp_path / "table.sav")
    write_table(TABLE, tmp_path / "table.csv")
    with pytest.raises(UsageError, match="exists"):
        write_table(TABLE, tmp_path / "table.csv")
    write_table(TABLE, tmp_path / "table.csv", overwrite=True)
    with pytest.raises(ReadError, match="cannot be read"):
        read_table(tmp_path / "nothing.csv")
    with pytest.raises(UsageError, match="can be read again"):
        read_table(tmp_path / "table.docx")
    with pytest.raises(UsageError, match="one table"):
        concat([])


def test_the_codebook_has_every_variable() -> None:
    book = codebook()
    assert set(book["table"]) >= {"targets", "promises", "ratchet", "tasks", "metrics"}
    assert (book["meaning"].str.len() > 3).all()
    assert (book["label"].str.len() > 0).all()
    assert "牵头" in book.set_index("variable").loc["role", "values"]
    level = codebook("targets").set_index("variable").loc["level", "values"]
    assert "硬任务" not in level
    with pytest.raises(UsageError, match="no table named"):
        codebook("nothing")


def test_the_codebook_of_a_frame_counts_its_cells() -> None:
    panel = speechmine.targets(ROOT / "corpus" / "reports")
    book = codebook(panel).set_index("variable")
    assert list(book.index) == list(panel.columns)
    assert book.loc["low", "n"] == panel["low"].notna().sum()
    assert book.loc["low", "max"] == panel["low"].max()
    table = keyness(TEXTS, {"year": 2023}, min_count=1)
    assert (codebook(table)["label"] != "").all()


def test_the_citation_is_valid_and_current() -> None:
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(told)
    assert str(told["version"]) == speechmine.__version__
    assert (ROOT / "CITATION.cff").read_text(encoding="utf-8") == cite("cff")
    assert speechmine.__version__ in speechmine.cite()
    assert cite("bibtex").count("{") == cite("bibtex").count("}")
    with pytest.raises(UsageError, match="text, bibtex, cff"):
        cite("apa")  # type: ignore[arg-type]


def test_words_are_cut_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from speechmine.themes.words.vocabulary import Vocabulary

    folder = tmp_path / "cache"
    first = term_frequency(load_corpus(TEXTS).cached(folder))
    cut = []
    plain = Vocabulary.tokens
    monkeypatch.setattr(
        Vocabulary, "tokens", lambda self, text: cut.append(text) or plain(self, text)
    )
    pd.testing.assert_frame_equal(first, term_frequency(load_corpus(TEXTS).cached(folder)))
    assert cut == []
    term_frequency(load_corpus({**TEXTS, 2024: "稳增长。"}).cached(folder))
    assert cut == ["稳增长。"]
    files = sorted(folder.iterdir())
    assert len(files) == 3
    for file in files:
        file.write_bytes(b"broken")
    pd.testing.assert_frame_equal(first, term_frequency(load_corpus(TEXTS).cached(folder)))
    with pytest.raises(UsageError, match="no folder can be made"):
        load_corpus(TEXTS).cached(files[0] / "below")
