"""One vocabulary for all years."""

from __future__ import annotations

import jieba
import pytest

from speechmine.themes.analyses.terms.phrases import mine_phrases
from speechmine.themes.words.formulations import lexicon, lexicon_terms, stopwords
from speechmine.themes.words.vocabulary import default_vocabulary


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("发展新质生产力", ["发展", "新质生产力"]),
        ("深化改革创新", ["深化", "改革创新"]),
        ("化解过去产能", ["化解", "过去", "产能"]),
        ("推进社会主义市场经济体制", ["推进", "社会主义市场经济体制"]),
        ("某县和××市都要推进", ["和", "都", "要", "推进"]),
        ("实施“互联网+”行动", ["实施", "互联网+", "行动"]),
    ],
)
def test_formulations_stay_whole(text, words) -> None:
    vocabulary = default_vocabulary().with_terms(["改革创新"])
    assert vocabulary.words(text) == words


@pytest.mark.parametrize("word", ["我们", "三百", "北京", "要", "2024", "第十三"])
def test_words_without_content_are_left_out(word) -> None:
    assert not default_vocabulary().carries(word)


def test_every_han_character_stands_in_one_word() -> None:
    text = "加快建设全国统一大市场，推动产业链供应链稳定，发展5G和人工智能。"
    words, starts = default_vocabulary().tokens(text)
    assert all(text.startswith(word, start) for word, start in zip(words, starts, strict=True))
    assert "".join(words) == text.translate({ord(mark): None for mark in "，。"})


def test_the_name_follows_the_content() -> None:
    vocabulary = default_vocabulary()
    assert vocabulary.id == default_vocabulary().with_terms([]).id
    assert vocabulary.id != vocabulary.with_terms(["大抓项目"]).id


def test_the_shared_tokenizer_is_left_alone() -> None:
    default_vocabulary().words("新质生产力")
    assert "新质生产力" not in jieba.dt.FREQ


def test_the_lexicon_is_a_table_without_repeats() -> None:
    table = lexicon()
    assert len(table) >= 1500
    assert table["term"].is_unique
    assert table["theme"].notna().all()
    assert (table["first_year"].dropna() >= 1954).all()
    assert list(lexicon_terms()) == sorted(table["term"])


def test_stop_lists_have_no_formulation_in_them() -> None:
    assert not stopwords("function", "verbs") & set(lexicon_terms())


def test_mined_phrases_do_not_depend_on_order() -> None:
    texts = {2022: "抓项目管家。要项目管家；项目管家好。", 2023: "各镇抓项目管家！"}
    there = mine_phrases(texts, min_cohesion=0.2)
    back = mine_phrases(dict(reversed(texts.items())), min_cohesion=0.2)
    assert there.equals(back)
    assert there.loc[0, ["first_year", "last_year", "n"]].tolist() == [2022, 2023, 4]
