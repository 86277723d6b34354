"""Reports as the comparison sees them: an extraction, its year, and where its sentences stand."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pandas as pd

from speechmine.errors import ReadError, UsageError
from speechmine.model import Document, Extraction
from speechmine.pipeline import extract
from speechmine.pledges.report import Report
from speechmine.readers import Input, find_inputs, read, read_input
from speechmine.rules.loader import RulesLike, chosen_rules
from speechmine.rules.schema import RuleSet
from speechmine.segment.head import time_frame
from speechmine.steps import stepping
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.loading import as_corpus, load_corpus, with_record
from speechmine.themes.corpus.manifest import ManifestRecord, read_manifest
from speechmine.themes.corpus.sources import fingerprint_of, source_of
from speechmine.themes.corpus.texts import ComparedSource

__all__ = [
    "Manifests",
    "ReportLike",
    "Reports",
    "ReportsLike",
    "one_report",
    "report_of_file",
    "reports_of",
]

_LONGEST_PATH = 1000


@dataclass(frozen=True, eq=False)
class Reports:
    """Reports in one order, whatever the order they came in; what could not be read."""

    reports: tuple[Report, ...]
    rules: RuleSet
    errors: tuple[tuple[str, str], ...] = ()

    def __iter__(self) -> Iterator[Report]:
        return iter(self.reports)

    @property
    def fingerprint(self) -> str:
        """A hash of all texts and their names, as a corpus has it."""
        return fingerprint_of(report.document for report in self.reports)


#: One report: read, found in a file, or its text by its year.
ReportLike = Document | Extraction | Report | str | os.PathLike[str] | Mapping[int, str]


#: Manifests by the folder that they are found from.
Manifests = dict[Path, Mapping[str, ManifestRecord]]


#: One or many: a folder, a frame with a column ``text``, texts by year, a corpus, documents.
ReportsLike = ReportLike | Corpus | pd.DataFrame | Iterable[ReportLike]


def reports_of(given: ReportsLike, rules: RulesLike | None = None) -> Reports:
    """Reports of whatever names them.

    Args:
        given: documents, extractions or paths, one or many, mixed as you like; a folder, a
            frame, a mapping from year to text, a corpus. What a manifest beside or above a
            file says of it counts before the file's own head.
        rules: by which they are read; a corpus has its own, else the shipped ones are used.

    Raises:
        UsageError: two documents have one id, the frame has no texts, a folder has no text in
            it, or something is given that is no report.
        ReadError: a single file that cannot be read; of many such a file is noted and left out.
    """
    chosen = _rules_for(given, rules)
    corpus = _as_corpus(given, chosen)
    if corpus is not None:
        found = (_report(text.source, None) for text in stepping("extracting", corpus.texts))
        return Reports(_reports_in_order(found), chosen, corpus.errors)
    if _is_one(given):
        return Reports((one_report(cast("ReportLike", given), chosen),), chosen)
    if not isinstance(given, Iterable):
        raise UsageError(_no_report(given))
    return _of_many(list(given), chosen)


def _rules_for(given: object, rules: RulesLike | None) -> RuleSet:
    if rules is None and isinstance(given, Corpus) and given.texts:
        return given.texts[0].source.rules
    return chosen_rules(rules)


def one_report(given: ReportLike, rules: RuleSet) -> Report:
    """A single report.

    Args:
        given: a document, an extraction, a path, or a mapping from its year to its text.
        rules: by which it is read.

    Raises:
        ReadError: the file cannot be read.
        UsageError: the mapping has not exactly one text, or it is no report.
    """
    if isinstance(given, Report):
        return given
    if isinstance(given, Mapping):
        only = reports_of(given, rules).reports
        if len(only) != 1:
            raise UsageError(f"one report is expected, not {len(only)}: {{2024: text}}")
        return only[0]
    if isinstance(given, Extraction):
        return _report(source_of(given.document, rules), given)
    if isinstance(given, Document):
        return _report(source_of(given, rules), None)
    if isinstance(given, str | os.PathLike):
        return report_of_file(_path_of(given), rules)
    raise UsageError(_no_report(given))


def report_of_file(
    path: str,
    rules: RuleSet,
    *,
    date: str | None = None,
    name: str | None = None,
    manifests: Manifests | None = None,
) -> Report:
    """The report in a file, with what a manifest beside or above it says.

    Args:
        path: of the file.
        rules: by which it is read.
        date: the day it was given; takes the place of what is stated.
        name: of the document; by default the file's stem.
        manifests: those read already, by folder; new ones are added.

    Raises:
        ReadError: the file, or the manifest, cannot be read, or the manifest says of it what
            cannot be.
    """
    document = read(path, rules=rules)
    document = document if name is None else dataclasses.replace(document, id=name)
    file = Path(path)
    known = _manifest(file.resolve().parent, {} if manifests is None else manifests)
    try:
        source = with_record(document, known.get(file.name) or known.get(file.stem), rules)
    except UsageError as error:
        raise ReadError(path, f"what the manifest says of it: {error}", "mend it") from error
    if date is None:
        return _report(source, None)
    return _report(source_of(dataclasses.replace(source.document, date=date), rules), None)


def _manifest(folder: Path, manifests: Manifests) -> Mapping[str, ManifestRecord]:
    if folder not in manifests:
        manifests[folder] = read_manifest(folder, None)
    return manifests[folder]


def _of_many(given: Sequence[object], rules: RuleSet) -> Reports:
    """The reports of a list; of its paths one that cannot be read does not stop the rest."""
    paths = [_path_of(item) for item in given if isinstance(item, str | os.PathLike)]
    rest = [item for item in given if not isinstance(item, str | os.PathLike)]
    found = [one_report(cast("ReportLike", item), rules) for item in rest]
    errors: list[tuple[str, str]] = []
    manifests: Manifests = {}
    for item in stepping("extracting", list(find_inputs(paths))):
        try:
            if item.problem is not None:
                raise item.problem
            found.append(_of_input(item, rules, manifests))
        except ReadError as error:
            errors.append((error.source, error.message))
    return Reports(_reports_in_order(found), rules, tuple(errors))


def _of_input(item: Input, rules: RuleSet, manifests: Manifests) -> Report:
    if item.archive is not None:
        return _report(source_of(read_input(item, rules), rules), None)
    return report_of_file(item.source, rules, name=item.id, manifests=manifests)


def _is_one(given: object) -> bool:
    return isinstance(given, Document | Extraction | Report | str | os.PathLike)


def _path_of(given: str | os.PathLike[str]) -> str:
    """The path that is given; a text in its place says so.

    Raises:
        UsageError: it is a text.
    """
    path = os.fspath(given)
    if isinstance(given, str) and ("\n" in path or "。" in path or len(path) > _LONGEST_PATH):
        raise UsageError(
            f"{path[:30]!r}...: a path is expected here; for a text give its year with it, "
            "{2024: text}, or Document(text, date='2024-01-20', place='...')"
        )
    return path


def _no_report(given: object) -> str:
    return (
        f"{given!r:.60}: a report is expected (a Document, an Extraction, a path, or a text by "
        f"its year: {{2024: text}}), not {type(given).__name__}"
    )


def _as_corpus(given: object, rules: RuleSet) -> Corpus | None:
    """A corpus of what holds many texts; None of single documents and lists of them."""
    if isinstance(given, pd.DataFrame):
        return as_corpus(_with_ids(given), rules)
    if isinstance(given, Corpus | Mapping):
        return as_corpus(given, rules)
    if not isinstance(given, str | os.PathLike) or not Path(_path_of(given)).is_dir():
        return None
    corpus = load_corpus(given, rules=rules)
    if corpus.texts:
        return corpus
    reason = f"; {': '.join(corpus.errors[0])}" if corpus.errors else ""
    raise UsageError(f"{os.fspath(given)}: no report could be read from this folder{reason}")


def _with_ids(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame without names gets its row numbers as such."""
    if "text" not in frame.columns:
        there = ", ".join(map(str, frame.columns)) or "none"
        raise UsageError(f"the frame has no column 'text'; there are: {there}; rename yours")
    if "doc_id" in frame.columns:
        return frame
    return frame.assign(doc_id=[f"row-{number}" for number in range(len(frame))])


def _report(source: ComparedSource, extraction: Extraction | None) -> Report:
    if extraction is not None:
        return Report(extraction, source.year, source.rules)
    document = source.document
    if source.year is not None and time_frame(document, source.rules).year is None:
        # Known by the file's name only; the day does not matter to any figure.
        found = extract(
            dataclasses.replace(document, date=f"{source.year}-01-01"), rules=source.rules
        )
        return Report(dataclasses.replace(found, document=document), source.year, source.rules)
    return Report(extract(document, rules=source.rules), source.year, source.rules)


def _reports_in_order(reports: Iterable[Report]) -> tuple[Report, ...]:
    found = sorted(reports, key=_report_order)
    ids = [report.document.id for report in found]
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise UsageError(f"two documents have the id {twice!r}")
    return tuple(found)


def _report_order(report: Report) -> tuple[str, int, str, str]:
    document = report.document
    return report.place.name or "", report.year or 0, document.date or "", document.id
