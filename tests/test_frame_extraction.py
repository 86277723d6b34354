from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import speechmine
from speechmine.errors import UsageError
from speechmine.frame_extraction import (
    arrow_schema,
    empty_frame,
    extract_frame,
    frame_columns,
    spark_schema,
)
from speechmine.tables import TABLE_NAMES

TEXTS = (
    "区财政局要在6月底前制定奖补方案，拨付资金300万元以上。",
    "同志们！今天的会议很重要。",
    "各镇街要加快整改，力争9月1日前完成。\n区教育局负责新建学校3所。",
    None,
    "",
)
ROWS = [{"doc_id": f"d{n}", "text": text, "date": "2024-03-01"} for n, text in enumerate(TEXTS)]


@pytest.mark.parametrize("table", TABLE_NAMES)
@given(rows=st.lists(st.sampled_from(ROWS), max_size=4), cut=st.integers(min_value=0, max_value=4))
@settings(max_examples=10)
def test_the_whole_is_its_parts_put_together(
    table: str, rows: list[dict[str, str | None]], cut: int
) -> None:
    whole = pd.DataFrame(rows, columns=["doc_id", "text", "date"], dtype="string[python]")
    parts = [extract_frame(part, table=table) for part in (whole.iloc[:cut], whole.iloc[cut:])]
    assert_frame_equal(extract_frame(whole, table=table), pd.concat(parts, ignore_index=True))


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_no_rows_have_the_same_types_as_any(table: str) -> None:
    some = extract_frame(pd.DataFrame(ROWS), table=table)
    assert list(some.dtypes) == list(empty_frame(table).dtypes)
    assert list(some.columns) == [column.name for column in frame_columns(table)]


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_arrow_and_spark_know_the_same_columns(table: str) -> None:
    frame = extract_frame(pd.DataFrame(ROWS), table=table)
    schema = arrow_schema(table)
    assert schema.names == list(frame.columns)
    assert [part.split("`")[1] for part in spark_schema(table).split(", ")] == schema.names
    # Every cell fits the type that Arrow declares.
    assert pa.Table.from_pandas(frame, schema=schema, preserve_index=False).num_rows == len(frame)


def test_rows_are_those_of_the_single_documents() -> None:
    frame = extract_frame(pd.DataFrame(ROWS))
    single = [
        speechmine.extract(speechmine.Document(row["text"], id=row["doc_id"]), date=row["date"])
        for row in ROWS
        if row["text"] is not None
    ]
    expected = pd.concat([result.to_frame() for result in single], ignore_index=True)
    read = frame[frame["error"].isna()].drop(columns="error").reset_index(drop=True)
    assert_frame_equal(read, expected)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": None}, "there is no text"),
        ({"text": float("nan")}, "there is no text"),
        ({"text": 12}, "the text is no string but int"),
        ({"date": "2024-02-30"}, "date: a date YYYY-MM-DD is expected, not '2024-02-30'"),
        ({"level": "海"}, "level: one of"),
        ({"title": 5}, "title: a text is expected, not 5"),
    ],
)
def test_a_row_that_cannot_be_read_is_one_row_with_its_error(
    changes: dict[str, object], message: str
) -> None:
    bad = {**ROWS[0], "doc_id": "bad", **changes}
    frame = extract_frame(pd.DataFrame([ROWS[0], bad, ROWS[2]]))
    (row,) = frame[frame["doc_id"] == "bad"].to_dict("records")
    assert row.pop("error").startswith(message)
    assert row.pop("doc_id") == "bad"
    assert all(pd.isna(cell) for cell in row.values())
    assert set(frame["doc_id"]) == {"d0", "bad", "d2"}


@pytest.mark.parametrize(
    "day",
    [
        "2024-03-01",
        dt.date(2024, 3, 1),
        pd.Timestamp("2024-03-01 08:30"),
        dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC),
    ],
)
def test_a_day_is_known_in_any_of_its_types(day: object) -> None:
    frame = extract_frame(pd.DataFrame([{**ROWS[0], "date": day}]))
    assert set(frame["deadline_edtf"].dropna()) == {"../2024-06-30"}


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NaT, pd.NA])
def test_an_empty_day_is_not_known(nothing: object) -> None:
    frame = extract_frame(pd.DataFrame([{**ROWS[0], "date": nothing}]))
    assert frame["deadline_edtf"].isna().all()


def test_numbers_as_names_of_documents_are_kept_as_text() -> None:
    frame = extract_frame(pd.DataFrame([{**ROWS[0], "doc_id": 7}]))
    assert set(frame["doc_id"]) == {"7"}


@pytest.mark.parametrize(
    ("frame", "options", "message"),
    [
        (pd.DataFrame({"text": ["a"]}), {}, "missing: doc_id; there are: text"),
        (pd.DataFrame(), {}, "missing: doc_id, text; there are: none"),
        (pd.DataFrame(ROWS), {"table": "targets"}, "no table named 'targets'"),
        (pd.DataFrame(ROWS), {"mode": "loose"}, "mode 'loose'"),
    ],
)
def test_what_is_wrong_for_all_rows_is_told_at_once(
    frame: pd.DataFrame, options: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        extract_frame(frame, **options)


def test_a_fault_of_ours_costs_its_row_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from speechmine import frame_extraction

    real = frame_extraction.extract

    def sometimes(document: object, **options: object) -> object:
        if getattr(document, "id", "") == "d1":
            raise ZeroDivisionError("by nothing")
        return real(document, **options)

    monkeypatch.setattr(frame_extraction, "extract", sometimes)
    frame = extract_frame(pd.DataFrame(ROWS[:3]))
    assert frame.loc[frame["doc_id"] == "d1", "error"].tolist() == [
        "internal error (ZeroDivisionError: by nothing); please report it"
    ]
    assert set(frame["doc_id"]) == {"d0", "d1", "d2"}


def test_rules_and_profile_can_be_named_by_their_files(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    profile = tmp_path / "office.toml"
    profile.write_text('[house]\nname = "区督查室"\n', encoding="utf-8")
    texts = pd.DataFrame(ROWS)
    own = speechmine.load_rules(tmp_path / "rules")
    assert_frame_equal(
        extract_frame(texts, rules=str(tmp_path / "rules")), extract_frame(texts, rules=own)
    )
    with pytest.raises(UsageError):
        extract_frame(texts, profile=tmp_path / "absent.toml")


def test_a_bar_shows_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    texts = pd.DataFrame({"doc_id": ["a", "b"], "text": ["区财政局要在6月底前制定奖补方案。"] * 2})
    shown = speechmine.extract_frame(texts, progress=True)
    assert "提取" in capsys.readouterr().out
    pd.testing.assert_frame_equal(shown, speechmine.extract_frame(texts))
