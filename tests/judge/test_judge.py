"""The judge: its sums are the products of features and weights, its path is the best one."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import speechmine
from speechmine.judge import OWED, Sentences, load_model, shipped_model, signs_of
from speechmine.judge.arrangement import ARRANGED, COLUMNS, Arrangements, arranged, told_of
from speechmine.judge.grams import grams_of, grams_of_clauses, numbers_of
from speechmine.judge.keys import clause_keys
from speechmine.judge.labels import Around, softmax
from speechmine.judge.model import AROUND, LABELS, ROW_LEVELS, TAGS, model_bytes
from speechmine.judge.scoring import sums_of
from speechmine.judge.tagging import best_tags, chances_of_levels, merged
from speechmine.judge.weights import LANES, LARGEST, STEP, Weights, in_steps
from speechmine.learning.columns import clause_features, row_features, sentence_features
from speechmine.mentions import see_mentions
from speechmine.model import Clause
from speechmine.rules.loader import default_rules
from speechmine.segment.head import complete_document, time_frame
from speechmine.segment.outline import structure_of
from speechmine.text import view_of

RULES = default_rules()
SPEECH = (
    "在全县水利工作会上的讲话\n（2025年3月18日）\n同志们：\n去年完成渠道清淤30公里，成效明显。\n"
    "一、抓紧施工\n县水利局要在5月底前完成12座山塘加固，由县财政局落实资金。各乡镇要提高认识。\n"
    "二、严格督查\n县政府督查室每月通报一次，对推诿扯皮的，移交纪委处理。谢谢大家！"
)


def sentences(text: str) -> list:
    view = view_of(text)
    document = complete_document(speechmine.Document(text), view, RULES)
    frame = time_frame(document, RULES)
    seen = see_mentions(view.text, document, frame, RULES)
    structure = structure_of(view.text, RULES, year=frame.year)
    return Sentences(view.text, structure, seen, document.date, RULES)[:]


def weights_of(name: str) -> tuple[list[float], int]:
    """The row that a named feature reads, and which third of it."""
    model = shipped_model()
    aside = {"<": 1, ">": 2}.get(name[0], 0) if len(name) > 1 else 0
    key = name[1:] if aside else name
    return model.weights[key], aside


def test_the_labels_sums_are_the_products_of_features_and_weights() -> None:
    model, found = shipped_model(), sentences(SPEECH)
    for i, sums in enumerate(sums_of(found, model).labels):
        expected = list(model.labels_bias)
        for name, value in sentence_features(found, i).items():
            row, aside = weights_of(name)
            for label in range(len(LABELS)):
                expected[label] += value * row[aside * len(LABELS) + label]
        assert sums == pytest.approx(expected)


def test_the_tags_sums_are_the_products_of_features_and_weights() -> None:
    model, found = shipped_model(), sentences(SPEECH)
    nothing = dict.fromkeys(LABELS, 0.0)
    rows = iter(sums_of(found, model).tags)
    for sentence in found:
        for j in range(len(sentence.clauses)):
            expected = list(model.tags_bias)
            features = clause_features(sentence, j, nothing, "S")
            for name, value in features.items():
                if name.startswith(("after=", "label=", "clauses=", "opens", "closes", ARRANGED)):
                    continue
                row, aside = weights_of(name)
                for tag in range(len(TAGS)):
                    at = 3 * len(LABELS) + aside * len(TAGS) + tag
                    expected[tag] += value * row[at]
            assert next(rows) == pytest.approx(expected)


def test_what_is_arranged_weighs_as_its_columns_do() -> None:
    model, found = shipped_model(), sentences(SPEECH)
    clauses = [keys for sentence in found for keys in sentence.clauses]
    told = np.array([told_of(keys) for keys in clauses])
    lengths = np.array([keys.clause.end - keys.clause.start for keys in clauses])
    counts = np.array([len(sentence.clauses) for sentence in found])
    weights = {name: np.array(row) for name, row in model.links._rows.items()}
    rows = iter(Arrangements(weights, len(TAGS)).of(told, lengths, counts))
    names = [each for sentence in found for each in arranged(sentence.clauses)]
    assert {len(each) for each in names} == {0, COLUMNS}
    for each in names:
        expected = model.links.summed(dict.fromkeys(each, 1.0))
        assert next(rows) == pytest.approx(expected)


def test_levels_are_those_of_features_and_weights_and_of_how_the_row_begins() -> None:
    model, found = shipped_model(), sentences(SPEECH)
    stretches = [
        (i, first, last)
        for i, sentence in enumerate(found)
        for first, last in itertools.combinations(range(len(sentence.clauses) + 1), 2)
    ]
    assert {last - first for _, first, last in stretches} >= {1, 2}
    sums = sums_of(found, model)
    starts, begun = np.cumsum(sums.counts) - sums.counts, [0.2, 0.6]
    begins, ends = (np.array([starts[row[0]] + row[at] for row in stretches]) for at in (1, 2))
    chances = softmax(sums.labels)
    each_begun = np.array([begun] * len(stretches))
    rows = chances_of_levels(begins, ends, each_begun, sums, chances, model)
    for (i, first, last), row in zip(stretches, rows, strict=True):
        named = dict(zip(LABELS, chances[i], strict=True))
        features = row_features(found[i], first, last, named)
        both = softmax(np.array([_log_odds_of_levels(features)]))[0] * begun
        assert row == pytest.approx(sum(begun) * np.sqrt(both) / np.sqrt(both).sum())


def _log_odds_of_levels(features: dict[str, float]) -> list[float]:
    model = shipped_model()
    total = model.levels_bias.copy()
    for name, value in features.items():
        if name.startswith(("label=", "clauses=", "size=", "opens", "closes")):
            total += value * model.level_links.summed({name: 1.0})
            continue
        row, aside = weights_of(name)
        at = 3 * (len(LABELS) + len(TAGS)) + aside * len(ROW_LEVELS)
        total += value * np.array(row[at : at + len(ROW_LEVELS)])
    return list(total)


def test_a_text_without_rows_has_no_levels() -> None:
    model, found = shipped_model(), sentences(SPEECH)
    sums, none = sums_of(found, model), np.zeros(0, np.int64)
    settled = chances_of_levels(none, none, np.zeros((0, 2)), sums, softmax(sums.labels), model)
    assert len(settled) == 0


_WORDS = st.lists(st.text("好事多磨𠀀\0 ", max_size=9), max_size=700)


@settings(deadline=None, max_examples=40)
@given(_WORDS)
def test_a_wording_counts_its_characters_and_its_pairs(wordings: list[str]) -> None:
    rows = {"好": 1.0, "事": -0.5, "好事": 0.25, "多磨": LARGEST, "磨": -LARGEST}
    weights = Weights(list(rows), in_steps([[each] * LANES for each in rows.values()]))
    expected = [
        sum(rows.get(gram, 0.0) for gram in (*said, *map("".join, itertools.pairwise(said))))
        for said in wordings
    ]
    grams = grams_of_clauses(wordings, [""] * len(wordings))
    assert weights.of_grams(grams)[:, 0].tolist() == pytest.approx(expected)
    keys = [[*said, *map("".join, itertools.pairwise(said))] for said in wordings]
    assert weights.of_keys(keys)[:, -1].tolist() == pytest.approx(expected)


_CLAUSE = st.text("好事多磨ＰＮ要𠀀", max_size=9)


@given(st.lists(st.tuples(_CLAUSE, _CLAUSE), max_size=9))
def test_the_numbers_of_grams_are_those_of_their_strings(clauses: list[tuple[str, str]]) -> None:
    found = grams_of_clauses([wording for wording, _ in clauses], [shape for _, shape in clauses])
    for i, clause in enumerate(clauses):
        grams = grams_of(*clause)
        assert found.sizes[i] == len(grams)
        if "𠀀" not in "".join(clause):
            assert sorted(found.numbers[found.clauses == i]) == sorted(numbers_of(grams))


def test_weights_are_whole_steps_in_one_byte() -> None:
    weights = load_model(_model({"好": [99.0] * LANES, "坏": [0.4 * STEP] * LANES})).weights
    assert weights["好"] == [LARGEST] * LANES
    assert weights["坏"] == weights["无"] == [0.0] * LANES


def _model(rows: dict[str, list[float]]) -> bytes:
    none = [0.0]
    small = {
        "labels_bias": none * len(LABELS),
        "tags_bias": none * len(TAGS),
        "levels_bias": none * len(ROW_LEVELS),
        "around": {},
        "around_bias": none * len(LABELS),
        "links": {},
        "level_links": {},
        "scale": 1.0,
        "version": "t",
    }
    return model_bytes(rows, small)


def test_the_same_numbers_are_stored_as_the_same_bytes() -> None:
    rows = {"甲": [1.0] * LANES, "乙": [-0.5] * LANES}
    again = dict(reversed(list(rows.items())))
    assert _model(rows) == _model(again)


_LOGS = st.lists(st.floats(-9, 0), min_size=len(TAGS), max_size=len(TAGS))
_STEPS = st.lists(st.tuples(_LOGS, _LOGS, _LOGS), min_size=1, max_size=4)


@given(_STEPS)
def test_the_path_of_tags_is_the_likeliest_of_all(steps: list[tuple]) -> None:
    tables = [dict(zip("OBI", step, strict=True)) | {"S": step[0]} for step in steps]
    tags = best_tags(merged(np.array([[step[0], *step] for step in steps])), np.array([len(steps)]))

    def log(logs: list[float], tag: str) -> float:
        both = math.log(math.exp(logs[1]) + math.exp(logs[2]))
        return {"O": logs[0], "B": both, "I": logs[3]}[tag]

    def score(path: tuple[str, ...]) -> float:
        if "I" in path[:1] or "OI" in "".join(path):
            return -math.inf
        befores = ("S", *path)
        return sum(log(t[b], tag) for t, b, tag in zip(tables, befores, path, strict=False))

    best = max(score(path) for path in itertools.product("OBI", repeat=len(steps)))
    assert score(tuple("OBI"[tag] for tag in tags)) == pytest.approx(best)


def test_chances_of_each_sentence_add_up_to_one() -> None:
    model, found = shipped_model(), sentences(SPEECH)
    first = softmax(sums_of(found, model).labels)
    around = Around(first, np.array([[i, i // 2, 0] for i in range(len(found))]))
    for chances in (*first, *around.settled(model)):
        assert sum(chances) == pytest.approx(1)
    assert all(len(features) == len(AROUND) for features in around.features())


@pytest.mark.parametrize(
    ("text", "signs", "grams"),
    [
        ("县水利局5月底前完成", [(0, 4, "Ｐ"), (4, 8, "Ｂ")], ["^ＰＢ", "Ｐ…Ｂ", "Ｂ完成"]),
        ("新建水池3座", [(4, 6, "Ｎ")], ["水池Ｎ", "Ｎ$"]),
        ("抓好落实", [], ["^抓", "落实$", "抓好"]),
        ("17号楼", [], ["^00号"]),
    ],
)
def test_a_clause_is_seen_in_its_words_and_in_its_shape(
    text: str, signs: list[tuple[int, int, str]], grams: list[str]
) -> None:
    clause = Clause(0, len(text), "none", (0, 0), (0, len(text)))
    assert set(grams) <= set(clause_keys(text, clause, signs, RULES).grams)


def test_a_day_before_the_speech_has_another_sign() -> None:
    text = "3月1日前完成，9月1日前完成。"
    frame = time_frame(speechmine.Document(text, date="2025-06-01"), RULES)
    seen = see_mentions(text, speechmine.Document(text), frame, RULES)
    assert [sign for _, _, sign in signs_of(seen, "2025-06-01")][-1] == "Ｂ"


#: Sentences that give an order wherever they stand, none of them in the words of a report.
ORDERS = [
    ("在全县秋种会上的讲话\n同志们：县种子站要在9月10日前备足麦种40万斤。", "备足麦种"),
    ("老吴，桥头那段路灯你盯着，后天之前修好。", "修好"),
    ("1.县气象局每天8时前发布火险预报。", "发布火险预报"),
    ("今冬有冷空气。请供热公司今晚把二号炉检修一遍。", "检修"),
    ("由区住建局牵头，会同各街道于7月20日前编制危房改造方案。", "编制危房改造方案"),
]


@pytest.mark.parametrize(("text", "words"), ORDERS)
def test_an_order_is_taken_wherever_it_stands(text: str, words: str) -> None:
    result = speechmine.extract(text, date="2025-07-02")
    assert any(words in task.text for task in result.tasks)
    owed = [s for s in result.segments if words in s.text]
    assert [s.discourse in OWED for s in owed] == [True]


#: What is certain whatever the model makes of the words: a text and the rows of its last line.
CERTAIN = [
    # two bodies that are each to act
    (
        "区发改委要编制项目清单，报区政府备案，区财政局要拨付资金300万元。",
        ["区发改委要编制项目清单，报区政府备案", "区财政局要拨付资金300万元"],
    ),
    # each with its day
    (
        "区住建局要在7月底前编制方案，9月底前组建队伍。",
        ["区住建局要在7月底前编制方案", "9月底前组建队伍"],
    ),
    # a day, a footing: not rows of their own
    ("8月底前，区水利局要编制度汛方案。", ["8月底前，区水利局要编制度汛方案"]),
    (
        "区委组织部要按照“抓两头带中间”的思路，开展支部提升行动。",
        ["区委组织部要按照“抓两头带中间”的思路，开展支部提升行动"],
    ),
    # years that are over, attitudes with a day
    ("三年来，区水利局新建水池40座、泵站6座。", []),
    ("区财政局要在8月底前统一思想。", []),
]


@pytest.mark.parametrize(("line", "rows"), CERTAIN)
def test_what_is_certain_stands_above_the_model(line: str, rows: list[str]) -> None:
    text = f"在全区重点工作推进会上的讲话\n同志们：\n二、下一步工作\n{line}"
    result = speechmine.extract(text, date="2025-07-02")
    assert [task.text for task in result.tasks if task.start >= text.index(line)] == rows


NO_ORDERS = [
    "去年，全县完成造林2万亩，新建水厂3座，改造危房120户。",
    "生态是我们最大的本钱，没有好山好水就没有好日子。",
    "全县上下要提高站位、振奋精神，以更大的决心投入这场硬仗。",
]


@pytest.mark.parametrize("text", NO_ORDERS)
def test_what_is_told_or_wished_is_no_task(text: str) -> None:
    assert speechmine.extract(text, date="2025-07-02").tasks == ()


@given(st.text(alphabet="县局要完成3月底前，。；：一是（）\n", max_size=60))
def test_every_record_says_how_sure_it_is(text: str) -> None:
    result = speechmine.extract(text, mode="full", date="2025-07-02")
    assert all(0 <= (s.confidence or 0) <= 1 for s in result.segments)
    assert all(0 <= (t.confidence or 0) <= 1 for t in result.tasks)
