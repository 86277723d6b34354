"""Rules of the user's own hold wherever the shipped ones do."""

from __future__ import annotations

import ast
import functools
import io
import json
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import spacy
from click.testing import CliRunner

import speechmine
from speechmine.cli import _cli as _cli_group
from speechmine.errors import UsageError
from speechmine.ledger import (
    fill_template,
    make_ledger,
    merge_ledgers,
    read_ledger,
    split_ledger,
    update_ledger,
    write_part,
    write_parts,
)
from speechmine.pledges import achieved, promises, targets
from speechmine.pledges.reports import reports_of
from speechmine.readers import find_inputs, read_input
from speechmine.rules.loader import chosen_rules, default_rules, load_rules
from speechmine.rules.schema import RuleSet
from speechmine.themes import Plan, compare, load_corpus

#: A body, a word for a part in the work, a phrase for a deadline, an indicator, a kind of heading,
#: a time, a unit.
OWN = {
    "body_aliases.csv": (
        "id,value,terms,use,scope\nmine.chaye,agriculture_rural,茶业发展促进专班,name,prefix\n"
    ),
    "roles.toml": (
        "[[rule]]\nid = 'mine.role'\nextends = 'role.after.supervise'\n"
        "pattern = '跟进督导'\nexamples = ['由县纪委监委跟进督导']\n"
    ),
    "deadline_cues.toml": (
        "[[rule]]\nid = 'mine.cue'\nvalue = 'immediate'\npattern = '说干就干地?'\n"
        "examples = ['说干就干修好水渠']\n"
    ),
    "indicators.toml": (
        "[[rule]]\nid = 'mine.rate'\nvalue = '茶园机采率'\nterms = ['茶园机采率']\n"
        "unit = '%'\nbetter = 'more'\nexamples = ['茶园机采率达到六成']\n"
    ),
    "times.toml": (
        "[[rule]]\nid = 'mine.cycle'\nvalue = 'cycle'\nkind = 'recurring'\n"
        "pattern = '逢(?:墟|场)日'\n"
        "examples = ['逢墟日通报一次']\n"
    ),
    "units.toml": (
        "[[rule]]\nid = 'mine.unit'\nvalue = 'counter'\nterms = ['茶台']\n"
        "examples = ['采茶机30茶台']\n"
    ),
    "headings.toml": (
        "[[rule]]\nid = 'mine.heading'\nextends = 'heading.scope'\n"
        "pattern = '^绕到[^，。]{2,8}。$'\nexamples = ['绕到茶厂看一看。']\n"
    ),
    "page_lines.toml": (
        "[[rule]]\nid = 'mine.page'\nvalue = 'tools'\npattern = '^值守人：.*$'\n"
        "examples = ['值守人：陈某']\n"
    ),
    "table_columns.toml": (
        "[[rule]]\nid = 'mine.column'\nvalue = 'deadline'\nside = 'column'\n"
        "pattern = '^收场日$'\nexamples = ['收场日']\n"
        "[[rule]]\nid = 'mine.foot'\nvalue = 'note'\nside = 'row'\n"
        "pattern = '^经手：.*$'\nexamples = ['经手：陈某']\n"
    ),
}


