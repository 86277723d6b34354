"""What is decided is kept, and laid over what was extracted."""

from __future__ import annotations

import functools
from concurrent.futures import ThreadPoolExecutor

import pytest

import speechmine
from speechmine.errors import ReadError, UsageError
from speechmine.store import acts, gold_lines, open_store


def do(store, text, act, *arguments, reader="王芳", **named):
    call = functools.partial(getattr(acts, act), **named)
    return store.decide(text, lambda state: call(state, *arguments), reader=reader, action=act)


def titled(store, text, words):
    """Id of the task whose text holds these words."""
    (task,) = [t for t in store.state(text).tasks.values() if words in t.text]
    return task.id


def place(store, text, words):
    at = store.document(text).text.index(words)
    return at, at + len(words)


def the(store, text, task):
    return store.state(text).tasks[task]


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.slow)])
def both(request, tmp_path):
    """A store in a file and one on a PostgreSQL server."""
    where = tmp_path / "a.db" if request.param == "file" else request.getfixturevalue("postgres")
    with open_store(where) as store:
        yield store


def test_what_nobody_touched_is_what_was_extracted(store, text, speech):
    assert store.corrected(text) == speech


def test_both_kinds_of_database_keep_the_same(both, speech):
    text = both.add_text(speech).key
    assert both.add_text(speech).key == text
    assert [entry.key for entry in both.texts()].count(text) == 1
    task = titled(both, text, "修复2.7公里")
    before, was = len(both.decisions(text)), both.corrected(text)
    first = both.decide(
        text, lambda s: acts.set_level(s, task, 2), reader="王", action="level", token=f"a{text}"
    )
    again = both.decide(
        text, lambda s: acts.set_level(s, task, 1), reader="王", action="level", token=f"a{text}"
    )
    assert again == first
    assert len(both.decisions(text)) == before + 1
    assert the(both, text, task).level == 2
    both.undo(text, reader="王")
    assert both.corrected(text) == was


def test_of_many_at_once_none_is_lost(both, speech):
    text = both.add_text(speech).key
    task = titled(both, text, "修复2.7公里")
    before = len(both.decisions(text))

    def accept(number):
        act = functools.partial(acts.accept, tasks=[task])
        return both.decide(text, act, reader=f"王{number}", action="accept").seq

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(accept, range(24)))
    kept = [decision.seq for decision in both.decisions(text)[before:]]
    assert sorted(said) == kept
    assert len(set(said)) == 24


def test_each_act_does_what_it_says(store, text):
    dam = titled(store, text, "修复2.7公里")
    do(store, text, "set_level", dam, 2)
    do(store, text, "add_party", dam, "cooperate", name="县应急局")
    do(store, text, "add_party", dam, "lead", name="县防指办")
    do(store, text, "set_deadline", dam, edtf="../2024-06-20")
    done = the(store, text, dam)
    assert done.level == 2
    assert ("县应急局", "cooperate") in [(p.text, p.role) for p in done.parties]
    assert [(p.text, p.role) for p in done.suggested_parties] == [("县防指办", "lead")]
    assert (done.deadline.latest, done.deadline.text) == ("2024-06-20", "6月底前")
    do(store, text, "change_party", dam, 0, role="lead")
    assert the(store, text, dam).parties[0].role == "lead"
    do(store, text, "drop_party", dam, 0)
    assert "县水利局" not in [p.text for p in the(store, text, dam).parties]
    do(store, text, "set_deadline", dam, keep_text=False)
    assert the(store, text, dam).deadline == speechmine.Deadline()


def test_a_missed_task_is_added_with_what_its_words_say(store, text):
    start, end = place(store, text, "道理前面都讲过了。")
    (added,) = do(store, text, "add_task", start, end).changes
    task = the(store, text, added.id)
    assert (task.text, task.start, task.parties) == ("道理前面都讲过了", start, ())
    with pytest.raises(UsageError, match="已有"):
        do(store, text, "add_task", start, end)


def test_splitting_keeps_who_owes_and_merging_joins_again(store, text):
    dam = titled(store, text, "修复2.7公里")
    do(store, text, "merge", [dam, titled(store, text, "备足物资")])
    cut, _ = place(store, text, "备足物资")
    changes = do(store, text, "split", dam, [cut]).changes
    first, second = (the(store, text, change.id) for change in changes)
    assert (first.text, second.text) == ("请县水利局在6月底前修复2.7公里水毁堤防", "备足物资")
    assert [(p.text, p.source) for p in second.parties] == [("县水利局", "sentence")]
    do(store, text, "merge", [first.id, second.id])
    assert second.id not in store.state(text).tasks
    assert the(store, text, dam).text.endswith("备足物资")
    assert len(the(store, text, dam).metrics) == 1


def test_labels_and_figures(store, text):
    start, _ = place(store, text, "大家要提高认识")
    do(store, text, "label", start, "rationale")
    assert store.state(text).segment_at(start).discourse == "rationale"
    (metric,) = [m for m in store.corrected(text).metrics if "1200" in m.text]
    do(store, text, "change_metric", metric.id, {"low": 1500, "high": 1500})
    (changed,) = [m for m in store.corrected(text).metrics if m.id == metric.id]
    assert (changed.low, changed.norm_low) == (1500, None)
    do(store, text, "drop_metric", metric.id)
    assert metric.id not in [m.id for m in store.corrected(text).metrics]
    again = place(store, text, "新增学位1200个")
    do(store, text, "add_metric", *again)
    assert [m.low for m in store.corrected(text).metrics if m.start == again[0]] == [1200]


