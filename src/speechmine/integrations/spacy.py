"""The spaCy component ``speechmine``: tasks and metrics of a Doc, as spans and as records.

    >>> import spacy
    >>> nlp = spacy.blank("zh")
    >>> _ = nlp.add_pipe("speechmine", config={"date": "2024-03-01"})
    >>> doc = nlp("区财政局要在6月底前制定奖补方案。")
    >>> [task["object"] for task in doc._.tasks]
    ['奖补方案']

The extraction is kept as a plain dict in ``doc.user_data`` (it survives ``to_bytes``);
spans stand in ``doc.spans["speechmine"]``, labelled TASK, METRIC, PARTY or DEADLINE, with
the record's id as ``span_id``. Token borders that cut a record are widened to whole tokens.
``displacy.render(doc, style="span", options=DISPLACY_OPTIONS)`` draws them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

# spaCy loads this module by itself, through the entry point, so it is there already.
from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from speechmine.model import Mode
    from speechmine.rules.schema import RuleSet

__all__ = [
    "DISPLACY_COLORS",
    "DISPLACY_OPTIONS",
    "SPAN_GROUP",
    "SpeechmineComponent",
    "create_component",
]

#: Key of the span group and of the record in ``doc.user_data``.
SPAN_GROUP = "speechmine"
#: Colours of the labels; spaCy finds them through the ``spacy_displacy_colors`` entry point.
DISPLACY_COLORS = {
    "TASK": "#ffe08a",
    "PARTY": "#9ecbff",
    "DEADLINE": "#ffb3b3",
    "METRIC": "#a6e3b4",
}
#: Options of ``displacy.render(doc, style="span", options=...)``.
DISPLACY_OPTIONS = {"spans_key": SPAN_GROUP, "colors": DISPLACY_COLORS}


class SpeechmineComponent:
    """Doc in, the same Doc with what speechmine found in its text.

    Args:
        mode: ``strict`` or ``full``.
        date: the day the texts were given, or None.
        rules: a rule set of your own; the shipped one by default.
    """

    def __init__(self, mode: Mode, date: str | None, rules: RuleSet | None = None) -> None:
        self.mode = mode
        self.date = date
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        """Extract from ``doc.text``; tokens stay as they are."""
        from speechmine.pipeline import extract

        record = extract(doc.text, mode=self.mode, date=self.date, rules=self.rules).to_dict()
        doc.user_data[SPAN_GROUP] = record
        doc.spans[SPAN_GROUP] = list(_record_spans(doc, record))
        return doc


@Language.factory("speechmine", default_config={"mode": "strict", "date": None, "rules": None})
def create_component(
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    mode: str,
    date: str | None,
    rules: str | None = None,
) -> SpeechmineComponent:
    """The factory that spaCy finds through the ``spacy_factories`` entry point.

    Args:
        nlp: the pipeline.
        name: of the component in it.
        mode: as in :func:`speechmine.extract`.
        date: the day the texts were given.
        rules: a folder of rule files of your own; a saved pipeline keeps its name.

    Raises:
        RuleError: the folder is not there, or a file breaks the schema.
    """
    for field in ("tasks", "metrics", "notices"):
        if not Doc.has_extension(field):
            Doc.set_extension(field, getter=_getter(field))
    return SpeechmineComponent(cast("Mode", mode), date, _rules(rules))


def _rules(folder: str | None) -> RuleSet | None:
    from speechmine.rules.loader import load_rules

    return load_rules(folder) if folder else None


def _getter(name: str) -> Any:
    return lambda doc: _with_lists(doc.user_data.get(SPAN_GROUP, {}).get(name, []))


def _with_lists(value: Any) -> Any:
    """The record as it was made: a ``DocBin`` gives tuples back for lists."""
    if isinstance(value, list | tuple):
        return [_with_lists(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_lists(item) for key, item in value.items()}
    return value


def _record_spans(doc: Doc, record: dict[str, Any]) -> Iterator[Span]:
    for label, owner, piece in _pieces(record):
        if piece["start"] is not None:
            span = doc.char_span(
                piece["start"], piece["end"], label=label, span_id=owner, alignment_mode="expand"
            )
            if span is not None:
                yield span


def _pieces(record: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for task in record["tasks"]:
        yield "TASK", task["id"], task
        yield from (("PARTY", task["id"], party) for party in task["parties"])
        yield "DEADLINE", task["id"], task["deadline"]
    for metric in record["metrics"]:
        yield "METRIC", metric["id"], metric
