"""Records with other values in some fields: the same as ``dataclasses.replace``."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

import speechmine
from speechmine.changes import changed, quickly_made, values_of
from speechmine.model import Clause, TimeFrame

SAID = "一、抓供水\n区水务局要在3月底前修好泵站3座，供水率提高5%。\n去年，各镇建成水厂2座。"


@pytest.fixture(scope="module")
def records() -> list[object]:
    found = speechmine.extract(SAID, date="2024-01-08", mode="full")
    kinds = (found.sections, found.segments, found.tasks, found.metrics, found.tasks[0].parties)
    assert all(kinds)
    return [record for kind in kinds for record in kind]


def test_any_field_changes_as_replace_changes_it(records: list[object]) -> None:
    for record in records:
        for field in dataclasses.fields(record):  # type: ignore[arg-type]
            given = {field.name: "another"}
            assert changed(record, **given) == dataclasses.replace(record, **given)  # type: ignore[type-var]


def test_without_changes_it_is_an_equal_record(records: list[object]) -> None:
    for record in records:
        same = changed(record)
        assert same == record
        assert same is not record


def test_what_was_changed_stays_as_it_was() -> None:
    frame = TimeFrame(year=2024)
    assert changed(frame, year=2025) == TimeFrame(year=2025)
    assert frame == TimeFrame(year=2024)


def test_a_field_that_is_none_is_an_error() -> None:
    with pytest.raises(KeyError, match="month"):
        changed(TimeFrame(year=2024), month=3)


def test_values_of_a_single_field_are_a_tuple_too() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class One:
        said: str

    assert values_of(One)(One("甲")) == ("甲",)
    assert changed(One("甲"), said="乙") == One("乙")


def test_a_record_made_quickly_is_one_as_any_other() -> None:
    one = Clause(0, 6, "deliver", (4, 6), object=(6, 6), subject=None)
    assert type(one) is Clause
    assert one == Clause(start=0, end=6, verb="deliver", action=(4, 6), object=(6, 6))
    assert hash(one) == hash(copy.copy(one))
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    assert repr(one).startswith("Clause(start=0, end=6, verb='deliver'")


def test_a_record_made_quickly_is_frozen() -> None:
    one = Clause(0, 6, "deliver", (4, 6), (6, 6))
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.start = 3  # type: ignore[misc]
    assert not hasattr(one, "__dict__")


@pytest.mark.parametrize(("given", "named"), [((), {}), ((0, 6), {}), ((0, 6), {"start": 1})])
def test_what_is_not_given_or_given_twice_is_an_error(given: tuple[int], named: dict) -> None:
    with pytest.raises(TypeError, match="__init__"):
        Clause(*given, **named)


def test_fields_that_are_worked_out_are_not_made_quickly() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Made:
        said: list[str] = dataclasses.field(default_factory=list)

    with pytest.raises(TypeError, match="Made: not all fields are given"):
        quickly_made(Made)
