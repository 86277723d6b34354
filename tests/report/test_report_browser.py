"""The page in a real browser: links, filters, downloads, keys, phone, hostile text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import speechmine
from speechmine.report import report_page

CHROMIUM = shutil.which("chromium")
playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
SPEECH = Path(__file__).parents[2] / "corpus" / "yanhu-2024-dubanhui.txt"
HOSTILE = (
    "请县财政局<script>window.hit=1</script>在6月底前制定方案。\n"
    "请县水利局</script><img src=x onerror='window.hit=1'>在8月底前完成检查。\n"
    "=cmd要在9月底前由县审计局完成审计，形成“报\u202e告”。\n"
)


@pytest.fixture
def opened(browser, tmp_path):
    """Opens the page of a text; at the end nothing may have gone wrong or out in the browser."""
    faults: list[str] = []
    requests: list[str] = []
    context = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 900})

    def open_page(extraction, width=1280):
        path = tmp_path / "page.html"
        path.write_text(report_page(extraction), encoding="utf-8")
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 844})
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    context.close()
    assert faults == []
    assert {url.split(":")[0] for url in requests} <= {"file", "blob", "data"}


@pytest.fixture(scope="module")
def result():
    return speechmine.extract(speechmine.read(SPEECH))


def test_a_row_goes_to_its_clause_and_a_clause_to_its_row(opened, result) -> None:
    page = opened(result)
    last = len(result.tasks)
    page.click(f"#r{last} td:nth-child(2)")
    page.wait_for_timeout(600)
    assert page.locator("#text .on").first.is_visible()
    assert page.url.endswith(f"#c{last}")
    page.click("#text [data-rows='1']")
    assert page.locator("tr.on").get_attribute("data-row") == "1"


def test_filters_narrow_the_ledger(opened, result) -> None:
    page = opened(result)
    party = "县审计局"
    page.select_option("select[name=party]", party)
    named = [{p.text for p in task.parties} for task in result.tasks]
    numbers = [n for n, parties in enumerate(named, 1) if party in parties]
    visible = page.locator("#ledger tbody tr[data-row]:visible")
    assert [int(row) for row in visible.evaluate_all("l => l.map(r => r.dataset.row)")] == numbers
    assert page.locator("output[name=shown]").inner_text() == str(len(numbers))
    page.click("button[type=reset]")
    page.wait_for_timeout(50)
    assert visible.count() == len(result.tasks)
    page.check("input[name=dated]")
    assert visible.count() == sum(task.deadline.latest is not None for task in result.tasks)
    page.fill("input[name=q]", "没有这样的字")
    assert visible.count() == 0


def test_the_download_holds_the_rows_that_are_shown(opened, result, tmp_path) -> None:
    page = opened(result)
    page.check("input[name=dated]")
    with page.expect_download() as caught:
        page.click("[data-act=csv]")
    path = tmp_path / "got.csv"
    caught.value.save_as(path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    import csv
    import io

    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    dated = [task for task in result.tasks if task.deadline.latest]
    assert [row["任务编号"] for row in rows] == [task.id for task in dated]
    assert rows[0]["任务内容（原文）"] == dated[0].text


def test_keys_move_between_tasks(opened, result) -> None:
    page = opened(result)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("tr.on").get_attribute("data-row") == "2"
    page.keyboard.press("k")
    assert page.locator("tr.on").get_attribute("data-row") == "1"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_on_a_phone_one_side_is_shown_at_a_time(opened, result) -> None:
    page = opened(result, width=390)
    assert page.locator("#text").is_visible()
    assert not page.locator("#ledger").is_visible()
    page.click("button[data-tab=ledger]")
    assert page.locator("#ledger").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_in_print_both_are_there_and_the_tools_are_not(opened, result) -> None:
    page = opened(result)
    page.emulate_media(media="print")
    assert page.locator("#text").is_visible()
    assert page.locator("#ledger table").is_visible()
    assert not page.locator(".filters").is_visible()


def test_hostile_text_does_nothing(opened, tmp_path) -> None:
    page = opened(speechmine.extract(HOSTILE, date="2024-03-01"))
    assert page.evaluate("window.hit") is None
    assert page.locator("#text img").count() == 0
    assert "<script>window.hit=1</script>" in page.locator("#text").inner_text()
    with page.expect_download() as caught:
        page.click("[data-act=csv]")
    path = tmp_path / "got.csv"
    caught.value.save_as(path)
    assert ",=cmd" not in path.read_text(encoding="utf-8-sig")
