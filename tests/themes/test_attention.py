"""Attention, its evenness, tone; dictionaries shipped and own."""

from __future__ import annotations

import pytest

from speechmine.errors import RuleError, UsageError
from speechmine.rules.schema import Rule
from speechmine.themes import attention, attention_diversity, load_dictionary, tone
from speechmine.themes.words.dictionaries import dictionary_names
from speechmine.themes.words.entries import shipped

TEXTS = {2022: "治理污染。\n扩大就业，稳定就业。", 2024: "发展农业。"}
WORDS = {"就业": ["就业"], "生态": ["污染", "污染防治"]}


@pytest.mark.parametrize(
    ("base", "share"), [("hits", 2 / 3), ("chars", 8 / 12), ("sentences", 1 / 2)]
)
def test_the_share_follows_the_base(base, share) -> None:
    table = attention(TEXTS, WORDS, base=base).set_index(["year", "topic"])
    assert table.loc[(2022, "就业"), "share"] == pytest.approx(share)


def test_a_missing_year_is_no_zero() -> None:
    table = attention(TEXTS, WORDS).set_index(["year", "topic"])
    assert table["n_hits"].isna().loc[2023].all()
    assert table.loc[(2024, "就业"), "n_hits"] == 0


def test_each_stretch_counts_once_for_the_longest_word() -> None:
    table = attention({2024: "打好污染防治攻坚战"}, WORDS)
    assert table.set_index("topic").loc["生态", "n_hits"] == 1


def test_no_attention_has_no_diversity() -> None:
    table = attention_diversity(attention(TEXTS, WORDS)).set_index("year")
    assert table["h"].isna().loc[[2023, 2024]].all()
    assert table.loc[2022, "n_topics"] == 2


@pytest.mark.parametrize("name", dictionary_names())
def test_a_shipped_dictionary_states_source_and_warning(name) -> None:
    words = load_dictionary(name)
    assert words.source
    assert words.warning
    listed = [term for terms in words.terms.values() for term in terms]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("my.csv", "value,terms\n水,防汛;堤防\n"),
        ("my.toml", '[[rule]]\nvalue = "水"\nterms = ["防汛", "堤防"]\n'),
    ],
)
def test_a_user_file_is_a_dictionary(tmp_path, name, content) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert load_dictionary(tmp_path / name).terms == {"水": ("防汛", "堤防")}


def test_a_broken_file_names_entry_and_field(tmp_path) -> None:
    (tmp_path / "my.toml").write_text('[[rule]]\nid = "a"\nterms = ["x"]\n', encoding="utf-8")
    with pytest.raises(RuleError, match=r"my.toml: entry 'a': field value"):
        load_dictionary(tmp_path / "my.toml")
    with pytest.raises(UsageError, match="environment"):
        load_dictionary("weather")


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("必须守住底线", "strong"),
        ("要鼓励创新", "medium"),
        ("探索新办法", "weak"),
        ("主要是农业", "none"),
    ],
)
def test_the_strongest_word_decides(sentence, strength) -> None:
    table = tone({2024: sentence}).set_index("strength")["n"]
    assert table[strength] == 1
    assert table.drop("hedged target").sum() == 1


@pytest.mark.parametrize("entry", shipped("tone.toml"), ids=lambda entry: entry["id"])
def test_tone_words_hold_their_examples(entry) -> None:
    def counted(text: str) -> bool:
        from speechmine.rules.matcher import Matcher

        rules = [Rule("a", "a", entry["terms"]), Rule("b", "", entry["exclude"])]
        return any(match.rule.value for match in Matcher(rules).find(text))

    assert all(counted(text) for text in entry["examples"])
    assert not any(counted(text) for text in entry["counterexamples"])
