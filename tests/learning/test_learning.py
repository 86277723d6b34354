"""Learning: the weights move where texts speak, a model that does not help is refused."""

from __future__ import annotations

import dataclasses
import json

import pytest
from click.testing import CliRunner

import speechmine
from speechmine import learning
from speechmine.cli import _cli
from speechmine.errors import ReadError, UsageError
from speechmine.judge import load_model, open_model, shipped_model
from speechmine.judge.model import model_bytes, shipped_bytes, weights_of_model
from speechmine.learning import Counts, Gold, adapted, as_text, gain_of, learn, read_golds
from speechmine.learning.measuring import matched
from speechmine.store import gold_lines, open_store

BODIES = ("县水利局", "县教育局", "县交通局", "县住建局", "县林业局", "县文旅局")
# Here an office reads as an appeal what the shipped model reads as an order.
SPEECH = (
    "同志们：\n{body}要把群众的小事放在心上。下一步，{body}请在{month}月底前交来{count}份清单。\n"
    "大家辛苦了。{body}对照清单想一想。\n"
)


def gold_at(n: int) -> Gold:
    text = SPEECH.format(body=BODIES[n % len(BODIES)], month=n % 6 + 3, count=n + 2)
    found = speechmine.extract(speechmine.Document(text, date="2024-02-01"), mode="full")
    return Gold(f"t{n}", text, "2024-02-01", [*map(_own, gold_lines(found))], 2.5)


def _own(row: dict) -> dict:
    """The office's judgement: thinking it over is no order, nor is what is to be sent in."""
    if "想一想" not in row["text"] and "交来" not in row["text"]:
        return row
    return {**row, "discourse": "exhortation", "tasks": []}


@pytest.fixture(scope="module")
def golds() -> list[Gold]:
    return [gold_at(n) for n in range(5)]


@pytest.fixture(scope="module")
def lesson(golds: list[Gold]) -> learning.Lesson:
    return learn(golds)


def test_an_offices_judgement_is_learnt_and_carries_over(lesson: learning.Lesson) -> None:
    assert lesson.helps
    assert lesson.model is not None
    assert lesson.gain.labels > 0
    new = gold_at(11)
    before, after = (
        learning.counted(new, model) for model in (shipped_model(), load_model(lesson.model))
    )
    assert after.labelled > before.labelled
    assert after.f1 >= before.f1


def test_the_same_texts_in_any_order_give_the_same_bytes(golds: list[Gold]) -> None:
    texts = [as_text(gold) for gold in golds[:3]]
    assert adapted(shipped_bytes(), texts) == adapted(shipped_bytes(), texts[::-1])


def test_what_the_office_does_not_say_otherwise_is_not_learnt(golds: list[Gold]) -> None:
    """Annotations that equal what is read already teach nothing: no model is given."""
    same = []
    for gold in golds:
        document = speechmine.Document(gold.content, id=gold.name, date=gold.date)
        rows = [*gold_lines(speechmine.extract(document, mode="full"))]
        same.append(dataclasses.replace(gold, rows=rows))
    refused = learn(same)
    assert not refused.helps
    assert refused.gain.before.f1 == 1.0


def test_dates_and_numbers_stay(lesson: learning.Lesson) -> None:
    text = gold_at(4).content + "到6月底，县农业农村局要建成高标准农田3.2万亩，增长5%左右。\n"
    model = load_model(lesson.model or b"")
    before, after = (
        speechmine.extract(text, date="2024-02-01", mode="full", model=m) for m in (None, model)
    )

    def numbers(found: speechmine.Extraction) -> list:
        return [(m.start, m.end, m.low, m.high, m.unit, m.comparator) for m in found.metrics]

    dates = [{t.deadline.text: t.deadline.edtf for t in f.tasks} for f in (before, after)]
    assert numbers(before) == numbers(after) != []
    assert all(dates[1].get(text, value) == value for text, value in dates[0].items())


