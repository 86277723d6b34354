"""The tools as an agent's program uses them: over stdin and stdout of the command."""

from __future__ import annotations

import functools
import json
import sys

import anyio
import jsonschema
import pytest

import speechmine

mcp = pytest.importorskip("mcp")
from mcp.client.stdio import StdioServerParameters  # noqa: E402

pytestmark = pytest.mark.slow

SPEECH = (
    "同志们：\n一、抓好防汛\n请县水利局牵头、县财政局配合，6月底前制定防汛物资补助方案。\n"
    "各镇要在5月20日前建立巡堤值班台账，配备抢险队员300人以上。\n二、抓好民生\n"
    "县教育局要在9月前新增学位1200个。"
)
LAST = (
    "东河县政府工作报告\n一、2022年工作回顾\n财政收入增长4%。\n二、2023年工作安排\n"
    "今年的主要预期目标是：财政收入增长5%左右，城镇新增就业3000人以上。\n抓好老旧小区改造。"
)
NEXT = (
    "东河县政府工作报告\n一、2023年工作回顾\n财政收入增长5.6%，超过年初预期目标。\n"
    "二、2024年工作安排\n今年的主要预期目标是：财政收入增长6%以上。\n抓好老旧小区改造。发展数字经济。"
)
REPORTS = [{"text": LAST, "id": "2023"}, {"text": NEXT, "id": "2024"}]


class Agent:
    """An agent that started the command with some options."""

    def __init__(self, *options):
        command = ["-m", "speechmine", "mcp", "--workers", "1", *options]
        path = {"PYTHONPATH": ":".join(path for path in sys.path if path)}
        self.start = StdioServerParameters(command=sys.executable, args=command, env=path)

    def ask(self, *calls):
        """The tools, and what each call gave."""
        return anyio.run(functools.partial(self._ask, calls))

    async def _ask(self, calls):
        async with mcp.stdio_client(self.start) as pipes, mcp.ClientSession(*pipes, 180) as session:
            self.hello = await session.initialize()
            tools = {tool.name: tool for tool in (await session.list_tools()).tools}
            return tools, [await session.call_tool(name, given) for name, given in calls]

    def give(self, *calls):
        """What each call gave, which holds to what its tool says of it."""
        tools, found = self.ask(*calls)
        for (name, _), one in zip(calls, found, strict=True):
            assert not one.is_error, one.content
            jsonschema.validate(one.structured_content, tools[name].output_schema)
            assert json.loads(one.content[0].text) == one.structured_content
        return [one.structured_content for one in found]

    def refuse(self, *calls):
        """The reasons why each call is refused, a line each."""
        _, found = self.ask(*calls)
        assert all(one.is_error for one in found)
        said = [one.content[0].text for one in found]
        assert all("\n" not in line and len(line) <= 500 for line in said)
        return said


def test_the_tools_are_described():
    agent = Agent()
    tools, _ = agent.ask()
    assert list(tools) == ["extract", "find_tasks", "targets", "promises", "compare", "explain"]
    assert agent.hello.server_info.version == speechmine.__version__
    for tool in tools.values():
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)
        assert tool.annotations.read_only_hint
        assert any("一" <= sign <= "鿿" for sign in tool.description)
        described = [*tool.input_schema["properties"].values()]
        assert all("description" in one for one in described), tool.name


def test_each_tool_gives_quotes():
    text = {"text": SPEECH, "date": "2024-05-10"}
    place = {"start": SPEECH.index("各镇"), "end": SPEECH.index("各镇") + 2}
    found = Agent().give(
        ("extract", text | {"parts": ["tasks", "metrics"]}),
        ("find_tasks", text | {"party": "财政局"}),
        ("find_tasks", text | {"due_by": "2024-06-30", "limit": 1, "skip": 1}),
        ("targets", {"texts": REPORTS}),
        ("promises", {"report": REPORTS[0], "next_report": REPORTS[1]}),
        ("compare", {"texts": REPORTS, "terms": ["数字经济"], "tables": ["frequency", "tasks"]}),
        ("explain", {"texts": REPORTS, "term": "老旧小区"}),
        ("explain", {"texts": REPORTS, "years": [2023, 2024]}),
        ("explain", {"texts": [text], **place}),
    )
    whole, finance, page, targets, promises, compared, places, carried, at = found
    plain = speechmine.extract(SPEECH, date="2024-05-10").to_dict()
    assert whole["tasks"] == plain["tasks"]
    assert whole["metrics"] == plain["metrics"]
    assert "segments" not in whole
    for task in whole["tasks"]:
        assert SPEECH[task["start"] : task["end"]] == task["text"]
    assert [task["title"] for task in finance["tasks"]] == ["制定防汛物资补助方案"]
    assert [one["title"] for one in finance["sections"]] == ["抓好防汛"]
    assert page["total"] == 2
    assert len(page["tasks"]) == 1
    for row in targets["rows"]:
        text = dict(zip(("2023", "2024"), (LAST, NEXT), strict=True))[row["doc_id"]]
        assert text[row["start"] : row["end"]] == row["wording"]
    (kept,) = [row for row in promises["rows"] if row["met"] is not None]
    assert kept["met"] is True
    assert NEXT[kept["answer_start"] : kept["answer_end"]] == kept["answer_wording"]
    assert set(compared["tables"]) == {"frequency", "tasks"}
    counted = compared["tables"]["frequency"]["rows"]
    assert [(row["year"], row["n"]) for row in counted] == [(2023, 0), (2024, 1)]
    assert [row["doc_id"] for row in places["rows"]] == ["2023", "2024"]
    for row, text in zip(places["rows"], (LAST, NEXT), strict=True):
        assert text[row["start"] : row["end"]] == "老旧小区"
    assert any(row["status"] == "repeated" for row in carried["rows"])
    assert at["place"]["text"] == "各镇"
    assert [task["title"] for task in at["place"]["tasks"]] == ["建立巡堤值班台账"]
    assert all(task["rule"] for task in at["place"]["tasks"])