TEXT = (
    "在全县茶产业推进会上的讲话\n同志们：\n"
    "绕到茶厂看一看。茶业发展促进专班要说干就干修好水渠12公里，由县纪委监委跟进督导。\n"
    "今年茶园机采率要达到60%以上。"
)
DAY = "2025-03-02"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An overlay with a rule of each kind."""
    made = tmp_path_factory.mktemp("rules")
    for name, content in OWN.items():
        (made / name).write_text(content, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def rules(folder: Path) -> RuleSet:
    return load_rules(folder)


def _record(extraction: speechmine.Extraction) -> dict[str, Any]:
    return json.loads(json.dumps(extraction.to_dict()))


def _of_record(record: Mapping[str, Any]) -> set[str]:
    """Which kinds of rules an extraction as JSON shows."""
    tasks = record["tasks"]
    parties = {(p["text"], p["role"]) for task in tasks for p in task["parties"]}
    shown = {
        "body": "agriculture_rural" in {p["body"] for task in tasks for p in task["parties"]},
        "role": ("县纪委监委", "supervise") in parties,
        "deadline": any(task["deadline"]["kind"] == "immediate" for task in tasks),
        "indicator": any(m["indicator_id"] == "mine.rate" for m in record["metrics"]),
        "heading": any(
            s["text"] == "绕到茶厂看一看。" and s["discourse"] == "heading"
            for s in record["segments"]
        ),
    }
    return {kind for kind, is_shown in shown.items() if is_shown}


def _extract(rules: Path | None, _tmp: Path) -> set[str]:
    own = load_rules(rules) if rules else None
    return _of_record(_record(speechmine.extract(TEXT, date=DAY, mode="full", rules=own)))


def _extract_frame(rules: Path | None, _tmp: Path) -> set[str]:
    texts = pd.DataFrame({"doc_id": ["a"], "text": [TEXT], "date": [DAY]})
    own = functools.partial(speechmine.extract_frame, texts, mode="full", rules=rules)
    parties, deadlines = own(table="parties"), own(table="deadlines")
    metrics, segments = own(table="metrics"), own(table="segments")
    named = segments[segments["text"] == "绕到茶厂看一看。"]
    shown = {
        "body": "agriculture_rural" in set(parties["body"].dropna()),
        "role": "supervise" in set(parties["role"]),
        "deadline": "immediate" in set(deadlines["kind"]),
        "indicator": "mine.rate" in set(metrics["indicator_id"].dropna()),
        "heading": set(named["discourse"]) == {"heading"},
    }
    return {kind for kind, is_shown in shown.items() if is_shown}


def _spacy(rules: Path | None, _tmp: Path) -> set[str]:
    nlp = spacy.blank("zh")
    config = {"date": DAY, "mode": "full", "rules": str(rules) if rules else None}
    nlp.add_pipe("speechmine", config=config)
    return _of_record(nlp(TEXT).user_data["speechmine"])


def _cli(rules: Path | None, tmp: Path, *more: str) -> Path:
    out = tmp / "out.json"
    (tmp / "in").mkdir()
    for name in "ab":
        (tmp / "in" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    own = ["--rules", str(rules)] if rules else []
    called = ["extract", str(tmp / "in"), "--date", DAY, "--mode", "full", "-o", str(out)]
    result = CliRunner().invoke(_cli_group, [*called, *own, *more])
    assert result.exit_code == 0, result.output
    return out


def _command(rules: Path | None, tmp: Path) -> set[str]:
    first, second = json.loads(_cli(rules, tmp).read_text(encoding="utf-8"))
    assert _of_record(first) == _of_record(second)
    return _of_record(first)


def _workers(rules: Path | None, tmp: Path) -> set[str]:
    return _of_record(json.loads(_cli(rules, tmp, "--workers", "2").read_text("utf-8"))[1])


def _find_times(rules: Path | None, _tmp: Path) -> set[str]:
    own = load_rules(rules) if rules else None
    found = speechmine.find_times("逢墟日通报一次", DAY, rules=own)
    return {"time"} if [(t.text, t.kind) for t in found] == [("逢墟日", "recurring")] else set()


def _find_quantities(rules: Path | None, _tmp: Path) -> set[str]:
    own = load_rules(rules) if rules else None
    found = speechmine.find_quantities("采茶机30茶台", rules=own)
    return {"unit"} if {q.unit for q in found} == {"茶台"} else set()


def _targets(rules: Path | None, _tmp: Path) -> set[str]:
    own = load_rules(rules) if rules else None
    document = speechmine.Document(TEXT, id="a", date=DAY, place="东河县")
    panel = speechmine.targets([document], rules=own)
    return {"indicator"} if "mine.rate" in set(panel["indicator_id"]) else set()


PAGE = (
    "<!DOCTYPE html><html><body><div id='zoom'><p>茶业发展促进专班要说干就干修好水渠12公里，"
    "由县纪委监委跟进督导，同时抓好茶园管护、茶苗补植和茶农培训，每月通报进度，年底前全面验收。</p>"
    "<p>值守人：陈某</p></div></body></html>"
)


def _page_through(read: Callable[[Path], str], tmp: Path) -> set[str]:
    file = tmp / "a.html"
    file.write_text(PAGE, encoding="utf-8")
    return set() if "值守人" in read(file) else {"page"}


def _read(rules: Path | None, tmp: Path) -> set[str]:
    return _page_through(lambda file: speechmine.read(file, rules=rules).text, tmp)


def _read_input(rules: Path | None, tmp: Path) -> set[str]:
    return _page_through(lambda file: read_input(*find_inputs([file]), rules).text, tmp)


def _corpus_of_pages(rules: Path | None, tmp: Path) -> set[str]:
    def read(file: Path) -> str:
        file.rename(file.with_name("2024.html"))
        return load_corpus(file.parent, rules=rules).texts[0].source.document.text

    return _page_through(read, tmp)


def _targets_of_page(rules: Path | None, tmp: Path) -> set[str]:
    def read(file: Path) -> str:
        return next(iter(reports_of([file], chosen_rules(rules)))).document.text

    return _page_through(read, tmp)


def _page_command(rules: Path | None, tmp: Path) -> set[str]:
    own = ["--rules", str(rules)] if rules else []

    def read(file: Path) -> str:
        called = ["extract", str(file), "--format", "json", *own]
        found: dict[str, Any] = json.loads(CliRunner().invoke(_cli_group, called).stdout)
        return " ".join(segment["text"] for segment in found["segments"])

    file = tmp / "a.html"
    file.write_text(PAGE.replace("值守人：陈某", "值守人：陈某要到岗。"), encoding="utf-8")
    return set() if "值守人" in read(file) else {"page"}


def _ledger_book() -> bytes:
    book = openpyxl.Workbook()
    for row in (["工作任务", "收场日"], ["修好水渠", "6月底"], ["经手：陈某", ""]):
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ledger_shows(cells: list[dict[str, str]]) -> set[str]:
    shown = {"column": cells[0].get("deadline") == "6月底", "foot": len(cells) == 1}
    return {kind for kind, is_shown in shown.items() if is_shown}


def _read_ledger(rules: Path | None, _tmp: Path) -> set[str]:
    try:
        ledger = read_ledger(_ledger_book(), rules=rules)
    except speechmine.ReadError:
        return set()
    return _ledger_shows([dict(row.cells) for row in ledger.rows])


def _template(rules: Path | None, _tmp: Path) -> set[str]:
    """Filled in and read once more: the foot stays below, the last day in its column."""
    ledger, out = make_ledger([speechmine.extract("请区财政局6月底前制定奖补方案。")]), io.BytesIO()
    try:
        fill_template(_ledger_book(), ledger, out, rules=rules)
    except speechmine.ReadError:
        return set()
    sheet: Any = openpyxl.load_workbook(out).worksheets[0]
    said = [[cell.value for cell in row[:2]] for row in sheet.iter_rows()]
    shown = {"column": said[1][1] == "6月底前", "foot": said[2][0] == "经手：陈某"}
    return {kind for kind, is_shown in shown.items() if is_shown}


def _ledger_command(rules: Path | None, tmp: Path) -> set[str]:
    """A template of one's own, filled in by the command."""
    (tmp / "模板.xlsx").write_bytes(_ledger_book())
    (tmp / "a.txt").write_text("请区财政局6月底前制定奖补方案。", encoding="utf-8")
    own = ["--rules", str(rules)] if rules else []
    called = ["ledger", str(tmp / "a.txt"), "--template", str(tmp / "模板.xlsx"), *own]
    told = CliRunner().invoke(_cli_group, [*called, "-o", str(tmp / "台账.xlsx")])
    if told.exit_code:
        return set()
    sheet: Any = openpyxl.load_workbook(tmp / "台账.xlsx").worksheets[0]
    said = [[cell.value for cell in row[:2]] for row in sheet.iter_rows()]
    shown = {"column": said[1][1] == "6月底前", "foot": said[2][0] == "经手：陈某"}
    return {kind for kind, is_shown in shown.items() if is_shown}


