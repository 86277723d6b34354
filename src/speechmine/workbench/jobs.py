"""What is done in a process of its own: reading, extracting, writing files, comparing."""

from __future__ import annotations

import dataclasses
import functools
import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechmine.batch.packing import pack_extraction, unpack_extraction
from speechmine.errors import ReadError, SpeechmineError, UsageError
from speechmine.find import parse_date
from speechmine.model import Document, Extraction, Mode
from speechmine.workbench.settings import ReadBy

if TYPE_CHECKING:
    from speechmine.assemble.profile import Profile
    from speechmine.judge import Model
    from speechmine.readers import Input
    from speechmine.rules.schema import RuleSet

__all__ = [
    "EXPORTS",
    "Given",
    "compare",
    "dated",
    "export",
    "extract_json",
    "extracted",
    "extracted_bytes",
    "folder_files",
    "made_by",
    "telling",
]


@dataclass(frozen=True, slots=True)
class Given:
    """A text as it comes in: typed, dropped, or a file of the folder.

    Attributes:
        name: what its document is called. text: the text, or
        content: the bytes of a file with its ``suffix``, or
        item: a file of the folder. date: the day of the speech. place: where it is of.
    """

    name: str
    text: str | None = None
    content: bytes = b""
    suffix: str = ""
    item: Input | None = None
    date: str | None = None
    place: str | None = None


@functools.cache
def loaded_reading(reading: ReadBy) -> tuple[RuleSet | None, Profile | None, Model | None]:
    from speechmine.assemble.profile import load_profile
    from speechmine.judge import open_model
    from speechmine.rules.loader import load_rules

    rules = load_rules(reading.rules) if reading.rules else None
    profile = load_profile(reading.profile, rules=rules) if reading.profile else None
    model = open_model(reading.model) if reading.model else None
    return rules, profile, model


def made_by(reading: ReadBy) -> str:
    """Version of all that an extraction depends on beside its text."""
    from importlib.metadata import version

    from speechmine.judge import shipped_model
    from speechmine.rules.loader import chosen_rules

    rules, _, model = loaded_reading(reading)
    judge = (model or shipped_model()).version
    parts = (version("speechmine"), chosen_rules(rules).version, judge)
    return "speechmine {}; rules {}; model {}".format(*parts)


@contextmanager
def telling(name: str) -> Iterator[None]:
    """What goes wrong with a text becomes an error that names it; the process lives on."""
    try:
        yield
    except SpeechmineError:
        raise
    except MemoryError as error:
        raise ReadError(name, "too large for this machine's memory", "split it") from error
    except Exception as error:
        reason = f"internal error ({type(error).__name__}: {error})"
        raise ReadError(name, reason, "please report it together with the text") from error


def extracted(given: Given, mode: Mode, reading: ReadBy) -> Extraction:
    """What a text gives.

    Raises:
        ReadError: the text cannot be read.
        UsageError: its date is none.
    """
    from speechmine.pipeline import extract

    rules, profile, model = loaded_reading(reading)
    with telling(given.name):
        document = _given_document(given, rules)
        return extract(
            document, date=given.date, mode=mode, rules=rules, profile=profile, model=model
        )


def _given_document(given: Given, rules: RuleSet | None) -> Document:
    document = _as_read(given, rules)
    return dataclasses.replace(document, place=given.place) if given.place else document


def _as_read(given: Given, rules: RuleSet | None) -> Document:
    from speechmine.readers import read_bytes, read_input, read_text

    if given.item is not None:
        return read_input(given.item, rules)
    if given.text is not None:
        return read_text(given.text, id=given.name)
    name = given.name
    return read_bytes(given.content, id=name, source=name, suffix=given.suffix, rules=rules)


def extracted_bytes(given: Given, mode: Mode, reading: ReadBy) -> tuple[bytes, str]:
    """An extraction, packed, and what made it.

    Raises:
        ReadError: the text cannot be read.
        UsageError: its date is none.
    """
    return pack_extraction(extracted(given, mode, reading)), made_by(reading)


def read_again(packed: bytes, reading: ReadBy) -> tuple[bytes, str]:
    """The text of an extraction extracted anew."""
    from speechmine.pipeline import extract

    rules, profile, model = loaded_reading(reading)
    document = unpack_extraction(packed).document
    with telling(document.id):
        found = extract(document, mode="full", rules=rules, profile=profile, model=model)
    return pack_extraction(found), made_by(reading)