def test_what_is_wrong_is_said_in_a_line(tmp_path):
    (tmp_path / "a.txt").write_text(SPEECH, encoding="utf-8")
    text = {"text": SPEECH}
    cases = [
        ("extract", {}, "give either text or file"),
        ("extract", text | {"file": "a.txt"}, "give either text or file"),
        ("extract", text | {"dates": "2024-01-01"}, "dates: Extra inputs"),
        ("extract", text | {"date": "2024-13-01"}, "a day as YYYY-MM-DD is expected"),
        ("extract", text | {"mode": "all"}, "mode: Input should be"),
        ("extract", {"text": " \n "}, "the text is empty"),
        ("extract", {"file": str(tmp_path / "a.txt")}, "no folder is open"),
        ("find_tasks", text | {"limit": 0}, "limit: "),
        ("find_tasks", text | {"due_by": "soon"}, "a day as YYYY-MM-DD"),
        ("targets", {"texts": []}, "texts: "),
        ("targets", {"texts": [text | {"id": "a"}, text | {"id": "a"}]}, "a"),
        ("promises", {"report": REPORTS[1], "next_report": REPORTS[0]}, "the next report is of"),
        ("compare", {"texts": REPORTS, "dictionary": "../../x"}, "there are "),
        ("compare", {"texts": [text, text]}, "year"),
        ("compare", {"texts": REPORTS, "tables": ["all"]}, "tables.0: "),
        ("explain", {"texts": REPORTS}, "give one of term, years"),
        ("explain", {"texts": [text], "start": 5}, "start and end go together"),
        ("explain", {"texts": [text], "start": 5, "end": 99999}, "the text has"),
        ("explain", {"texts": REPORTS, "start": 1, "end": 2}, "is of one text"),
    ]
    said = Agent().refuse(*((name, given) for name, given, _ in cases))
    for line, (name, given, words) in zip(said, cases, strict=True):
        assert words in line, (name, given, line)
        assert SPEECH[:20] not in line


def test_files_of_the_folder_and_no_others(tmp_path):
    folder = tmp_path / "speeches"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "讲话.txt").write_text(SPEECH, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(SPEECH, encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    agent = Agent("--folder", str(folder))
    listed, read, tasks = agent.give(
        ("list_files", {}),
        ("read_file", {"file": "2024/讲话.txt", "start": 4, "end": 10}),
        ("find_tasks", {"file": "2024/讲话.txt", "date": "2024-05-10"}),
    )
    assert listed == {"files": ["2024/讲话.txt"], "total": 1}
    assert read["text"] == SPEECH[4:10]
    assert tasks["total"] == 4
    outside = ["../secret.txt", str(tmp_path / "secret.txt"), "link.txt", "2024/../../secret.txt"]
    for line in agent.refuse(*(("read_file", {"file": name}) for name in outside)):
        assert "list_files gives the names" in line


def test_two_folders_have_their_names_before_their_files(tmp_path):
    for place in ("东河", "西山"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "a.txt").write_text(SPEECH, encoding="utf-8")
    options = [item for place in ("东河", "西山") for item in ("--folder", str(tmp_path / place))]
    (listed,) = Agent(*options).give(("list_files", {}))
    assert listed["files"] == ["东河/a.txt", "西山/a.txt"]


def test_what_takes_too_long_ends_and_the_server_goes_on():
    agent = Agent("--seconds", "1")
    long = "".join(f"县水利局要在{n % 12 + 1}月底前制定第{n}号方案。" for n in range(20_000))
    slow, next_one = agent.refuse(("extract", {"text": long}), ("extract", {"text": ""}))
    assert "takes longer than 1 seconds" in slow
    assert "give either text or file" in next_one


def test_a_tool_that_is_none_is_named():
    with pytest.raises(BaseExceptionGroup) as found:
        Agent().ask(("delete", {}))
    assert found.group_contains(mcp.MCPError, match="no tool 'delete'; there are: extract, ")
