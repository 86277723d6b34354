"""Words out: tidy tokens and matrices are what the texts hold, in the forms of other programs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from scipy.io import mmread

from speechmine.errors import RuleError, UsageError
from speechmine.model import Document
from speechmine.themes import (
    attention,
    collocation_network,
    collocations,
    dfm,
    load_corpus,
    load_dictionary,
    term_frequency,
    tokens,
)

TEXTS = {
    2022: "深化改革，稳定就业。\n扩大 内需，稳定就业。",
    2023: "發展數字經濟，扩大就业１００万人。",
    2024: "发展数字经济。\n请区财政局制定奖补方案。",
}
CORPUS = load_corpus(TEXTS)


def test_every_token_stands_where_it_says() -> None:
    table = tokens(CORPUS)
    for row in table.to_dict("records"):
        quote = TEXTS[row["year"]][row["start"] : row["end"]]
        assert len(quote) >= len(row["token"])
    plain = table[table["year"] != 2023]
    quotes = [TEXTS[r["year"]][r["start"] : r["end"]] for r in plain.to_dict("records")]
    assert quotes == plain["token"].tolist()
    assert (table.groupby("doc_id")["position"].diff().dropna() > 0).all()


def test_tokens_of_a_part_are_those_of_its_spans() -> None:
    labels = {segment.discourse for text in CORPUS.texts for segment in text.source.segments}
    parts = [CORPUS.select(discourse=label) for label in sorted(labels - {None})]
    whole = tokens(CORPUS)[["doc_id", "position", "token", "start"]].values.tolist()
    found = [
        row
        for p in parts
        for row in tokens(p)[["doc_id", "position", "token", "start"]].values.tolist()
    ]
    assert sorted(found) == sorted(whole)
    assert tokens(CORPUS, content=True)["content"].all()


def test_counts_are_those_of_the_tokens() -> None:
    matrix = dfm(CORPUS)
    table = tokens(CORPUS, content=True)
    for year, row in zip(sorted(TEXTS), matrix.counts.toarray(), strict=True):
        own = table[table["year"] == year]["token"].value_counts()
        assert {f: n for f, n in zip(matrix.features, row.tolist(), strict=True) if n} == dict(own)


def test_literal_and_topic_columns_agree_with_the_tables() -> None:
    literal = dfm(CORPUS, ["就业", "数字经济"])
    counted = term_frequency(CORPUS, ["就业", "数字经济"]).pivot_table(
        index="year", columns="term", values="n"
    )
    assert literal.to_frame()[["就业", "数字经济"]].to_numpy().tolist() == (
        counted[["就业", "数字经济"]].to_numpy().tolist()
    )
    words = {"就业": ["就业"], "数字": ["数字经济"]}
    topics = dfm(CORPUS, dictionary=words)
    hits = attention(CORPUS, words).pivot_table(index="year", columns="topic", values="n_hits")
    assert topics.counts.toarray().tolist() == hits[list(topics.features)].to_numpy().tolist()
    with pytest.raises(UsageError, match="one of them"):
        dfm(CORPUS, ["就业"], dictionary=words)


def test_gensim_takes_it() -> None:
    """Its models take bags of (number, count) and the words by number."""
    bags, words = dfm(CORPUS).to_gensim()
    sums = np.asarray(dfm(CORPUS).counts.sum(axis=1)).ravel().tolist()
    assert [sum(n for _, n in bag) for bag in bags] == sums
    gensim = pytest.importorskip("gensim")
    model = gensim.models.TfidfModel(bags, id2word=words)
    assert len(model[bags[0]]) > 0


def test_the_files_hold_the_matrix(tmp_path: Path) -> None:
    matrix = dfm(CORPUS).trim(min_count=2)
    matrix.write(tmp_path / "dfm")
    counts = mmread(tmp_path / "dfm" / "counts.mtx").toarray()
    features = (tmp_path / "dfm" / "features.txt").read_text("utf-8").split("\n")[:-1]
    assert counts.tolist() == matrix.counts.toarray().tolist()
    assert features == list(matrix.features)
    assert json.loads((tmp_path / "dfm" / "record.json").read_text("utf-8"))["n_reports"] == 3
    with pytest.raises(UsageError, match="not empty"):
        matrix.write(tmp_path / "dfm")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_the_files(tmp_path: Path) -> None:
    matrix = dfm(CORPUS)
    matrix.write(tmp_path / "dfm")
    script = (tmp_path / "dfm" / "quanteda.R").read_text("utf-8")
    # Without quanteda, which not every R has, up to its own two lines.
    known = "\n".join(line for line in script.splitlines() if "quanteda::" not in line)
    code = f"{known}\ncat(sum(counts), nrow(counts), ncol(counts), documents$year)"
    done = subprocess.run(
        ["Rscript", "-e", code], cwd=tmp_path / "dfm", capture_output=True, text=True, check=False
    )
    if "there is no package" in done.stderr:
        pytest.skip("R has no package Matrix")
    total = int(matrix.counts.sum())
    assert done.stdout.split() == [str(total), *map(str, matrix.shape), "2022", "2023", "2024"]


def test_pairs_are_counted_by_sentence() -> None:
    text = "修建铁路公路。" * 5 + "修建铁路。" * 3 + "扩大就业。" * 12
    row = (
        collocations({2024: text}, min_count=2)
        .set_index(["term_a", "term_b"])
        .loc[("公路", "铁路")]
    )
    assert row[["n", "n_a", "n_b", "expected"]].tolist() == [5, 5, 8, 2.0]
    assert row["npmi"] == pytest.approx(np.log(5 * 20 / 40) / -np.log(5 / 20))
    own = collocations({2024: text}, keyword="铁路", min_count=2)
    assert set(own["term_a"]) == {"铁路"}
    with pytest.raises(UsageError, match="'sentence' or 'paragraph'"):
        collocations({2024: text}, within="page")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="fewer than 2 sentences"):
        collocations({2024: text}, keyword="没有", min_count=2)


def test_a_network_keeps_groups_apart_and_goes_into_files(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    text = "修建铁路公路码头。增加收入，稳定就业。" * 20
    graph = collocation_network(collocations({2024: text}))
    groups = {graph.nodes[word]["community"] for word in ("铁路", "公路", "码头")}
    assert len(groups) == 1
    assert graph.nodes["就业"]["community"] not in groups
    networkx.write_graphml(graph, tmp_path / "words.graphml")
    assert len(networkx.read_graphml(tmp_path / "words.graphml")) == len(graph)
    with pytest.raises(UsageError, match="beyond chance"):
        collocation_network(collocations({2024: "修建铁路公路。"}, min_count=1))


DICTIONARIES = {
    "own.yml": "民生:\n  就业:\n    - 就业\n    - 创业*\n  住房: [住房]\n生态: ['*污染']\n",
    "own.dic": "%\n1\t民生.就业\n2\t民生.住房\n3\t生态\n%\n就业\t1\n创业*\t1\n住房\t2\n污染\t3\n",
    "own.csv": "DicTerm,民生.就业,民生.住房,生态\n就业,X,,\n创业*,X,,\n住房,,X,\n污染,,,X\n",
}
TERMS = {"民生.就业": ("就业", "创业"), "民生.住房": ("住房",), "生态": ("污染",)}


@pytest.mark.parametrize("name", DICTIONARIES)
def test_dictionaries_of_other_programs(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(DICTIONARIES[name], encoding="utf-8")
    assert load_dictionary(file).terms == TERMS
    assert attention({2024: "稳定就业，支持创业者。"}, file)["n_hits"].tolist() == [2, 0, 0]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.yml", "- 就业\n", "topics with lists of words"),
        ("a.yml", "民生: [就*业]\n", "topic '民生': '就\\*业': only a \\* at an end"),
        ("a.yml", "民生: 3\n", "a list of words is expected"),
        ("a.yml", "民生: [就业\n", "not valid YAML"),
        ("a.yml", "民生: !!python/object/apply:os.system [ls]\n", "not valid YAML"),
        ("a.dic", "就业\t1\n", "between two lines of %"),
        ("a.dic", "%\n1\t民生\n%\n就业\t2\n", "line 4: no category has the number '2'"),
        ("a.csv", "DicTerm\n就业\n", "a column for each category"),
        ("a.csv", "DicTerm,民生\n?,X\n", "line 2: '\\?'"),
    ],
)
def test_a_wrong_dictionary_of_another_program_names_the_place(
    name: str, content: str, message: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=message) as caught:
        load_dictionary(file)
    assert re.match(r"a\.(yml|dic|csv)", str(caught.value))


def test_documents_without_words_are_rows_too() -> None:
    empty = load_corpus([Document("12。", id="a"), Document("抓改革。", id="b")])
    assert np.asarray(dfm(empty).counts.sum(axis=1)).ravel().tolist() == [0, 1]
    assert tokens(empty, content=True)["doc_id"].tolist() == ["b"]
