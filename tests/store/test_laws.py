"""What must hold whatever readers do, in whatever order, on whatever extraction."""

from __future__ import annotations

import contextlib
import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import speechmine
from speechmine.errors import UsageError
from speechmine.store import acts, agreement_of, differences, fold, open_store
from speechmine.store.records import decode_changes, encode_changes

offsets = st.integers(0, 140)
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["accept", "reject", "level", "borders", "split", "merge", "add", "label", "undo"]
        ),
        st.integers(0, 9),
        offsets,
        offsets,
        st.sampled_from(["王", "李"]),
    ),
    max_size=12,
)


def _act(name, number, start, end):
    """An act on the n-th task; what makes no sense is refused by the store."""

    def act(state):
        tasks = state.ordered()
        one = tasks[number % len(tasks)].id if tasks else "none"
        two = tasks[(number + 1) % len(tasks)].id if tasks else "none"
        return {
            "accept": lambda: acts.accept(state, [one]),
            "reject": lambda: acts.reject(state, [one]),
            "level": lambda: acts.set_level(state, one, start % 3 + 1),
            "borders": lambda: acts.move_borders(state, one, start, end),
            "split": lambda: acts.split(state, one, [start]),
            "merge": lambda: acts.merge(state, [one, two]),
            "add": lambda: acts.add_task(state, start, end),
            "label": lambda: acts.label(state, start, "review"),
        }[name]()

    return act


def _play(store, text, listed):
    for name, number, start, end, reader in listed:
        with contextlib.suppress(UsageError):
            if name == "undo":
                store.undo(text, reader=reader)
            else:
                store.decide(text, _act(name, number, start, end), reader=reader, action=name)


lawful = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.slow
@lawful
@given(steps)
def test_a_state_is_its_log(tmp_path_factory, speech, listed):
    folder = tmp_path_factory.mktemp("law")
    with open_store(folder / "a.db") as store:
        text = store.add_text(speech).key
        _play(store, text, listed)
        kept = store.corrected(text)
        made = store.decisions(text)
        # As it was built step by step, and as it is built anew.
        assert fold(speech, made).extraction() == kept
        whole = speech.document.text
        for record in (*kept.tasks, *kept.metrics, *kept.segments):
            assert whole[record.start : record.end] == record.text
        for task in kept.tasks:
            assert all(whole[p.start : p.end] == p.text for p in task.parties)
        assert len({task.id for task in kept.tasks}) == len(kept.tasks)
        for decision in made:
            assert decode_changes(encode_changes(decision.changes)) == decision.changes
        # All taken back, nothing is left of it.
        for reader in ("王", "李") * len(made):
            with contextlib.suppress(UsageError):
                while True:
                    store.undo(text, reader=reader)
        assert store.corrected(text) == speech


def shifted(extraction):
    """The same text as a later version might read it: borders, ids and levels differ."""
    return dataclasses.replace(
        extraction,
        tasks=tuple(
            dataclasses.replace(
                task,
                id=f"{task.id}x",
                start=task.start + 1,
                text=task.text[1:],
                level=2,
                deadline=speechmine.Deadline("ongoing"),
            )
            for task in extraction.tasks
        ),
    )


@pytest.fixture
def decided(store, text):
    tasks = store.state(text).ordered()
    store.decide(text, lambda s: acts.accept(s, [tasks[0].id]), reader="王", action="accept")
    store.decide(text, lambda s: acts.reject(s, [tasks[1].id]), reader="王", action="reject")
    store.decide(text, lambda s: acts.set_level(s, tasks[2].id, 1), reader="王", action="level")
    return tasks


def test_a_later_reading_keeps_what_was_decided(store, text, speech, decided):
    later = shifted(speech)
    shown = store.preview(text, later)
    store.renew(text, later, made_by="later")
    now = store.corrected(text)
    assert now == shown
    tasks = {task.id: task for task in now.tasks}
    accepted, rejected, changed, *rest = decided
    assert tasks[accepted.id] == dataclasses.replace(accepted, confidence=None)
    assert not [t for t in now.tasks if t.end == rejected.end and t.id != accepted.id]
    # Only the level was decided; the rest follows the later reading.
    assert (tasks[changed.id].level, tasks[changed.id].start) == (1, changed.start + 1)
    assert {task.id for task in now.tasks} >= {f"{task.id}x" for task in rest}
    assert store.entry(text).extraction == 2
    assert [d.action for d in store.decisions(text)][-1] == "renew"
    assert all(d.title != rejected.title for d in differences(speech, now) if d.kind == "added")


def test_what_an_added_task_covers_does_not_come_in_beside_it(store, text, speech):
    whole = store.document(text).text
    at = whole.index("道理前面都讲过了")
    store.decide(text, lambda s: acts.add_task(s, at, at + 8), reader="王", action="add")
    found = dataclasses.replace(speech.tasks[0], id="t-new", start=at, end=at + 7)
    found = dataclasses.replace(found, text=whole[at : at + 7])
    later = dataclasses.replace(speech, tasks=(*speech.tasks, found))
    store.renew(text, later)
    assert [t.end for t in store.corrected(text).tasks if t.start == at] == [at + 8]


def test_agreement_counts_what_both_judged(store, text):
    one, two, three, *_ = store.state(text).ordered()
    for reader, level in (("王", 3), ("李", 2)):
        store.decide(text, lambda s: acts.accept(s, [one.id]), reader=reader, action="accept")
        store.decide(
            text,
            lambda s, level=level: acts.set_level(s, two.id, 5 - level - (two.level == 5 - level)),
            reader=reader,
            action="level",
        )
    store.decide(text, lambda s: acts.reject(s, [three.id]), reader="王", action="reject")
    found = agreement_of(store.state(text, reader="王"), store.state(text, reader="李"))
    assert found.tasks == 2
    assert {name: (n, same) for name, n, same in found.fields}["task"] == (2, 2)
    assert {dispute.about for dispute in found.disputes} <= {"level"}


def test_an_older_store_is_brought_up_to_date(tmp_path, speech):
    import sqlite3

    where = tmp_path / "a.db"
    with open_store(where) as store:
        text = store.add_text(speech).key
        task = speech.tasks[0].id
        store.decide(text, lambda s: acts.reject(s, [task]), reader="王", action="reject")
    with contextlib.closing(sqlite3.connect(where)) as plain, plain:
        plain.execute("DROP INDEX decisions_token")
        plain.execute("ALTER TABLE decisions DROP COLUMN token")
        plain.execute("UPDATE alembic_version SET version_num = '0001'")
    with open_store(where) as store:
        assert task not in store.state(text).tasks
        store.undo(text, reader="王", token="t")
        assert store.corrected(text) == speech
    with contextlib.closing(sqlite3.connect(where)) as plain, plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(speechmine.ReadError, match="later version"):
        open_store(where)