def _updated(rules: Path | None, _tmp: Path) -> set[str]:
    """A ledger that people made, brought up to date with a speech."""
    out = io.BytesIO()
    try:
        old = read_ledger(_ledger_book(), rules=rules)
        merged = merge_ledgers(old, make_ledger([speechmine.extract("请区财政局制定方案。")]))
        update_ledger(_ledger_book(), merged, out, rules=rules)
    except speechmine.ReadError:
        return set()
    return _ledger_shows([dict(r.cells) for r in read_ledger(out.getvalue(), rules=rules).rows][:1])


def _in_parts(rules: Path | None, _tmp: Path) -> set[str]:
    """A ledger that people made, taken apart: a part has its row and not the foot."""
    out, book = io.BytesIO(), _ledger_book()
    try:
        (part,) = split_ledger(read_ledger(book, rules=rules), "party")
        write_part(book, part, out, rules=rules)
        write_parts(book, [part], io.BytesIO(), rules=rules)
    except speechmine.ReadError:
        return set()
    return _ledger_shows([dict(r.cells) for r in read_ledger(out.getvalue(), rules=rules).rows])


_KINDS = {"body", "role", "deadline", "indicator", "heading"}


@pytest.mark.parametrize(
    ("through", "kinds"),
    [
        (_extract, _KINDS),
        (_extract_frame, _KINDS),
        (_spacy, _KINDS),
        (_command, _KINDS),
        pytest.param(_workers, _KINDS, marks=pytest.mark.slow),
        (_targets, {"indicator"}),
        (_find_times, {"time"}),
        (_find_quantities, {"unit"}),
        (_read, {"page"}),
        (_read_input, {"page"}),
        (_corpus_of_pages, {"page"}),
        (_targets_of_page, {"page"}),
        (_page_command, {"page"}),
        (_read_ledger, {"column", "foot"}),
        (_template, {"column", "foot"}),
        (_ledger_command, {"column", "foot"}),
        (_updated, {"column", "foot"}),
        (_in_parts, {"column", "foot"}),
    ],
)
def test_each_kind_of_rule_reaches_every_public_function(
    through: Callable[[Path | None, Path], set[str]],
    kinds: set[str],
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """With the overlay each kind shows, and without it none."""
    assert through(folder, tmp_path_factory.mktemp("own")) == kinds
    assert through(None, tmp_path_factory.mktemp("plain")) == set()


def test_records_name_the_rules_that_made_them(rules: RuleSet) -> None:
    own = speechmine.extract(TEXT, date=DAY, mode="full", rules=rules)
    assert own.tasks
    assert all(t.rule.endswith(f"@{rules.version}") for t in own.tasks)


@pytest.mark.parametrize(
    ("fields", "said", "kind"),
    [
        ("value = 'cycle'", "逢墟日通报一次", "recurring"),
        ("value = 'plain'\nkind = 'recurring'", "逢墟日通报一次", "recurring"),
        ("value = 'plain'\nkind = 'at'", "逢墟日通报一次", "at"),
        ("value = 'plain'", "逢墟日通报一次", "within"),
        ("value = 'plain'\nbefore = 'by'", "逢墟日前通报一次", "by"),
    ],
)
def test_a_time_of_the_users_own_is_of_the_kind_that_its_entry_says(
    tmp_path: Path, fields: str, said: str, kind: str
) -> None:
    (tmp_path / "times.toml").write_text(
        f"[[rule]]\nid = 'mine.market'\n{fields}\npattern = '逢墟日(?:{{before}})?'\n"
        "examples = ['逢墟日通报一次']\n",
        encoding="utf-8",
    )
    found = speechmine.find_times(said, DAY, rules=load_rules(tmp_path))
    assert [time.kind for time in found] == [kind]


def test_a_kind_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "times.toml").write_text(
        "[[rule]]\nid = 'mine.market'\nvalue = 'plain'\nkind = 'weekly'\npattern = '逢墟日'\n"
        "examples = ['逢墟日通报一次']\n",
        encoding="utf-8",
    )
    with pytest.raises(speechmine.RuleError, match="field kind: 'weekly'"):
        load_rules(tmp_path)


