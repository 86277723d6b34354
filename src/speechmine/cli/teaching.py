"""The command that learns from corrected texts: learn."""

from __future__ import annotations

import contextlib
import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli.options import RULES
from speechmine.errors import SpeechmineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from speechmine.judge import Model
    from speechmine.learning import Lesson
    from speechmine.model import Document, Extraction
    from speechmine.rules.schema import RuleSet

__all__ = ["learn"]

_SQLITE = b"SQLite format 3\0"


@click.command("learn")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the model (模型) to this file, such as office.model.",
)
@click.option(
    "--base",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Begin with this model instead of the shipped one.",
)
@click.option(
    "--next",
    "ahead",
    is_flag=True,
    help="Learn nothing: list the texts of SOURCE (files, folders, or a store's unfinished ones), "
    "the most doubtful first (先改哪篇).",
)
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@RULES
def learn(
    *,
    sources: tuple[str, ...],
    out: Path | None,
    base: Path | None,
    ahead: bool,
    force: bool,
    rules: Path | None,
) -> None:
    """Learn an office's judgement from the texts that it corrected (学习).

    SOURCE is a store of the workbench (the texts that somebody finished, 读完), an address such as
    postgresql://user@host/name, or a folder of NAME.gold.jsonl with NAME.txt. Labels of sentences
    (标签) and levels of tasks (层级) are learnt, on top of the shipped model; dates, numbers and
    parties are not touched.

    Each text is left out once and read by what the others taught (留一法). Where that helps, the
    model is written, to be given as --model; where it does not, none is.

    Exit status: 0 written; 1 it does not help, nothing is written; 2 wrong usage.
    """
    try:
        if ahead:
            _list_ahead(sources, base, rules)
        else:
            sys.exit(_learn(sources, _free_output(out, force=force), base, rules))
    except SpeechmineError as error:
        from speechmine.cli.told import one_line

        raise click.UsageError(one_line(str(error))) from error


def _free_output(out: Path | None, *, force: bool) -> Path:
    if out is None:
        raise UsageError(_("-o OUT is missing: where the model goes, such as office.model"))
    if out.exists() and not force:
        message = _("{path}: the file exists; use --force to replace it")
        raise UsageError(message.format(path=out))
    if not out.parent.is_dir():
        raise UsageError(_("{path}: there is no such folder").format(path=out.parent))
    return out


def _learn(sources: tuple[str, ...], out: Path, base: Path | None, rules: Path | None) -> int:
    from speechmine.judge import open_model
    from speechmine.learning import learn as learnt_from
    from speechmine.learning import read_golds
    from speechmine.writers import open_output

    if base is not None:
        open_model(base)  # says what is wrong with it
    lesson = learnt_from(
        read_golds(sources),
        base=base.read_bytes() if base else None,
        rules=_rules(rules),
        watch=_bar_over,
    )
    click.echo(_lesson_told(lesson))
    if lesson.model is None:
        click.echo(_refuse_sources(), err=True)
        return 1
    with open_output(str(out), overwrite=True) as stream:
        stream.write(lesson.model)
    click.echo(f"{out}")
    return 0


def _rules(folder: Path | None) -> RuleSet | None:
    from speechmine.rules.loader import load_rules

    return load_rules(folder) if folder else None


def _bar_over(fits: Iterable[int]) -> Iterable[int]:
    from tqdm import tqdm

    bar: Iterable[int] = tqdm(fits, desc="speechmine", unit="fit", disable=not sys.stderr.isatty())
    return bar


def _lesson_told(lesson: Lesson) -> str:
    """The figures of texts left out, before and after."""
    gain = lesson.gain
    before, after = gain.before, gain.after
    head = _("{texts} texts, each read by what the others taught (留一法):").format(
        texts=lesson.texts
    )
    rows = (
        (_("tasks, strict F1 (任务)"), before.f1, after.f1, gain.sure_f1),
        (_("right labels (标签)"), before.labels, after.labels, gain.sure_labels),
    )
    line = _("  {name}: {before:.1%} before, {after:.1%} after ({gain:+.1%}; sure to {sure:.0%})")
    told = (
        line.format(name=name, before=one, after=other, gain=other - one, sure=sure)
        for name, one, other, sure in rows
    )
    return "\n".join((head, *told))


def _refuse_sources() -> str:
    return "speechmine: " + _(
        "this does not help: nothing is written; correct more texts (speechmine learn --next says "
        "which), or see whether readers judge alike"
    )


def _list_ahead(sources: tuple[str, ...], base: Path | None, rules: Path | None) -> None:
    from speechmine.judge import open_model
    from speechmine.learning import by_doubt, doubt_of

    model, ruled = (open_model(base) if base else None), _rules(rules)
    found = [one for source in sources for one in _unread_sources(source, model, ruled)]
    for extraction in by_doubt(found):
        doubtful = sum(notice.code == "doubtful_task" for notice in extraction.notices)
        click.echo(f"{doubt_of(extraction):.3f}\t{doubtful}\t{extraction.document.id}")


def _unread_sources(
    source: str, model: Model | None, rules: RuleSet | None
) -> Iterator[Extraction]:
    """Texts that wait for correction, as the model reads them."""
    from speechmine.cli.told import one_line
    from speechmine.errors import ReadError
    from speechmine.pipeline import extract
    from speechmine.readers import find_inputs, read_input

    if _is_store(source):
        documents = _unfinished(source)
        yield from (
            extract(document, mode="full", model=model, rules=rules) for document in documents
        )
        return
    for item in find_inputs([source]):
        try:
            yield extract(read_input(item, rules), mode="full", model=model, rules=rules)
        except ReadError as error:
            click.echo(one_line(f"speechmine: {error}"), err=True)


def _is_store(source: str) -> bool:
    if "://" in source:
        return True
    with contextlib.suppress(OSError), Path(source).open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE
    return False


def _unfinished(source: str) -> Iterator[Document]:
    from speechmine.store import open_store

    with open_store(source) as store:
        for entry in store.texts():
            if store.state(entry.key).finished is None:
                yield store.document(entry.key)
