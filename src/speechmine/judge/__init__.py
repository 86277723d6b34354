"""What each sentence does and which clauses are owed, decided together from evidence.

    keys.py       what is seen of a clause        evidence.py   of a sentence and around it
    model.py      the weights as they ship        scoring.py    their sums over a text
    labels.py     labels of sentences, and the levels of rows
    tagging.py    rows of clauses

No label silences a clause: the chances of the labels are evidence for the rows, and a sentence in
which a task was found is one that obliges (GUIDELINE T0 read both ways).
"""

from __future__ import annotations

from speechmine.judge.deciding import (
    OWED,
    Evidence,
    Judged,
    Judgement,
    Verdict,
    evidence_of,
    judge_owed,
    judge_sentences,
    judge_text,
    places_of,
    settled_labels,
)
from speechmine.judge.evidence import Sentence, sentences_of
from speechmine.judge.keys import Sign, signs_of
from speechmine.judge.model import Model, load_model, open_model, shipped_model
from speechmine.judge.tagging import Run

__all__ = [
    "OWED",
    "Evidence",
    "Judged",
    "Judgement",
    "Model",
    "Run",
    "Sentence",
    "Sign",
    "Verdict",
    "evidence_of",
    "judge_owed",
    "judge_sentences",
    "judge_text",
    "load_model",
    "open_model",
    "places_of",
    "sentences_of",
    "settled_labels",
    "shipped_model",
    "signs_of",
]
