"""The supervision office's round as one story: split, send, collect, report, press, track."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import requests
from click.testing import CliRunner, Result

from ledger_files import LedgerFile
from speechmine.cli import _cli
from speechmine.ledger import Ledger, LedgerRow, read_ledger, summarize_ledger
from speechmine.ledger.states import kind_of_state

from servers import free_port, redmine_server, start_radicale

WATER = """在全县防汛工作会议上的讲话
（2024年3月1日）
同志们：
县水利局要在6月底前完成青石水库除险加固，县财政局、县发改局配合。
县财政局要在4月底前拨付防汛资金200万元。
县应急局每月10日前报送隐患排查台账。
"""
TOWN = """在全县城镇建设推进会上的讲话
（2024年3月5日）
同志们：
县住建局要在5月底前完成雨污管网改造8公里。
县教育局要在8月底前编制学位扩容方案。
县交通局要在9月底前改造农村公路15公里。
"""
TABLE = (
    "序号\t工作任务\t责任单位\t完成时限\t资金来源\n"
    "1\t新建卫生院1处，完成主体施工。\t县卫健局\t2024年10月底\t专项债\n"
    "2\t改造文化站2处\t县文旅局\t2024年12月底\t县财政\n"
)
DAY = "2024-06-20"
# The unit only helps; the other eight send their copies back.
LATE = "县发改局"
UNITS = ("水利", "财政", "应急", "住建", "教育", "交通", "卫健", "文旅")


#: What the tasks are called here.
TASKS = (
    "完成青石水库",
    "拨付防汛资金",
    "报送隐患排查",
    "完成雨污管网",
    "编制学位扩容",
    "改造农村公路",
    "新建卫生院1",
    "改造文化站2",
    "修补县道坑槽",
)


def called(row: LedgerRow) -> str:
    return next(name for name in TASKS if name in row.cells["task"])


def run(*words: str | Path, status: int = 0) -> Result:
    done = CliRunner().invoke(_cli, [str(word) for word in words])
    assert done.exit_code == status, done.output
    return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The round up to the merged ledger."""
    home = tmp_path_factory.mktemp("round")
    for name, text in (("防汛.txt", WATER), ("城建.txt", TOWN), ("分解表.tsv", TABLE)):
        (home / name).write_text(text, encoding="utf-8")
    speeches = [home / name for name in ("防汛.txt", "城建.txt", "分解表.tsv")]
    run("ledger", *speeches, "-o", home / "台账.xlsx")
    run("ledger", home / "台账.xlsx", "--by", "party", "-o", f"{home / '发出'}/")
    shutil.copytree(home / "发出", home / "交回")
    (home / "交回" / f"{LATE}.xlsx").unlink()
    _fill(home / "交回")
    run("ledger", home / "台账.xlsx", "--merge", home / "交回", "-o", home / "汇总台账.xlsx")
    return home


def _fill(returned: Path) -> None:
    """What the departments write into their copies."""
    copies = {unit: LedgerFile(returned / f"县{unit}局.xlsx") for unit in UNITS}
    copies["水利"].fill("完成青石水库", 状态="推进中", 进展情况="坝体已加固")
    copies["财政"].fill("拨付防汛资金", 状态="已完成", 进展情况="已拨付200万元")
    copies["应急"].fill("报送隐患排查", 状态="推进中", 进展情况="已报3期")
    copies["住建"].fill("完成雨污管网", 状态="推进中", 进展情况="已改造5公里")
    copies["教育"].fill("编制学位扩容", 状态="未启动")
    copies["交通"].fill("改造农村公路", 状态="推进中", 备注="雨季停工")
    copies["卫健"].fill("新建卫生院", 状态="已完成", 进展情况="主体封顶")
    copies["文旅"].fill("改造文化站", 状态="推进中")
    # One sends another copy afterwards, one has deleted a column, one has rows of its own.
    again = LedgerFile(returned / "县水利局（补报）.xlsx")
    shutil.copy(copies["水利"].path, again.path)
    again.fill("完成青石水库", 进展情况="坝体已加固，正在验收")
    copies["教育"].drop_column("备注")
    copies["交通"].add(工作任务="修补县道坑槽", 完成时限="2024-06-15", 状态="推进中")


def merged(folder: Path) -> Ledger:
    return read_ledger(folder / "汇总台账.xlsx")


def test_each_department_gets_its_tasks_with_its_part(folder: Path) -> None:
    sent = sorted((folder / "发出").iterdir())
    assert {path.stem for path in sent} == {f"县{unit}局" for unit in UNITS} | {LATE}
    duties = {path.stem: [r.cells["duty"] for r in read_ledger(path).rows] for path in sent}
    assert duties == {
        **{f"县{unit}局": ["责任"] for unit in UNITS},
        "县财政局": ["责任", "配合"],
        LATE: ["配合"],
    }
    whole = {row.id for row in read_ledger(folder / "台账.xlsx").rows}
    assert {row.id for path in sent for row in read_ledger(path).rows} == whole


