"""What each sentence does and which clauses are owed, decided together from evidence.

    keys.py       what is seen of a clause        grams.py      its characters, as numbers
    evidence.py   what is seen of a sentence      model.py      the weights as they ship
    scoring.py    sums of weights over a text     weights.py    weights of the words
    links.py      of place and tag before         arrangement.py   of a clause among the others
    labels.py     labels of sentences             tagging.py    rows of clauses and their levels
    certain.py, orders.py   what no weights outvote
    deciding.py   all of it together

No label silences a clause: the chances of the labels are evidence for the rows, and a sentence in
which a task was found is one that obliges (GUIDELINE T0 read both ways).
"""

from __future__ import annotations

from speechmine.judge.deciding import OWED, Verdict, judge_owed, judge_text, settled_labels
from speechmine.judge.evidence import Sentence, Sentences
from speechmine.judge.keys import signs_of
from speechmine.judge.labels import places_of
from speechmine.judge.model import Model, load_model, open_model, shipped_model
from speechmine.judge.tagging import Run

__all__ = [
    "OWED",
    "Model",
    "Run",
    "Sentence",
    "Sentences",
    "Verdict",
    "judge_owed",
    "judge_text",
    "load_model",
    "open_model",
    "places_of",
    "settled_labels",
    "shipped_model",
    "signs_of",
]
