"""Pages to files: one for a speech, a folder for several."""

from __future__ import annotations

import re
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli.request import Request
from speechmine.cli.run import check_target, run_print
from speechmine.errors import UsageError

if TYPE_CHECKING:
    from speechmine.model import Document, Extraction
    from speechmine.report.overview import OverviewEntry

__all__ = ["run_report"]

_INDEX = "index.html"
# What a file name may not hold on one system or another.
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\s]+')
_LONGEST_NAME = 60
_LEAST_YEARS = 2


def run_report(request: Request, *, out: str, force: bool) -> int:
    """Write the page or the pages.

    Returns:
        The exit status: 0 all read, 1 some inputs failed.

    Raises:
        click.UsageError: options that do not fit together.
    """
    try:
        check_target(request, "html", out)
        if _is_one_text(request):
            return _report_file(request, out, force=force)
        return _report_folder(request, Path(out), force=force)
    except UsageError as error:
        raise click.UsageError(str(error)) from error


def _is_one_text(request: Request) -> bool:
    return len(request.paths) == 1 and not Path(request.paths[0]).is_dir()


def _report_file(request: Request, out: str, *, force: bool) -> int:
    if Path(out).suffix.lower() not in (".html", ".htm"):
        raise UsageError(
            _("{out}: the page of one input is a file; name it {out}.html").format(out=out)
        )

    def write(extraction: Extraction) -> None:
        from speechmine.readers.page_images import page_pictures
        from speechmine.report import report_page

        page = report_page(extraction, pictures=page_pictures(extraction.document))
        _save(out, page, force=force)

    return run_print(request, write)


def _report_folder(request: Request, out: Path, *, force: bool) -> int:
    from speechmine.readers.page_images import page_pictures
    from speechmine.report import overview_page, report_page
    from speechmine.report.overview import overview_entry

    if out.suffix.lower() in (".html", ".htm"):
        raise UsageError(
            _("{out}: the pages of several inputs need a folder, such as {stem}").format(
                out=out, stem=out.stem
            )
        )
    if out.exists() and not out.is_dir():
        raise UsageError(_("{out}: this is a file; name a folder").format(out=out))
    if (out / _INDEX).exists() and not force:
        raise UsageError(
            _("{path} exists already; replace it with --force").format(path=out / _INDEX)
        )
    entries: list[OverviewEntry] = []
    documents: list[Document] = []
    taken = {_INDEX}

    def write(extraction: Extraction) -> None:
        out.mkdir(parents=True, exist_ok=True)
        name = _free_file_name(extraction.document.id, taken)
        pictures = page_pictures(extraction.document)
        page = report_page(extraction, home=_INDEX, pictures=pictures)
        _save(str(out / name), page, force=force)
        entries.append(overview_entry(extraction, name))
        documents.append(extraction.document)

    status = run_print(request, write)
    if entries:
        failures = [str(failure) for failure in request.failures]
        page = overview_page(
            entries, figures=_overview_charts(documents, request.rules), failures=failures
        )
        _save(str(out / _INDEX), page, force=force)
    return status


def _free_file_name(document: str, taken: set[str]) -> str:
    """A file name of a document id's letters, unlike those taken, and taken from now on."""
    stem = _UNFIT.sub("-", document).strip("-.")[:_LONGEST_NAME] or "document"
    number, name = 1, f"{stem}.html"
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}.html"
    taken.add(name.lower())
    return name


def _save(path: str, page: str, *, force: bool) -> None:
    from speechmine.writers import open_output

    with open_output(path, overwrite=force) as stream:
        # A lone surrogate of the text has no form in UTF-8.
        stream.write(page.encode("utf-8", "replace"))


def _overview_charts(documents: list[Document], rules: Path | None) -> dict[str, str]:
    """Charts over the years, where there are years and matplotlib is installed."""
    from speechmine.themes import load_corpus

    corpus = load_corpus(documents, rules=rules)
    if len(corpus.years) < _LEAST_YEARS:
        return {}
    try:
        from speechmine.cli.compare_figures import drawing_module, svg_uri
        from speechmine.themes import attention, compare_tasks, tone

        plots = drawing_module()
        shares = attention(corpus, "livelihood")
        return {
            "任务密度": svg_uri(plots.lines(compare_tasks(corpus), value="rate")),
            "注意力分配": svg_uri(plots.area(shares, value="share_of_hits")),
            "语气": svg_uri(plots.lines(tone(corpus))),
        }
    except UsageError as error:
        told = _("no charts in the overview: {error}").format(error=error)
        click.echo(f"speechmine: {told}", err=True)
        return {}
