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
