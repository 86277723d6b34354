"""Each correction in a real browser, by mouse and by keyboard."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
_PLACE = """(words) => {
  const leaves = [];
  const walker = document.createTreeWalker(document.querySelector("#lines"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) leaves.push(node);
  const at = leaves.map((leaf) => leaf.data).join("").indexOf(words);
  const place = (offset) => {
    for (const leaf of leaves) {
      if (offset < leaf.data.length) return [leaf, offset];
      offset -= leaf.data.length;
    }
  };
  const box = (offset) => {
    const [leaf, inside] = place(offset);
    const range = document.createRange();
    range.setStart(leaf, inside);
    range.setEnd(leaf, inside + 1);
    leaf.parentElement.scrollIntoView({ block: "center" });
    return range;
  };
  const [first, last] = [box(at), box(at + words.length - 1)];
  const [one, other] = [first.getBoundingClientRect(), last.getBoundingClientRect()];
  return [one.left + 1, one.top + one.height / 2, other.right - 1, other.top + other.height / 2];
}"""


@dataclass
class Desk:
    """A text open in the browser."""

    page: object
    client: object
    key: str
    seen: int = field(default=0)

    def row(self, words):
        return self.page.locator(f"#rows tr[data-row]:has-text('{words}')")

    def choose(self, words):
        self.row(words).locator("td.no").click()

    def select(self, words):
        """Select words of the text with the mouse."""
        x, y, to_x, to_y = self.page.evaluate(_PLACE, words)
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(to_x, to_y, steps=4)
        mouse.up()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def pick(self, act):
        self.page.click(f"#pick [data-do={act}]")

    def edit(self, words):
        self.row(words).locator("[data-do=edit]").click()
        self.page.wait_for_selector("tr.editor form")

    def form(self, selector):
        return self.page.locator(f"tr.editor {selector}")

    def done(self, action):
        """Wait until the page has seen an action of the log, and has drawn what it changed."""
        decisions = self.client.get(f"texts/{self.key}/decisions")
        for _ in range(300):
            if [d["action"] for d in decisions[self.seen :]] == [action]:
                break
            self.page.wait_for_timeout(30)
            decisions = self.client.get(f"texts/{self.key}/decisions")
        assert [d["action"] for d in decisions[self.seen :]] == [action]
        self.seen = len(decisions)
        seq, look = (
            decisions[-1]["seq"],
            "() => Number(document.querySelector('#bench').dataset.seq)",
        )
        for _ in range(300):
            if self.page.evaluate(look) >= seq:
                break
            self.page.wait_for_timeout(30)
        self.page.wait_for_selector("#bench:not([aria-busy=true])")

    def task(self, words):
        return self.client.task(self.key, words)


@pytest.fixture
def desk(visit, client):
    key = client.add()
    return Desk(visit(f"/texts/{key}"), client, key)


both = pytest.mark.parametrize("by", ["mouse", "keys"])


@both
def test_accept_and_undo_and_redo(desk, by):
    desk.row("水毁堤防").locator("[data-do=accept]").click() if by == "mouse" else desk.press(
        "j", "a"
    )
    desk.done("accept")
    assert desk.page.locator("#rows tr[data-state=done]").count() == 1
    desk.page.click("[data-do=undo]") if by == "mouse" else desk.press("u")
    desk.done("undo")
    assert desk.page.locator("#rows tr[data-state=done]").count() == 0
    desk.page.click("[data-do=redo]") if by == "mouse" else desk.press("U")
    desk.done("redo")
    assert desk.page.locator("#rows tr[data-state=done]").count() == 1


@both
def test_reject_and_restore(desk, by):
    before = len(desk.client.tasks(desk.key))
    desk.choose("演练")
    desk.row("演练").locator("[data-do=reject]").click() if by == "mouse" else desk.press("x")
    desk.done("reject")
    assert len(desk.client.tasks(desk.key)) == before - 1
    desk.page.select_option("[name=state]", "gone")
    desk.choose("演练")
    if by == "mouse":
        desk.row("演练").locator("[data-do=restore]").click()
    else:
        desk.page.locator("body").press("r")
    desk.done("restore")
    assert len(desk.client.tasks(desk.key)) == before


@both
def test_level(desk, by):
    if by == "mouse":
        desk.edit("水毁堤防")
        desk.form("[name=level][value='2']").click()
    else:
        desk.choose("水毁堤防")
        desk.press("2")
    desk.done("level")
    assert desk.task("水毁堤防")["level"] == 2


@both
def test_merge(desk, by):
    before = len(desk.client.tasks(desk.key))
    desk.choose("水毁堤防")
    if by == "mouse":
        desk.edit("水毁堤防")
        desk.form("[data-do=merge]").click()
    else:
        desk.press("m")
    desk.done("merge")
    assert len(desk.client.tasks(desk.key)) == before - 1


@both
def test_split(desk, by):
    desk.choose("水毁堤防")
    desk.press("m")
    desk.done("merge")
    if by == "mouse":
        desk.select("备足抢险物资")
        desk.pick("split")
    else:
        desk.press("s", "Enter")
    desk.done("split")
    assert desk.task("水毁堤防")["text"] == "请县水利局在6月底前修复2.7公里水毁堤防"
    assert [t["text"] for t in desk.client.tasks(desk.key)].count("备足抢险物资") == 1


@both
def test_borders(desk, by):
    before = desk.task("演练")
    desk.choose("演练")
    if by == "mouse":
        desk.select("每月开展一次演练")
        desk.pick("borders")
    else:
        desk.press("b", *["Shift+ArrowRight"] * 5, "Enter")
    desk.done("borders")
    after = desk.task("演练")
    assert after["text"] == "每月开展一次演练"
    assert (after["id"], after["end"]) == (before["id"], before["end"])


@both
def test_add_what_was_missed(desk, by):
    if by == "mouse":
        desk.select("道理前面都讲过了")
        desk.pick("add")
    else:
        desk.choose("提高认识") if desk.row("提高认识").is_visible() else desk.choose("演练")
        desk.press("i")
        start = desk.page.locator("#status").inner_text()
        for _ in range(12):
            if "“道理" in start:
                break
            desk.press("Control+ArrowRight", "Control+Shift+ArrowRight")
            start = desk.page.locator("#status").inner_text()
        desk.press("Enter")
    desk.done("add")
    assert any("道理前面都讲过了" in task["text"] for task in desk.client.tasks(desk.key))


@both
def test_party_added_changed_removed(desk, by):
    desk.choose("水毁堤防")
    if by == "mouse":
        desk.select("县应急局")
        desk.pick("party")
        desk.done("party_add")
        desk.edit("水毁堤防")
    else:
        desk.press("p")
        desk.page.wait_for_selector("tr.editor form")
        desk.page.keyboard.type("县应急局")
        desk.press("Enter")
        desk.done("party_add")
    desk.page.wait_for_selector("tr.editor p:has-text('县应急局')")
    role = desk.form("p:has-text('县应急局') select[name=role]")
    if by == "mouse":
        role.select_option("cooperate")
    else:
        role.focus()
        role.press("ArrowDown")
    desk.done("party_role")
    parties = {party["text"]: party["role"] for party in desk.task("水毁堤防")["parties"]}
    assert parties["县应急局"] == "cooperate"
    drop = desk.form("p:has-text('县水利局') [data-do=party_drop]")
    drop.click() if by == "mouse" else drop.press("Enter")
    desk.done("party_drop")
    assert [party["text"] for party in desk.task("水毁堤防")["parties"]] == ["县应急局"]


@both
def test_deadline(desk, by):
    desk.choose("演练")
    if by == "mouse":
        desk.select("6月底前")
        desk.pick("time")
    else:
        desk.press("t")
        desk.page.wait_for_selector("tr.editor form")
        desk.page.keyboard.press("Control+a")
        desk.page.keyboard.type("../2024-06-30")
        desk.press("Enter")
    desk.done("deadline")
    assert desk.task("演练")["deadline"]["latest"] == "2024-06-30"


@both
def test_label_of_a_sentence(desk, by):
    words = "大家要提高认识"
    desk.page.locator(f"#lines .s:has-text('{words}')").click()
    before = desk.page.locator("#label").input_value()
    if by == "mouse":
        desk.page.select_option("#label", "rationale" if before != "rationale" else "review")
    else:
        desk.press("l")
        desk.page.locator("#label").press("ArrowUp")
    desk.done("label")
    found = desk.client.get(f"texts/{desk.key}", mode="full")["segments"]
    (after,) = [s["discourse"] for s in found if words in s["text"]]
    assert after != before


@both
def test_figures(desk, by):
    desk.edit("水毁堤防") if by == "mouse" else desk.choose("水毁堤防")
    if by == "keys":
        desk.press("e")
        desk.page.wait_for_selector("tr.editor form")
    high = desk.form(".figure [name=high]")
    low = desk.form(".figure [name=low]")
    low.fill("2.9")
    high.fill("2.9")
    desk.form("[data-do=metric_save]").click() if by == "mouse" else high.press("Enter")
    desk.done("metric")
    figures = desk.client.get(f"texts/{desk.key}", mode="full")["metrics"]
    assert [m["low"] for m in figures if "堤防" in m["text"]] == [2.9]
    drop = desk.form("[data-do=metric_drop]")
    drop.click() if by == "mouse" else drop.press("Enter")
    desk.done("metric_drop")
    desk.select("修复2.7公里水毁堤防")
    desk.pick("metric") if by == "mouse" else desk.press("g")
    desk.done("metric_add")
    figures = desk.client.get(f"texts/{desk.key}", mode="full")["metrics"]
    assert [(m["low"], m["text"]) for m in figures if "堤防" in m["text"]] == [
        (2.7, "修复2.7公里水毁堤防")
    ]


@both
def test_finished(desk, by):
    desk.page.click("[data-do=finish]") if by == "mouse" else desk.press("F")
    desk.done("finish")
    assert desk.page.locator("[data-do=finish]").get_attribute("aria-pressed") == "true"
