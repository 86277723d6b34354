"""Files for to-do programs, read back by readers that are not ours."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import orgparse
import pytest
import pytodotxt

from speechmine.model import Deadline, Extraction
from speechmine.writers import format_names, format_of, write_file, writer_of

from samples import LEDGER_TASK, MASKED_TASK, extraction
from shared import SHARED, extracted, needs_shared

THEMED = extraction(tasks=(dataclasses.replace(LEDGER_TASK, themes=("产业", "防汛")), MASKED_TASK))
HOSTILE = '=cmd|x\n* 甲\r\n/close\x00\x1b "引"\u2028+p @u a:b <t> [#A] --> 😀\ud800'
BAD = extraction(
    tasks=(dataclasses.replace(LEDGER_TASK, title=HOSTILE, text=HOSTILE, themes=('a" b',)),)
)
NAMESPACE = "{http://schemas.microsoft.com/project}"


def written(name: str, *results: Extraction) -> bytes:
    out = io.BytesIO()
    writer_of(name)(results, out, failures=())
    return out.getvalue()


def table(name: str, *results: Extraction) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(name, *results).decode(), newline="")))


@pytest.mark.parametrize("name", format_names())
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    assert written(name, BAD) == written(name, BAD)


@pytest.mark.parametrize(
    ("path", "name"), [("a.DB", "sqlite"), ("a.md", "markdown"), ("a.org", "org"), ("a", "json")]
)
def test_suffixes(path: str, name: str) -> None:
    assert format_of(path) == name


def test_a_format_without_a_suffix_of_its_own_is_named(tmp_path: Path) -> None:
    write_file([THEMED], tmp_path / "plan.xml", format_name="msproject")
    assert (tmp_path / "plan.xml").read_bytes() == written("msproject", THEMED)


@pytest.mark.parametrize(
    "deadline",
    [
        Deadline("before_event", "汛期前", latest="2024-06-01", event="汛期"),
        Deadline("within", "X月", latest="2024-06-01", masked=True),
        Deadline("recurring", "每月", latest="2024-06-01", recurrence="FREQ=MONTHLY"),
    ],
)
def test_what_is_no_stated_day_stands_in_words(deadline: Deadline) -> None:
    item = extraction(tasks=(dataclasses.replace(LEDGER_TASK, deadline=deadline),))
    (row,) = table("jira", item)
    assert row["Due Date"] == ""
    assert f"时限：{deadline.text}" in row["Description"]


@pytest.mark.parametrize("name", ["jira", "gitlab", "todoist"])
def test_a_cell_that_looks_like_a_formula_is_disarmed(name: str) -> None:
    cells = [cell for row in table(name, BAD) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith("=")]
    assert [cell for cell in cells if cell.startswith(("'=cmd", "> =cmd"))]


def test_jira_repeats_the_column_of_labels() -> None:
    header, first, second = csv.reader(io.StringIO(written("jira", THEMED).decode(), newline=""))
    assert header[5:] == ["Labels"] * 4
    assert first[3:] == ["2024-06-30", LEDGER_TASK.id, "产业", "防汛", "区财政局", "各单位"]
    assert second[3] == ""


def test_gitlab_quotes_the_wording_and_labels_by_action() -> None:
    first = table("gitlab", THEMED)[0]
    assert first["due_date"] == "2024-06-30"
    assert first["description"].splitlines()[-2:] == ['/label ~"产业"', '/label ~"防汛"']
    lines = table("gitlab", BAD)[0]["description"].splitlines()
    assert [line for line in lines if line.startswith("/")] == ['/label ~"a b"']


def test_todoist_has_no_priority_and_a_section_a_document() -> None:
    section, first, second = table("todoist", THEMED)
    assert (section["TYPE"], section["CONTENT"]) == ("section", "讲话")
    assert first["CONTENT"].endswith("@产业 @防汛")
    assert (first["PRIORITY"], first["DATE"], second["DATE"]) == ("4", "2024-06-30", "")


def test_feishu_calls_hold_500_records_and_tokens_of_their_own() -> None:
    many = tuple(dataclasses.replace(LEDGER_TASK, id=f"t{n}") for n in range(501))
    calls = json.loads(written("feishu", extraction(tasks=many)))
    assert [len(call["body"]["records"]) for call in calls] == [500, 1]
    assert len({call["query"]["client_token"] for call in calls}) == 2
    stamp = calls[0]["body"]["records"][0]["fields"]["完成时限"] / 1000
    beijing = dt.timezone(dt.timedelta(hours=8))
    assert dt.datetime.fromtimestamp(stamp, beijing) == dt.datetime(2024, 6, 30, tzinfo=beijing)


def test_dingtalk_keeps_its_limits() -> None:
    long = dataclasses.replace(LEDGER_TASK, text="建" * 5000)
    (body,) = json.loads(written("dingtalk", extraction(tasks=(long,))))
    assert body["sourceId"] == LEDGER_TASK.id
    assert len(body["description"]) == 4096


# The order of the schema, of the elements that are written.
ORDERS = {
    "Project": "SaveVersion Title ExtendedAttributes Tasks Resources Assignments",
    "Task": "UID ID Name OutlineLevel Deadline Notes ExtendedAttribute",
    "Resource": "UID ID Name Type",
    "Assignment": "UID TaskUID ResourceUID",
}


@pytest.mark.parametrize("item", [THEMED, BAD])
def test_msproject_keeps_the_order_of_its_schema(item: Extraction) -> None:
    root = ET.fromstring(written("msproject", item))  # noqa: S314  # our own file
    for element in root.iter():
        order = ORDERS.get(element.tag.removeprefix(NAMESPACE))
        if order:
            names = [child.tag.removeprefix(NAMESPACE) for child in element]
            assert names == [name for name in order.split() if name in names]
    assert root.find(f".//{NAMESPACE}Deadline").text == "2024-06-30T17:00:00"  # type: ignore[union-attr]


def test_todotxt_is_read_back() -> None:
    first, second = pytodotxt.TodoTxtParser().parse(written("todotxt", THEMED))
    assert first.attributes == {"due": ["2024-06-30"], "smid": [LEDGER_TASK.id]}
    assert (first.projects, first.contexts) == (["讲话"], ["区财政局", "各单位"])
    assert first.creation_date == dt.date(2024, 1, 5)
    assert "due" not in second.attributes
    (bad,) = pytodotxt.TodoTxtParser().parse(written("todotxt", BAD))
    assert set(bad.attributes) == {"due", "smid"}


def test_org_is_read_back() -> None:
    document, first, second = orgparse.loads(written("org", THEMED).decode())[1:]
    assert document.heading == "讲话"
    assert (first.todo, first.tags) == ("TODO", {"产业", "防汛"})
    assert first.deadline.start == dt.date(2024, 6, 30)
    assert first.properties["ID"] == LEDGER_TASK.id
    assert not second.deadline
    assert len(list(orgparse.loads(written("org", BAD).decode())[1:])) == 2


def test_markdown_is_one_box_a_task() -> None:
    assert written("markdown", THEMED).decode().count("- [ ] ") == 2
    boxes = [n for n in written("markdown", BAD).decode().splitlines() if n.startswith("- ")]
    assert len(boxes) == 1


@pytest.mark.skipif(shutil.which("task") is None, reason="Taskwarrior is not installed")
def test_taskwarrior_imports_twice_and_keeps_one(tmp_path: Path) -> None:
    names = ("smid", "smunits", "smlimit", "smsource", "smtext", "smlevel")
    rc = "".join(f"uda.{name}.type=string\n" for name in names)
    (tmp_path / "rc").write_text(f"confirmation=off\nverbose=nothing\njson.array=on\n{rc}")
    (tmp_path / "tasks.json").write_bytes(written("taskwarrior", THEMED))
    places = {"TASKDATA": str(tmp_path), "TASKRC": str(tmp_path / "rc")}

    def task(*words: str) -> bytes:
        done = subprocess.run(
            ["task", *words],
            env={**os.environ, **places, "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        return done.stdout

    task("import", str(tmp_path / "tasks.json"))
    task("import", str(tmp_path / "tasks.json"))
    found: dict[str, Any] = {item["smid"]: item for item in json.loads(task("export"))}
    assert set(found) == {LEDGER_TASK.id, MASKED_TASK.id}
    first = found[LEDGER_TASK.id]
    assert (first["due"], set(first["tags"])) == ("20240630T000000Z", {"产业", "防汛"})
    assert first["smunits"] == "区财政局（牵头）、各单位（责任）"
    assert "due" not in found[MASKED_TASK.id]


@needs_shared
@pytest.mark.parametrize("name", format_names())
def test_real_texts_go_through_every_writer(name: str) -> None:
    paths = sorted((SHARED / "gold" / "dev").glob("*.txt"))[:2]
    if os.environ.get("SPEECHMINE_ALL_TEXTS"):
        folders = ("corpus/*/*.txt", "assignments/*/*.txt", "assignments/tables/*.tsv")
        paths = sorted(path for folder in folders for path in SHARED.glob(folder))
    assert paths
    for path in paths:
        assert written(name, extracted(path))