def test_quotes_stay_true_whatever_is_done(store, text):
    dam = titled(store, text, "修复2.7公里")
    do(
        store,
        text,
        "move_borders",
        dam,
        *place(store, text, "县水利局在6月底前修复2.7公里水毁堤防"),
    )
    do(store, text, "add_task", *place(store, text, "道理前面都讲过了"))
    found = store.corrected(text)
    whole = found.document.text
    for task in found.tasks:
        assert whole[task.start : task.end] == task.text
        for party in task.parties:
            assert whole[party.start : party.end] == party.text


@pytest.mark.parametrize(
    ("act", "arguments", "named", "words"),
    [
        ("accept", (["t-none"],), {}, "no longer|已不存在"),
        ("set_level", ("DAM", 4), {}, "1, 2 or 3"),
        ("move_borders", ("DAM", 5, 9999), {}, "characters"),
        ("merge", (["DAM"],), {}, "two tasks"),
        ("split", ("DAM", [0]), {}, "inside"),
        ("set_deadline", ("DAM",), {"edtf": "2024-13"}, "write it as"),
        ("set_deadline", ("DAM",), {"kind": "soon"}, "one of"),
        ("add_party", ("DAM", "boss"), {"name": "县水利局"}, "one of"),
        ("label", (0, "poem"), {}, "one of"),
        ("add_metric", (0, 3), {}, "no figure"),
        ("dismiss", ("x:1-2",), {}, "settled"),
        ("drop_party", ("DAM", 99), {}, "no longer|any more"),
    ],
)
def test_what_makes_no_sense_is_refused_and_not_logged(store, text, act, arguments, named, words):
    dam = titled(store, text, "修复2.7公里")
    given = [dam if a == "DAM" else [dam] if a == ["DAM"] else a for a in arguments]
    with pytest.raises(UsageError, match=words):
        do(store, text, act, *given, **named)
    assert store.decisions(text) == ()


def test_undo_and_redo_are_a_reader_s_own(store, text):
    dam, drill = titled(store, text, "修复2.7公里"), titled(store, text, "开展一次演练")
    do(store, text, "reject", [dam], reader="王")
    do(store, text, "reject", [drill], reader="李")
    store.undo(text, reader="王")
    assert dam in store.state(text).tasks
    assert drill not in store.state(text).tasks
    store.redo(text, reader="王")
    assert dam not in store.state(text).tasks
    store.undo(text, reader="李")
    with pytest.raises(UsageError, match="nothing of yours"):
        store.undo(text, reader="李")
    with pytest.raises(UsageError, match="redo"):
        store.redo(text, reader="赵")


def test_undoing_below_somebody_else_s_change_is_refused(store, text):
    dam = titled(store, text, "修复2.7公里")
    do(store, text, "set_level", dam, 1, reader="王")
    do(store, text, "set_level", dam, 2, reader="李")
    with pytest.raises(UsageError, match="李"):
        store.undo(text, reader="王")


def test_a_store_is_what_it_was_after_it_is_opened_again(tmp_path, speech):
    with open_store(tmp_path / "a.db") as store:
        text = store.add_text(speech).key
        do(store, text, "reject", [titled(store, text, "修复2.7公里")])
        kept, log = store.corrected(text), store.decisions()
        store.backup(tmp_path / "copy.db")
    for name in ("a.db", "copy.db"):
        with open_store(tmp_path / name) as store:
            assert store.corrected(text) == kept
            assert store.decisions() == log
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db", "copy.db"]


def test_what_is_no_store_is_said_to_be_none(tmp_path):
    (tmp_path / "a.db").write_text("区财政局" * 999, encoding="utf-8")
    with pytest.raises(ReadError, match="cannot be opened"):
        open_store(tmp_path / "a.db")
    with pytest.raises(UsageError, match="SQLite and PostgreSQL"):
        open_store("mysql://a/b")


def test_gold_has_the_form_of_the_corpus(store, text):
    dam = titled(store, text, "修复2.7公里")
    do(store, text, "set_level", dam, 2)
    lines = list(gold_lines(store.corrected(text)))
    whole = store.document(text).text
    assert all(whole[line["start"] : line["end"]] == line["text"] for line in lines)
    (task,) = [t for line in lines for t in line["tasks"] if "修复2.7公里" in t["text"]]
    assert task["level"] == 2
    assert set(task) == {"start", "end", "text", "level", "action", "object", "parties", "deadline"}


def test_what_a_reader_selects_is_read_by_the_rules_of_the_store(tmp_path):
    cue = "[[rule]]\nid = 'mine.cue'\nvalue = 'immediate'\npattern = '说干就干'\n"
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/deadline_cues.toml").write_text(cue, encoding="utf-8")
    words = "大家辛苦了，水渠说干就干修好。"
    found = {}
    for name, rules in (("own", tmp_path / "rules"), ("shipped", None)):
        with open_store(tmp_path / f"{name}.db", rules=rules) as store:
            text = store.add_text(speechmine.extract(words, mode="full")).key
            do(store, text, "add_task", *place(store, text, "水渠说干就干修好"))
            found[name] = the(store, text, titled(store, text, "说干就干")).deadline.kind
    assert found == {"own": "immediate", "shipped": "open"}
