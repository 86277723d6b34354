"""What a reader can do to a text: each act gives the changes that it makes.

An act says what is meant (this task is of level 3); the change keeps what was before and what is
after. Offsets are those of the document, and what is quoted is always its text.
"""

from speechmine.store.acts.figures import add_metric, change_metric, drop_metric
from speechmine.store.acts.parties import add_party, change_party, drop_party
from speechmine.store.acts.sentences import label
from speechmine.store.acts.tasks import (
    accept,
    add_task,
    dismiss,
    merge,
    move_borders,
    reject,
    restore,
    set_level,
    split,
)
from speechmine.store.acts.times import set_deadline

__all__ = [
    "accept",
    "add_metric",
    "add_party",
    "add_task",
    "change_metric",
    "change_party",
    "dismiss",
    "drop_metric",
    "drop_party",
    "label",
    "merge",
    "move_borders",
    "reject",
    "restore",
    "set_deadline",
    "set_level",
    "split",
]