#: Two years of one place: each kind of rule of the user's own decides something of them.
YEARS = {
    2024: (
        "在全县茶产业推进会上的讲话\n同志们：\n"
        "绕到坡上茶园去。茶业发展促进专班要说干就干修好水渠12公里并由县纪委监委跟进督导。\n"
        "二、2024年工作\n今年茶园机采率要达到60%以上。"
    ),
    2025: (
        "一、2024年工作回顾\n茶园机采率达到66%。\n二、2025年工作\n"
        "绕到坡上茶园去。茶业发展促进专班要说干就干修好水渠15公里。"
    ),
}


def _compared(own: RuleSet | None) -> tuple[dict[str, tuple[int, int]], list[str], list[str]]:
    """Tasks and leads of each party of the first year, kinds of times, its headings."""
    found = compare(YEARS, Plan(records=True), rules=own)
    table = found.tables["parties"]
    first = table[table["year"] == min(YEARS)].set_index("party")
    parties = {name: (row["n_tasks"], row["n_lead"]) for name, row in first.iterrows()}
    segments = found.corpus.texts[0].source.segments
    headings = [s.text for s in segments if s.discourse == "heading"]
    return parties, found.tables["deadlines"]["kind"].unique().tolist(), headings


def test_a_comparison_reads_by_them(rules: RuleSet) -> None:
    parties, kinds, headings = _compared(rules)
    # The body has a name; who only supervises leads nothing.
    assert parties == {"农业农村局": (1, 1), "中央纪委国家监委": (1, 0)}
    assert kinds == ["immediate"]
    assert "绕到坡上茶园去。" in headings
    parties, kinds, headings = _compared(None)
    assert parties == {"工作专班": (1, 1), "中央纪委国家监委": (1, 1)}
    assert kinds == ["open"]
    assert "绕到坡上茶园去。" not in headings


