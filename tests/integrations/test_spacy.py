"""The spaCy component."""

from __future__ import annotations

import pytest

spacy = pytest.importorskip("spacy")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

TEXT = "区财政局要在6月底前制定奖补方案，新增补贴企业20家。"


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("speechmine", config={"date": "2024-03-01"})
    return pipeline


def test_tasks_are_on_the_doc(nlp) -> None:
    doc = nlp(TEXT)
    assert doc._.tasks[0]["object"] == "奖补方案"
    assert doc._.tasks[0]["deadline"]["edtf"] == "../2024-06-30"


def test_spans_quote_the_records(nlp) -> None:
    doc = nlp(TEXT)
    labels = {(span.label_, span.text) for span in doc.spans["speechmine"]}
    assert ("PARTY", "区财政局") in labels
    assert ("DEADLINE", "6月底前") in labels


def test_the_record_survives_bytes(nlp) -> None:
    from spacy.tokens import Doc

    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.tasks == doc._.tasks


def test_a_doc_without_extraction_has_no_tasks(nlp) -> None:
    assert spacy.blank("zh")(TEXT)._.tasks == []


def test_a_doc_bin_keeps_records_and_spans(nlp) -> None:
    from spacy.tokens import DocBin

    doc = nlp(TEXT)
    content = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (again,) = DocBin(store_user_data=True).from_bytes(content).get_docs(nlp.vocab)
    assert again._.tasks == doc._.tasks
    assert [span.text for span in again.spans["speechmine"]] == [
        span.text for span in doc.spans["speechmine"]
    ]


def test_processes_give_what_one_gives(nlp) -> None:
    texts = [TEXT, "各镇要立即开展隐患排查。"]
    there = [doc._.tasks for doc in nlp.pipe(texts, n_process=2)]
    assert there == [nlp(text)._.tasks for text in texts]


def test_a_pipeline_on_disk_comes_back(nlp, tmp_path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline")(TEXT)._.tasks == nlp(TEXT)._.tasks


def test_displacy_draws_the_spans(nlp) -> None:
    from spacy import displacy

    from speechmine.integrations.spacy import DISPLACY_COLORS, DISPLACY_OPTIONS

    drawn = displacy.render(nlp(TEXT), style="span", options=DISPLACY_OPTIONS, jupyter=False)
    assert all(label in drawn for label in ("TASK", "PARTY", "DEADLINE"))
    assert DISPLACY_COLORS["TASK"] in drawn
