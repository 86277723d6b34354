"""The explorer and the keyword page in a real browser: search, scatter, texts, hostile words."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from speechmine.errors import UsageError
from speechmine.explore import context_page, explorer, explorer_page
from speechmine.themes import keyword_in_context, load_corpus

CHROMIUM = shutil.which("chromium")
playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
HOSTILE = "</script><script>window.hit=1</script><img src=x onerror='window.hit=1'>"
TEXTS = {
    2021: "深化改革，稳定就业。\n扩大就业，发展农业，发展农业。",
    2022: f"深化改革𠀀稳定就业。{HOSTILE}\n发展农业，发展农业。",
    2024: "发展数字经济，壮大数字经济，稳定就业。\n数字经济就业。",
}
CORPUS = load_corpus(TEXTS)


@pytest.fixture
def opened(browser, tmp_path: Path):
    faults: list[str] = []
    asked: list[str] = []
    context = browser.new_context(accept_downloads=True)

    def open_page(content: str):
        (tmp_path / "page.html").write_text(content, encoding="utf-8")
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / "page.html").as_uri())
        return page

    yield open_page
    context.close()
    assert faults == []
    assert {url.split(":")[0] for url in asked} <= {"file", "blob"}


def rows(page, box: str = "#word-contexts") -> list[list[str]]:
    return [
        [cell.inner_text() for cell in line.query_selector_all("td")]
        for line in page.query_selector_all(f"{box} tbody tr")
    ]


def test_a_word_is_counted_by_year_and_shown_in_context(opened) -> None:
    page = opened(explorer_page(CORPUS))
    page.fill("#term", "就业，改革")
    page.press("#term", "Enter")
    titles = [title.text_content() for title in page.query_selector_all("#years circle title")]
    assert [re.match(r"就业 (\d+): (\d+)", t).groups() for t in titles if t.startswith("就业")] == [
        ("2021", "2"),
        ("2022", "1"),
        ("2024", "2"),
    ]
    assert len(rows(page)) == 7
    assert page.locator("#tiles button").count() == 3


def test_contexts_have_their_places_in_the_document(opened) -> None:
    """Offsets are characters, also behind one that a browser counts twice."""
    page = opened(explorer_page(CORPUS, term="就业"))
    with page.expect_download() as waiting:
        page.click("#word-contexts .bar button")
    content = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(io.StringIO(content)))
    assert len(found) == 5
    for row in found:
        start = int(row["start"])
        assert TEXTS[int(row["year"])][start : start + 2] == "就业"


def test_a_click_opens_the_text_with_the_word_marked(opened) -> None:
    page = opened(explorer_page(CORPUS, term="数字经济"))
    page.click("#tiles button >> nth=2")
    assert page.locator("#text mark").all_inner_texts() == ["数字经济"] * 3
    assert page.locator("[data-panel=text]").is_visible()


def test_the_scatter_opens_both_groups(opened) -> None:
    page = opened(explorer_page(CORPUS, target={"year": 2024}, reference={"year": (2021, 2022)}))
    page.click("[data-term='数字经济'] circle")
    assert len(rows(page, "#group-contexts > div:nth-child(1)")) == 3
    assert rows(page, "#group-contexts > div:nth-child(2)") == []
    page.fill("#find", "农业")
    assert page.locator("[data-term='数字经济']").evaluate("e => e.style.opacity") == "0.1"


def test_without_groups_the_page_says_how_to_name_them(opened) -> None:
    page = opened(explorer_page(CORPUS, lang="en"))
    page.click("[data-tab=group]")
    assert "give target and reference" in page.locator("#no-groups").inner_text()


def test_nothing_in_a_text_can_run(opened) -> None:
    page = opened(explorer_page(CORPUS, term="window", title=HOSTILE))
    assert len(rows(page)) == 2
    page.click("#tiles button >> nth=1")
    assert page.evaluate("window.hit") is None


def test_keyword_page_sorts_filters_and_runs_nothing(opened) -> None:
    page = opened(context_page(keyword_in_context(CORPUS, "就业"), title=HOSTILE))
    assert page.locator("#rows tr").count() == 5
    page.select_option("#sort", "left")
    left = [row[4] for row in rows(page, "table")]
    assert [text[-1:] for text in left] == ["大", "定", "定", "定", "济"]
    page.fill("#filter", "数字经济")
    assert page.locator("#rows tr").count() == 2
    assert page.evaluate("window.hit") is None


def test_the_same_corpus_gives_the_same_page() -> None:
    group = {"year": 2024}
    assert explorer_page(TEXTS, target=group) == explorer_page(TEXTS, target=group)


def test_the_data_are_those_of_keyness() -> None:
    page = explorer_page(CORPUS, target={"year": 2024})
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
    words = {word[0]: word[1:3] for word in data["groups"]["words"]}
    assert words["数字经济"] == [3, 0]
    assert words["就业"][0] == 2


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorer, "_MOST", 10)
    with pytest.raises(UsageError, match="select fewer"):
        explorer_page(CORPUS)
