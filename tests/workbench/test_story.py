"""What clerks do with it, from a dropped file to a printed and pushed ledger."""

from __future__ import annotations

import base64
import io

import docx
import openpyxl
import pytest
import requests

import speechmine

from servers import free_port, start_bench, start_radicale

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
LINES = (
    "在全县防汛工作会议上的讲话",
    "（2024年5月10日）",
    "同志们：",
    "一、抓好工程",
    "请县水利局在6月底前修复2.7公里水毁堤防。县应急局要每月开展一次演练。",
    "大家要提高认识。道理前面都讲过了。",
)
_DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
  document.querySelector("#drop").dispatchEvent(new DragEvent("drop", options));
}"""


def word_file():
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def calendar(tmp_path_factory):
    server = start_radicale(tmp_path_factory.mktemp("radicale"), free_port())
    address = f"{server.url}/duban/tasks/"
    login = ("duban", "secret")
    body = (
        '<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set>'
        "<prop><resourcetype><collection/><C:calendar/></resourcetype></prop></set></mkcol>"
    )
    requests.request("MKCOL", address, data=body, auth=login, timeout=30).raise_for_status()
    yield address, login
    server.kill()


@pytest.fixture(scope="module")
def office(calendar, tmp_path_factory):
    address, (user, password) = calendar
    server = start_bench(
        tmp_path_factory.mktemp("office"),
        *("--tracker", f"caldav:{address}"),
        SPEECHMINE_USER=user,
        SPEECHMINE_PASSWORD=password,
    )
    yield server.url
    server.kill()


def _saved(path, content):
    path.write_bytes(content)
    return path


def test_from_a_dropped_file_to_a_pushed_ledger(visit, office, calendar, tmp_path):
    page = visit("/", base=office)
    page.evaluate(_DROP, ["讲话.docx", base64.b64encode(word_file()).decode()])
    page.wait_for_url("**/texts/**")
    page.locator("#rows tr:has-text('演练') [data-do=reject]").click()
    page.wait_for_selector("[data-count=gone]:text('1')")
    page.locator("#rows tr:has-text('堤防') [data-do=edit]").click()
    page.fill("tr.editor [name=edtf]", "../2024-06-20")
    page.click("tr.editor [data-do=deadline]")
    page.wait_for_selector("#rows tr:has-text('2024-06-20')")
    page.press("body", "F")
    page.wait_for_selector("[data-do=finish][aria-pressed=true]")
    page.locator("summary:has-text('导出')").click()
    with page.expect_download() as saved:
        page.click("a[href$='/export/xlsx']")
    sheet = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes())).worksheets[0]
    said = " ".join(str(cell) for row in sheet.values for cell in row if cell is not None)
    assert "水毁堤防" in said
    assert "2024-06-20" in said
    assert "演练" not in said
    page.goto(page.url.split("#")[0] + "/print")
    assert page.locator("tbody tr").count() == 1
    printed = speechmine.read(_saved(tmp_path / "print.pdf", page.pdf()))
    assert "水毁堤防" in printed.text
    assert "打印" not in printed.text
    page.go_back()
    page.locator("#push summary").click()
    page.click("[data-push]")
    page.click("#push-now")
    page.wait_for_selector("#pushed p:has-text('水毁堤防')")
    page.wait_for_selector("#push-now", state="detached")
    address, login = calendar
    listed = requests.request("PROPFIND", address, auth=login, headers={"Depth": "1"}, timeout=30)
    assert listed.text.count(".ics") == 1


def test_two_readers_see_each_other_and_where_they_differ(visit, client):
    key = client.add()
    first, second = (visit(f"/texts/{key}", reader=name) for name in ("王芳", "李强"))
    first.locator("#rows tr:has-text('堤防') [data-do=accept]").click()
    second.wait_for_selector("#rows tr[data-state=done]:has-text('堤防')", timeout=30_000)
    second.locator("#rows tr:has-text('堤防') td.no").click()
    second.keyboard.press("2")
    first.wait_for_selector("#rows tr:has-text('李强')", timeout=30_000)
    first.goto(first.url.split("#")[0] + "/agreement")
    said = first.inner_text("main")
    assert "王芳" in said
    assert "李强" in said
    assert "分歧 1 处" in said
    first.goto(first.url.replace("/agreement", "/history"))
    assert first.locator("tbody tr").count() == 2
    first.fill("[name=reader]", "李强")
    first.locator("[data-undo]").first.click()
    first.wait_for_selector("tbody tr.undone")
    assert client.actions(key) == ["accept", "level", "undo"]


def test_a_later_reading_shows_what_it_would_change(visit, client):
    key = client.add()
    client.do(key, "reject", task=client.task(key, "堤防")["id"])
    page = visit(f"/texts/{key}/renewal")
    assert "人工判断 1 处" in page.inner_text("main")


def test_hostile_text_is_only_text(visit, client):
    text = (
        "请县财政局<script>window.hit=1</script>在6月底前制定方案。\n"
        "请县水利局<img src=x onerror='window.hit=1'>在8月底前完成检查，形成“报\u202e告”。\n"
        '请县审计局"><svg onload=window.hit=1>在9月底前完成审计。\n'
    )
    name = "<b onclick=window.hit=1>x.txt"
    key = client.add(text, name=name)
    assert client.do(key, "reject", reader="<i>王</i>", task=client.tasks(key)[0]["id"]).ok
    page = visit(f"/texts/{key}", reader="<u>李</u>")
    page.locator("#rows tr[data-kind=task] [data-do=edit]").first.click()
    page.wait_for_selector("tr.editor form")
    for path in ("", "/history", "/agreement", "/renewal", "/print"):
        page.goto(f"{client.url}/texts/{key}{path}")
        assert page.evaluate("() => window.hit") is None
        assert page.locator("main b, main i:not(.x), main svg, main u, main img").count() == 0
    page.goto(client.url)
    assert page.evaluate("() => window.hit") is None


def test_english_and_a_phone(visit, client):
    key = client.add()
    page = visit(f"/texts/{key}?lang=en", width=390)
    assert "Next doubtful" in page.inner_text("header.about")
    page.click(".tabs [data-tab=ledger]")
    page.locator("#rows tr:has-text('堤防') [data-do=accept]").click()
    page.wait_for_selector("#rows tr:has-text('accepted')")
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= 390


def test_selected_places_are_those_of_the_document(visit, client):
    """Signs that take two units, or cannot be seen, count one."""
    text = "请县水利局在𠮷田村修好水渠。\u200b请县教育局制定方案。\n"
    key = client.add(text)
    page = visit(f"/texts/{key}")
    found = page.evaluate(
        """async () => {
          const { rangeOf, selected, signs } = await import("/static/text.js");
          const range = rangeOf(15, 25);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          return [range.toString(), selected(), signs().length];
        }"""
    )
    document = speechmine.Document(text)
    at = document.text.index("请县教育局")
    assert found[0] == document.text[15:25].replace("\u200b", "")
    assert found[1] == {"start": 15, "end": 25} or (at == 15 and found[1]["start"] in (14, 15))
    assert found[2] >= at