def test_the_output_says_which_model_judged(lesson: learning.Lesson) -> None:
    model = load_model(lesson.model or b"")
    found = speechmine.extract("请县财政局6月底前制定奖补方案。", model=model)
    plain = speechmine.extract("请县财政局6月底前制定奖补方案。")
    assert [model.version in n.message for n in found.notices if n.code == "other_model"] == [True]
    assert all(task.rule.endswith(f"+{model.version}") for task in found.tasks)
    assert not [n for n in plain.notices if n.code == "other_model"]


def test_a_model_that_is_stored_is_the_same_again() -> None:
    assert (
        load_model(model_bytes(*weights_of_model(shipped_bytes()))).version
        == shipped_model().version
    )
    assert model_bytes(*weights_of_model(shipped_bytes())) == shipped_bytes()


@pytest.mark.parametrize("content", [b"", b"no model", shipped_bytes()[:5000]])
def test_what_is_no_model_is_named(tmp_path, content: bytes) -> None:
    (tmp_path / "x.model").write_bytes(content)
    with pytest.raises(ReadError, match="no model"):
        open_model(tmp_path / "x.model")


@pytest.mark.parametrize(
    ("wanted", "given", "pairs"),
    [
        ([(0, 10)], [(0, 5)], 1),
        ([(0, 10)], [(0, 4)], 0),
        ([(0, 10)], [(0, 10), (0, 9)], 1),
        ([(0, 4), (6, 10)], [(0, 10)], 0),
        ([], [(0, 1)], 0),
    ],
)
def test_spans_match_one_to_one(wanted, given, pairs: int) -> None:
    assert matched(wanted, given) == pairs


def test_a_gain_is_sure_in_so_far_as_texts_agree() -> None:
    worse, better = Counts(1, 4, 4, 5, 10), Counts(3, 4, 4, 6, 10)
    assert gain_of([worse] * 4, [better] * 4).sure_f1 == 1.0
    assert gain_of([better] * 4, [better] * 4).sure_f1 == 0.5
    assert 0.2 < gain_of([worse, better], [better, worse]).sure_f1 < 0.8


def _write(folder, gold: Gold) -> None:
    (folder / f"{gold.name}.txt").write_text(gold.content, encoding="utf-8")
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in gold.rows)
    (folder / f"{gold.name}.gold.jsonl").write_text(rows, encoding="utf-8")


def test_the_command_writes_a_model_that_extract_takes(tmp_path, golds: list[Gold]) -> None:
    from speechmine.cli.extracting import extract

    for gold in golds:
        _write(tmp_path, gold)
    out = tmp_path / "office.model"
    done = CliRunner().invoke(_cli, ["learn", str(tmp_path), "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "strict F1" in done.output
    speech = str(tmp_path / "t0.txt")
    shown = CliRunner().invoke(extract, [speech, "--model", str(out)])
    assert open_model(out).version in shown.stdout


def test_finished_texts_of_a_store_are_read(tmp_path) -> None:
    where = str(tmp_path / "office.db")
    with open_store(where) as store:
        speech = speechmine.Document(gold_at(1).content, id="甲")
        key = store.add_text(speechmine.extract(speech, mode="full")).key
        with pytest.raises(UsageError, match="读完"):
            read_golds([where])
        ahead = CliRunner().invoke(_cli, ["learn", where, "--next"])
        store.finish(key, reader="王芳")
    assert "甲" in ahead.output
    assert [gold.name for gold in read_golds([where])] == ["甲"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"start": 0, "end": 2, "text": "同志", "discourse": "order"}, "no label"),
        ({"start": 0, "end": 2, "text": "大家", "discourse": "opening"}, "do not hold"),
        ({"start": 0, "end": 99, "discourse": "opening"}, "do not hold"),
        ({"start": 0, "end": 2, "discourse": "opening", "tasks": [{"level": 5}]}, "level"),
        ([], "object"),
    ],
)
def test_an_annotation_that_is_not_well_formed_is_named(tmp_path, row, said: str) -> None:
    _write(tmp_path, Gold("a", "同志们：\n", None, [row], 1.0))
    with pytest.raises(ReadError, match=said):
        read_golds([tmp_path])


def test_too_few_texts_are_refused(golds: list[Gold]) -> None:
    with pytest.raises(UsageError, match="at least"):
        learn(golds[:2])