def test_nothing_is_lost_and_nothing_doubled_in_the_merge(folder: Path) -> None:
    ledger = merged(folder)
    assert len(ledger.rows) == 9
    assert len({row.id for row in ledger.rows}) == 9
    rows = {called(row): row for row in ledger.rows}
    said = {task: (row.cells["state"], row.cells["progress"]) for task, row in rows.items()}
    assert said == {
        "完成青石水库": ("推进中", said["完成青石水库"][1]),
        "拨付防汛资金": ("已完成", "已拨付200万元"),
        "报送隐患排查": ("推进中", "已报3期"),
        "完成雨污管网": ("推进中", "已改造5公里"),
        "编制学位扩容": ("未启动", ""),
        "改造农村公路": ("推进中", ""),
        "新建卫生院1": ("已完成", "主体封顶"),
        "改造文化站2": ("推进中", ""),
        "修补县道坑槽": ("推进中", ""),
    }
    assert said["完成青石水库"][1] in ("坝体已加固", "坝体已加固，正在验收")
    assert rows["改造农村公路"].cells["remark"] == "雨季停工"
    assert rows["新建卫生院1"].own["资金来源"] == "专项债"
    assert not {"unit", "duty"} & set(ledger.fields), "a department's columns are its own"


def test_the_two_entries_of_the_one_that_sent_two_are_a_conflict(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "汇总台账.xlsx")
    cells = [str(c.value) for name in book.sheetnames for r in book[name] for c in r if c.value]
    assert any("坝体已加固，正在验收" in cell for cell in cells)
    assert any(cell == "坝体已加固" or "：坝体已加固" in cell for cell in cells)
    told = run(
        *("ledger", folder / "台账.xlsx", "--merge", folder / "交回"),
        *("-o", folder / "再汇总.xlsx"),
    ).output
    assert "1 cells in conflict" in told
    assert f"not returned (未交回) 1: {LATE}" in told


def test_the_summary_counts_each_task_where_it_belongs(folder: Path) -> None:
    found = summarize_ledger(merged(folder), DAY)
    whole = found.whole
    assert (whole.total, whole.done, whole.overdue, whole.month) == (9, 2, 2, 1)
    assert (whole.reached, whole.in_time) == (3, 1)
    units = {unit.unit: unit for unit in found.units}
    assert sum(unit.total for unit in found.units) == 9
    assert (units["县财政局"].total, units["县财政局"].cooperate) == (1, 1)
    assert units["县住建局"].overdue == 1
    assert units["未明确单位"].overdue == 1, "the row that a department added names no unit"
    run("ledger", folder / "汇总台账.xlsx", "--summary", "--as-of", DAY, "-o", folder / "汇总.xlsx")
    sheet = openpyxl.load_workbook(folder / "汇总.xlsx").active
    assert sheet is not None
    last = next(row for row in sheet.iter_rows(values_only=True) if "合计" in str(row[0]))
    assert last[1] == 9
    assert sheet._charts
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (1, 9)


def words_of(path: Path) -> str:
    file = docx.Document(str(path))
    cells = [c.text for table in file.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in file.paragraphs), *cells])


def test_the_bulletin_and_the_notices_say_the_same_figures(folder: Path) -> None:
    run("ledger", folder / "汇总台账.xlsx", "--summary", "--as-of", DAY, "-o", folder / "通报.docx")
    bulletin = words_of(folder / "通报.docx")
    assert "共9项" in bulletin
    assert "已完成2项" in bulletin
    assert "逾期未办结2项" in bulletin
    assert "按时办结率33%" in bulletin
    notices = folder / "通知单"
    run(
        *("notice", folder / "汇总台账.xlsx", "--as-of", DAY, "--within", "10d"),
        *("--reply-by", "2024-06-28", "-o", notices),
    )
    assert {path.stem for path in notices.iterdir()} == {
        "县水利局",
        "县财政局",
        LATE,
        "县住建局",
        "未明确单位",
    }
    notice = words_of(notices / "县住建局.docx")
    assert "有1项已逾期" in notice
    assert "逾期20天" in notice
    assert "2024年6月28日前" in notice
    assert "{{" not in notice + bulletin


def test_reminders_name_what_is_due(folder: Path) -> None:
    outs = [folder / "提醒.ics", folder / "提醒.txt"]
    where = ["due", folder / "汇总台账.xlsx", "--as-of", DAY, "--within", "20d"]
    listed = run(*where).output
    assert "逾期 2 项，20 日内到期 2 项" in listed
    run(*where, "-o", outs[0], "-o", outs[1])
    text = outs[1].read_text(encoding="utf-8")
    assert "县应急局：截至2024年6月20日，贵单位有1项任务将在近期到期" in text
    assert outs[0].read_bytes().count(b"BEGIN:VEVENT") == 4
    assert outs[0].read_bytes().count(b"TRIGGER") == 2 + 3 + 3


