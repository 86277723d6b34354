"""The closed sets of words that fields of records take; what each means is in the guideline."""

from __future__ import annotations

from typing import Literal

__all__ = [
    "AdministrativeLevel",
    "AsideKind",
    "Change",
    "Comparator",
    "DeadlineKind",
    "Direction",
    "Discourse",
    "Hardness",
    "MetricKind",
    "Modality",
    "Mode",
    "PartySource",
    "Role",
    "Zone",
]

Mode = Literal["strict", "full"]
AdministrativeLevel = Literal["national", "province", "prefecture", "county", "township"]
Discourse = Literal[
    "heading",
    "opening",
    "review",
    "problem",
    "rationale",
    "directive",
    "assurance",
    "exhortation",
    "target",
    "closing",
]
#: Part of a document that a segment stands in: before the first heading, in a part
#: that looks back, in a part that looks forward, after the last numbered body.
Zone = Literal["opening", "review", "plan", "closing"]
Role = Literal[
    "lead", "responsible", "cooperate", "supervise", "leader", "person", "decider", "report_to"
]
PartySource = Literal["explicit", "sentence", "item", "heading"]
DeadlineKind = Literal[
    "by",
    "within",
    "at",
    "before_event",
    "after_event",
    "recurring",
    "ongoing",
    "immediate",
    "per_plan",
    "open",
]
Comparator = Literal[">=", ">", "<=", "<", "~", "range", "=", "none"]
MetricKind = Literal[
    "target", "achieved", "estimate", "baseline", "comparison", "plan", "reference", "count"
]
Change = Literal["yoy", "ppt", "cumulative", "average", "share", "new"]
Direction = Literal["up", "down", "level"]
Hardness = Literal["hard", "soft", "neutral", "mixed"]
#: Where something stood that a reader keeps apart from the text.
AsideKind = Literal[
    "header", "footer", "footnote", "endnote", "comment", "textbox", "watermark", "stamp"
]
Modality = Literal["obliged", "committed", "encouraged", "prohibited"]
