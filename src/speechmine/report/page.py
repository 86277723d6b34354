"""One document as a page: its text with the marks, its ledger beside it."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from speechmine.model import Extraction
from speechmine.report.marking import lines_of
from speechmine.report.rows import PageRow, page_rows
from speechmine.report.sheets import sheets_of
from speechmine.report.timeline import bars_of
from speechmine.tables import columns_of, rows_of, value_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from speechmine.readers.page_images import PagePicture

__all__ = ["render_page", "report_page"]

# Columns of the table that is copied and downloaded.
_COLUMNS = (
    *("no", "title", "text", "lead", "responsible", "cooperate", "deadline_text", "latest"),
    *("metrics", "section", "level", "start", "end", "id"),
)


def report_page(
    extraction: Extraction, *, home: str | None = None, pictures: Iterable[PagePicture] = ()
) -> str:
    """A page that needs no network: text and ledger, linked both ways, with filters.

    Everything from the text is escaped, and only the page's own script may run.

    Args:
        extraction: of one document.
        home: address of the overview that the page belongs to.
        pictures: of the pages that the text was recognised from, shown beside it.

    Returns:
        The whole page as HTML.

    Example:
        >>> import speechmine
        >>> result = speechmine.extract("请区财政局<b>拨付</b>资金。")
        >>> page = report_page(result)
        >>> "<b>" in page, "&lt;b&gt;" in page
        (False, True)
    """
    rows = tuple(page_rows(extraction))
    document = extraction.document
    facts = (document.place, document.occasion, document.speaker, document.date)
    return render_page(
        "page.html",
        title=document.title or document.id,
        facts=[fact for fact in facts if fact],
        source=document.source,
        home=home,
        sheets=list(sheets_of(document, list(lines_of(extraction)), pictures)),
        recognised=document.recognised,
        rows=rows,
        filters=_filters(rows),
        counts=_counts(extraction, rows),
        bars=bars_of(row.latest for row in rows),
        undated=sum(not row.latest for row in rows),
        notices=extraction.notices,
        mode=value_label("mode", extraction.mode),
        data=_data(extraction),
    )


def _counts(extraction: Extraction, rows: Iterable[PageRow]) -> list[tuple[str, int]]:
    listed = tuple(rows)
    return [
        ("任务", len(listed)),
        ("写明责任单位", sum(bool(row.parties) for row in listed)),
        ("有日期", sum(bool(row.latest) for row in listed)),
        ("量化", sum(bool(row.metrics) for row in listed)),
        ("指标", len(extraction.metrics)),
        ("提示", len(extraction.notices)),
    ]


def _filters(rows: Iterable[PageRow]) -> list[tuple[str, str, list[str]]]:
    """Name, label and options of each filter, the most frequent options first."""
    listed = tuple(rows)
    return [
        ("party", "责任单位", _frequent(name for row in listed for name in row.party_names)),
        ("level", "级别", sorted({f"{row.level} {row.level_name}" for row in listed})),
        ("kind", "时限", _frequent(row.kind for row in listed)),
        ("top", "部分", list(dict.fromkeys(row.top for row in listed if row.top))),
        ("discourse", "句子性质", _frequent(row.discourse for row in listed)),
    ]


def _frequent(values: Iterable[str]) -> list[str]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return sorted(counts, key=lambda value: (-counts[value], value))


def _data(extraction: Extraction) -> dict[str, Any]:
    """What is copied and downloaded: the ledger's columns under their customary names."""
    labels = {column.name: column.label for column in columns_of("tasks")}
    columns = [name for name in _COLUMNS if name in labels]
    rows = [[row[name] for name in columns] for row in rows_of(extraction, "tasks")]
    name = extraction.document.title or extraction.document.id
    return {"name": name, "columns": [labels[name] for name in columns], "rows": rows}


def render_page(template: str, **values: Any) -> str:
    """A template of this package with its style and script inside and nothing else allowed."""
    style, script = _asset("style.css"), _asset("page.js")
    policy = (
        "default-src 'none'; img-src data:; "
        f"style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'"
    )
    return (
        _environment()
        .get_template(template)
        .render(style=style, script=script, policy=policy, version=version("speechmine"), **values)
    )


def _digest(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode("ascii")


@functools.cache
def _asset(name: str) -> str:
    return (files("speechmine.report") / "assets" / name).read_text(encoding="utf-8")


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_asset),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["json_inside"] = _json_inside
    return environment


def _json_inside(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    from markupsafe import Markup

    content = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        content = content.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(content)  # noqa: S704  # nothing in it is read as markup any more