def test_targets_and_promises_are_read_by_them(rules: RuleSet, folder: Path) -> None:
    panel = targets(YEARS, rules=rules)
    assert panel["indicator_id"].dropna().tolist() == ["mine.rate"]
    assert panel.attrs["rules"] == rules.version
    assert "mine.rate" not in set(targets(YEARS)["indicator_id"].dropna())
    first, second = ({year: text} for year, text in YEARS.items())
    kept = promises(first, second, rules=folder)
    row = kept[(kept["indicator_id"] == "mine.rate").fillna(value=False)].iloc[0]
    assert (row["low"], row["achieved_low"], row["met"]) == (60.0, 66.0, True)
    assert set(achieved(YEARS, rules=rules)["indicator_id"].dropna()) == {"mine.rate"}


def test_a_corpus_keeps_the_rules_that_it_was_read_by(rules: RuleSet) -> None:
    corpus = load_corpus(YEARS, rules=rules)
    assert targets(corpus)["indicator_id"].dropna().tolist() == ["mine.rate"]
    with pytest.raises(UsageError, match="read by other rules"):
        compare(load_corpus(YEARS), rules=rules)


def test_commands_that_compare_take_them(folder: Path, tmp_path: Path) -> None:
    for year, text in YEARS.items():
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    own = ("--rules", str(folder))
    told = CliRunner().invoke(_cli_group, ["targets", str(tmp_path), "--format", "csv", *own])
    assert (told.exit_code, "mine.rate" in told.stdout) == (0, True)
    told = CliRunner().invoke(_cli_group, ["compare", str(tmp_path), "--records", *own])
    assert (told.exit_code, "农业农村局" in told.stdout) == (0, True)


def _sent(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301  # our own


def test_rules_reach_other_processes(rules: RuleSet) -> None:
    sent = _sent((rules, default_rules()))
    assert sent[0].version == rules.version
    assert sent[0].table("roles") == rules.table("roles")
    assert sent[1] is default_rules()
    found = _sent(compare(YEARS, Plan(tables=("parties",)), rules=rules))
    assert found.analyses["parties"].title == "责任单位"
    assert targets(found.corpus)["indicator_id"].dropna().tolist() == ["mine.rate"]


def test_nothing_below_the_public_face_chooses_rules() -> None:
    """What the shipped rules are is asked in one place; examples of docstrings apart.

    A ledger is made of records alone: whether a row names a thing is asked of the shipped verbs.
    """
    package = Path(speechmine.__file__).parent
    asking = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id == "default_rules"
    }
    assert asking == {"rules/loader.py", "preparing.py", "ledger/drafting/phrases.py"}