class Tracker:
    """A real server, its address, and what people do in it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def finish(self, name: str, comment: str) -> None:
        raise NotImplementedError

    def count(self) -> int:
        raise NotImplementedError


class Calendar(Tracker):
    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(f"caldav:{url}/duban/story/")
        self.folder = folder

    def _entries(self) -> list[Path]:
        found = self.folder.rglob("*.ics")
        return [path for path in found if ".Radicale.cache" not in path.parts]

    def finish(self, name: str, comment: str) -> None:
        path = next(path for path in self._entries() if path.name.startswith(f"{name}@"))
        lines = path.read_bytes().decode().split("\r\n")
        kept = [line for line in lines if not line.startswith("STATUS")]
        at = kept.index("END:VTODO")
        kept[at:at] = ["STATUS:COMPLETED", f"COMMENT:{comment}"]
        path.write_bytes("\r\n".join(kept).encode())

    def count(self) -> int:
        return len(self._entries())


class Issues(Tracker):
    def __init__(self, found: dict[str, Any]) -> None:
        super().__init__(f"redmine:{found['url']}/projects/{found['project']}")
        self.found = found
        self.headers = {"X-Redmine-API-Key": found["key"]}

    def _ask(self, path: str) -> dict[str, Any]:
        url = f"{self.found['url']}/{path}"
        answer: dict[str, Any] = requests.get(url, headers=self.headers, timeout=60).json()
        return answer

    def finish(self, name: str, comment: str) -> None:
        issues = self._ask("issues.json?status_id=*&limit=100")["issues"]
        issue = next(i for i in issues if f"编号：{name}" in i["description"])
        states = {kind_of_state(state): number for number, state in self.found["states"]}
        requests.put(
            f"{self.found['url']}/issues/{issue['id']}.json",
            json={"issue": {"status_id": states["done"], "notes": comment}},
            headers=self.headers,
            timeout=60,
        ).raise_for_status()

    def count(self) -> int:
        return int(self._ask("issues.json?status_id=*&limit=1")["total_count"])


@pytest.fixture(params=["radicale", "redmine"])
def tracker(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tracker]:
    if request.param == "radicale":
        monkeypatch.setenv("SPEECHMINE_USER", "duban")
        monkeypatch.setenv("SPEECHMINE_PASSWORD", "secret")
        server = start_radicale(tmp_path, free_port())
        yield Calendar(tmp_path, server.url)
        server.kill()
        return
    with redmine_server() as found:
        monkeypatch.setenv("SPEECHMINE_TOKEN", str(found["key"]))
        yield Issues(found)


def test_the_ledger_goes_to_a_tracker_and_comes_back(
    tracker: Tracker, folder: Path, tmp_path: Path
) -> None:
    ledger = tmp_path / "台账.xlsx"
    shutil.copy(folder / "汇总台账.xlsx", ledger)
    assert "9 created" in run("push", ledger, "--to", tracker.address).output
    assert "9 unchanged" in run("push", ledger, "--to", tracker.address).output
    before = read_ledger(ledger)
    names = {called(row): str(row.id) for row in before.rows}
    tracker.finish(names["完成青石水库"], "已通过验收")
    tracker.finish(names["修补县道坑槽"], "已补完")
    tracker.finish(names["编制学位扩容"], "方案已报县政府")
    LedgerFile(ledger).fill("编制学位扩容", 状态="推进中")  # and the ledger says otherwise
    told = run("pull", ledger, "--from", tracker.address, status=1).output
    assert "2 changed, 6 unchanged, 1 conflict" in told
    after = read_ledger(ledger)
    assert [row.id for row in after.rows] == [row.id for row in before.rows]
    changed = {
        called(now): (now.cells["state"], now.cells["progress"].split("\n")[-1])
        for old, now in zip(before.rows, after.rows, strict=True)
        if now.cells != old.cells
    }
    # Redmine tells who said it, and when.
    assert {task: (state, said.split("：")[-1]) for task, (state, said) in changed.items()} == {
        "完成青石水库": ("已完成", "已通过验收"),
        "修补县道坑槽": ("已完成", "已补完"),
        "编制学位扩容": ("推进中", "方案已报县政府"),
    }
    assert Counter(row.cells["state"] for row in after.rows)["已完成"] == 4
    assert tracker.count() == 9
    run("push", ledger, "--to", tracker.address, status=1)
    assert tracker.count() == 9
    LedgerFile(ledger).fill("编制学位扩容", 状态="已完成")  # they agree
    assert "conflict" not in run("pull", ledger, "--from", tracker.address).output
    assert "9 unchanged" in run("push", ledger, "--to", tracker.address).output


def test_the_same_round_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("x.xlsx", "x.docx"):
        outs = [tmp_path / str(n) / name for n in (1, 2)]
        for out in outs:
            out.parent.mkdir(exist_ok=True)
            run("ledger", folder / "汇总台账.xlsx", "--summary", "--as-of", DAY, "-o", out)
        assert outs[0].read_bytes() == outs[1].read_bytes()
    parts = [tmp_path / f"p{n}.xlsx" for n in (1, 2)]
    for out in parts:
        run("ledger", folder / "汇总台账.xlsx", "--by", "party", "-o", out)
    assert parts[0].read_bytes() == parts[1].read_bytes()