def extract_json(given: Given, mode: Mode, reading: ReadBy) -> bytes:
    """An extraction as the contract's JSON object, on one line.

    Raises:
        ReadError: the text cannot be read.
        UsageError: its date is none.
    """
    plain = extracted(given, mode, reading).to_dict() | {"errors": []}
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _ledger(extractions: Sequence[Extraction], reading: ReadBy) -> bytes:
    from speechmine.ledger import default_layout, load_layout, make_ledger, write_ledger

    layout = load_layout(reading.profile) if reading.profile else default_layout()
    out = io.BytesIO()
    write_ledger(make_ledger(extractions, layout=layout), out, layout=layout)
    return out.getvalue()


def _division(extractions: Sequence[Extraction], reading: ReadBy) -> bytes:
    from speechmine.ledger import default_layout, load_layout, make_ledger, write_division_table

    layout = load_layout(reading.profile) if reading.profile else default_layout()
    out = io.BytesIO()
    write_division_table(make_ledger(extractions, layout=layout), out, layout=layout)
    return out.getvalue()


def _ledger_page(extractions: Sequence[Extraction], _reading: ReadBy) -> bytes:
    if len(extractions) != 1:
        raise UsageError("html: a page is of one text")
    return extractions[0].to_html().encode("utf-8", "backslashreplace")


def _written_ledger(name: str, extractions: Sequence[Extraction], _reading: ReadBy) -> bytes:
    from speechmine.writers import writer_of

    out = io.BytesIO()
    writer_of(name, several=len(extractions) != 1)(extractions, out, failures=())
    return out.getvalue()


#: Form of a file by its suffix in addresses: what makes it, its media type.
EXPORTS: dict[str, tuple[Callable[[Sequence[Extraction], ReadBy], bytes], str]] = {
    "xlsx": (_ledger, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": (
        _division,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "csv": (functools.partial(_written_ledger, "csv"), "text/csv; charset=utf-8"),
    "json": (functools.partial(_written_ledger, "json"), "application/json"),
    "jsonl": (functools.partial(_written_ledger, "jsonl"), "application/x-ndjson"),
    "ics": (functools.partial(_written_ledger, "ics"), "text/calendar; charset=utf-8"),
    "md": (functools.partial(_written_ledger, "markdown"), "text/markdown; charset=utf-8"),
    "html": (_ledger_page, "text/html; charset=utf-8"),
}


def export(packed: Sequence[bytes], form: str, reading: ReadBy) -> bytes:
    """Extractions as a file.

    Args:
        packed: what is written, in its order.
        form: one of :data:`EXPORTS`.
        reading: with the profile, whose layout the ledger has.
    """
    with telling(form):
        return EXPORTS[form][0]([unpack_extraction(one) for one in packed], reading)


def ledger_of(given: Sequence[Given], form: str, mode: Mode, reading: ReadBy) -> bytes:
    """The ledger of some texts as a file."""
    extractions = [extracted(one, mode, reading) for one in given]
    with telling(given[0].name):
        return EXPORTS[form][0](extractions, reading)


def compare(
    given: Sequence[Given], table: str, reading: ReadBy, dictionary: str = ""
) -> dict[str, Any]:
    """A table over some texts, with how it was made.

    Args:
        given: the texts.
        table: ``targets``, or ``themes`` (attention to the topics of a dictionary by year).
        reading: whose rules count.
        dictionary: name of a shipped one.
    """
    rules = loaded_reading(reading)[0]
    documents = [dated(one, rules) for one in given]
    with telling(given[0].name):
        return _compared_frame(documents, table, dictionary, rules)


def _compared_frame(
    documents: Sequence[Document], table: str, dictionary: str, rules: RuleSet | None
) -> dict[str, Any]:
    if table == "targets":
        from speechmine.pledges import targets

        frame = targets(documents, rules=rules)
    else:
        from speechmine.themes import attention, load_corpus

        frame = attention(load_corpus(documents, rules=rules), dictionary)
    rows = json.loads(frame.to_json(orient="records", force_ascii=False, date_format="iso"))
    return {"rows": rows, "method": str(frame.attrs.get("method", ""))}


def dated(given: Given, rules: RuleSet | None) -> Document:
    """The document of a text, with the day that it came with.

    Args:
        given: the text.
        rules: by which it is read.

    Raises:
        ReadError: the text cannot be read.
        UsageError: its date is none.
    """
    with telling(given.name):
        document = _given_document(given, rules)
    if given.date is None:
        return document
    return dataclasses.replace(document, date=parse_date(given.date).isoformat())


def folder_files(folder: Path) -> dict[str, Input]:
    """The texts of a folder by their path in it; nothing outside of it is ever one."""
    from speechmine.readers import find_inputs

    return {
        item.source[len(str(folder)) :].lstrip("/\\"): item
        for item in find_inputs([folder])
        if item.problem is None
    }
