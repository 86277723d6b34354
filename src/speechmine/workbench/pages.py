"""What people see: the texts, a text with its ledger, its history, its readers, printing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from speechmine.batch.packing import pack, unpack
from speechmine.errors import ReadError, SpeechmineError, UsageError
from speechmine.report.rows import page_rows
from speechmine.store import Entry, State, agreement_of, differences
from speechmine.workbench import jobs
from speechmine.workbench.rendering import render
from speechmine.workbench.views import counts_of
from speechmine.workbench.words import Language, Words, words_of

if TYPE_CHECKING:
    from speechmine.workbench.bench import Bench

__all__ = ["language_of", "page", "router"]

router = APIRouter(include_in_schema=False)
_LONGEST_NAME = 120


def bench_of(request: Request) -> Bench:
    """What all requests share."""
    found: Bench = request.app.state.bench
    return found


def language_of(request: Request) -> Language:
    """The language of a visitor: asked for, or remembered; Chinese else."""
    asked = request.query_params.get("lang") or request.cookies.get("lang")
    return "en" if asked == "en" else "zh"


def reader_of(request: Request) -> str:
    """The name that a visitor gave."""
    return unquote(request.cookies.get("reader", "")).strip()


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the language of the visitor."""
    language = language_of(request)
    words = words_of(language)
    script = {**words.script, "lang": language}
    html = render(
        template,
        words,
        csrf=request.state.csrf,
        reader=reader_of(request),
        path=request.url.path,
        script_words=json.dumps(script, ensure_ascii=False),
        **values,
    )
    response = HTMLResponse(html, status)
    if request.query_params.get("lang") in ("zh", "en"):
        response.set_cookie("lang", language, samesite="strict", max_age=31_536_000)
    return response


@router.get("/")
async def home(request: Request) -> Response:
    """The texts of the store, those of the folder, and a place to drop more."""
    bench = bench_of(request)
    return page(request, "home.html", **await run_in_threadpool(_home, bench))


def _home(bench: Bench) -> dict[str, Any]:
    entries = bench.store.texts()
    states = [bench.store.state(entry.key) for entry in entries]
    rows = [
        {
            "entry": entry,
            "counts": counts_of(state),
            "finished": state.finished,
            "readers": bench.store.readers(entry.key),
        }
        for entry, state in zip(entries, states, strict=True)
    ]
    taken = {entry.name for entry in entries}
    return {
        "rows": rows,
        "files": [name for name in bench.files() if Path(name).stem not in taken],
        "folder": bench.settings.folder.name if bench.settings.folder else None,
        "forms": list(jobs.EXPORTS),
    }


@router.post("/texts")
async def drop(
    request: Request,
    file: Annotated[UploadFile, File()],
    date: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """A file that was dropped."""
    bench = bench_of(request)
    name = Path((file.filename or "").replace("\\", "/")).name[:_LONGEST_NAME] or "text"
    given = jobs.Given(
        Path(name).stem or name,
        content=await file.read(),
        suffix=Path(name).suffix,
        date=date or None,
    )
    return JSONResponse(await _taken(bench, given, name))


@router.post("/folder")
async def choose(request: Request) -> Response:
    """A file of the folder."""
    bench = bench_of(request)
    body = await request.json()
    name = body.get("name") if isinstance(body, dict) else None
    found = await run_in_threadpool(bench.files)
    if name not in found:
        raise UsageError(f"{name!r:.80}: no such text in the folder (文件夹中没有此文)")
    return JSONResponse(await _taken(bench, jobs.Given(Path(name).stem, item=found[name]), name))


async def _taken(bench: Bench, given: jobs.Given, name: str) -> dict[str, Any]:
    reading = bench.settings.reading
    packed, made_by = await bench.hands.do(jobs.extract_packed, given, "full", reading, name=name)
    entry = await run_in_threadpool(lambda: bench.store.add_text(unpack(packed), made_by=made_by))
    return {"key": entry.key, "title": entry.title or entry.name, "name": name}


@router.get("/texts/{key}")
async def text(request: Request, key: str) -> Response:
    """A text with its ledger."""
    values = await run_in_threadpool(_text, bench_of(request), key, language_of(request))
    return page(request, "text.html", **values)


def _text(bench: Bench, key: str, language: Language) -> dict[str, Any]:
    entry, state = bench.store.entry(key), bench.store.state(key)
    view = bench.desk.view(key, state, language)
    document = state.base.document
    parties: dict[str, int] = {}
    for task in state.tasks.values():
        for party in task.parties:
            parties[party.text] = parties.get(party.text, 0) + 1
    return {
        "entry": entry,
        "facts": [f for f in (document.place, document.occasion, document.speaker) if f],
        "date": document.date,
        "view": view,
        "counts": counts_of(state),
        "finished": state.finished,
        "parties": sorted(parties, key=lambda name: (-parties[name], name))[:200],
        "forms": list(jobs.EXPORTS),
        "trackers": bench.settings.trackers,
        "notices": [n for n in state.notices.values() if n.code != "doubtful_task"],
        "old": entry.made_by != bench.made_by,
    }


@router.get("/texts/{key}/form/{task}")
async def form(request: Request, key: str, task: str) -> Response:
    """The fields of a task."""
    state = await run_in_threadpool(bench_of(request).store.state, key)
    if task not in state.tasks:
        raise UsageError(f"task {task}: it is there no longer; load the page again")
    found = state.tasks[task]
    return page(
        request,
        "form.html",
        task=found,
        mark=state.marks.get(task),
        segment=state.segment_at(found.start),
        metrics=[state.metrics[m] for m in found.metrics if m in state.metrics],
    )


@router.get("/texts/{key}/news")
async def news(request: Request, key: str, since: int = -1) -> Response:
    """What other readers did since."""
    bench = bench_of(request)

    def look() -> dict[str, Any]:
        return bench.desk.news(key, bench.store.state(key), language_of(request), since)

    return JSONResponse(await run_in_threadpool(look))


@router.get("/texts/{key}/history")
async def history(request: Request, key: str) -> Response:
    """Who changed what and when."""
    bench = bench_of(request)

    def look() -> dict[str, Any]:
        decisions = bench.store.decisions(key)
        undone = {d.undoes for d in decisions if d.undoes is not None}
        words = words_of(language_of(request))
        rows = [
            {
                "decision": d,
                "undone": d.seq in undone,
                "what": [_told(change, words) for change in d.changes],
            }
            for d in reversed(decisions)
        ]
        return {"entry": bench.store.entry(key), "rows": rows}

    return page(request, "history.html", **await run_in_threadpool(look))


def _told(change: Any, words: Words) -> dict[str, Any]:
    """A change as the history tells it: what it is about, and each field before and after."""
    import dataclasses

    before, after = change.before, change.after
    known = after or before
    title = getattr(known, "title", None) or getattr(known, "text", None) or known.message
    fields: list[tuple[str, str, str]] = []
    if before is not None and after is not None:
        for spec in dataclasses.fields(after):
            old, new = getattr(before, spec.name), getattr(after, spec.name)
            if old != new:
                fields.append((spec.name, _plain(old, words), _plain(new, words)))
    return {"of": change.of, "title": title, "fields": fields}


def _plain(value: Any, words: Words) -> str:
    if isinstance(value, tuple):
        return "、".join(_plain(one, words) for one in value)
    role = getattr(value, "role", None)
    if role is not None:
        return f"{words.of('role', role)} {value.text}"
    kind = getattr(value, "kind", None)
    if kind is not None:
        parts = (words.of("deadline_kind", kind), value.text, value.edtf)
        return " ".join(filter(None, parts))
    return "—" if value is None else str(value)


@router.get("/texts/{key}/agreement")
async def agreement(request: Request, key: str, first: str = "", second: str = "") -> Response:
    """Two readers side by side."""
    bench = bench_of(request)

    def look() -> dict[str, Any]:
        readers = bench.store.readers(key)
        one = first if first in readers else (readers[0] if readers else "")
        rest = [name for name in readers if name != one]
        other = second if second in rest else (rest[0] if rest else "")
        found = None
        if other:
            found = agreement_of(
                bench.store.state(key, reader=one), bench.store.state(key, reader=other)
            )
        entry = bench.store.entry(key)
        return {"entry": entry, "readers": readers, "one": one, "other": other, "found": found}

    return page(request, "agreement.html", **await run_in_threadpool(look))


@router.get("/texts/{key}/renewal")
async def renewal(request: Request, key: str) -> Response:
    """What the present version would read otherwise, with the decisions kept."""
    bench = bench_of(request)
    entry, state = await run_in_threadpool(_entry_and_state, bench, key)
    packed, made_by = await bench.hands.do(
        jobs.read_again, await run_in_threadpool(pack, state.base), bench.settings.reading
    )

    def look() -> dict[str, Any]:
        after = bench.store.preview(key, unpack(packed))
        changes = differences(state.extraction(), after)
        return {"changes": changes, "marks": len(state.marks), "now": made_by}

    return page(request, "renewal.html", entry=entry, **await run_in_threadpool(look))


@router.post("/texts/{key}/renewal")
async def renew(request: Request, key: str) -> Response:
    """Put the present version's reading under the decisions."""
    bench = bench_of(request)
    _, state = await run_in_threadpool(_entry_and_state, bench, key)
    packed, made_by = await bench.hands.do(
        jobs.read_again, await run_in_threadpool(pack, state.base), bench.settings.reading
    )
    reader = reader_of(request)
    await run_in_threadpool(
        lambda: bench.store.renew(key, unpack(packed), made_by=made_by, reader=reader)
    )
    return JSONResponse({"done": True})


def _entry_and_state(bench: Bench, key: str) -> tuple[Entry, State]:
    return bench.store.entry(key), bench.store.state(key)


@router.get("/texts/{key}/print")
async def printing(request: Request, key: str) -> Response:
    """The ledger as a page to print."""
    entry, state = await run_in_threadpool(_entry_and_state, bench_of(request), key)
    found = await run_in_threadpool(state.extraction, "strict")
    rows = list(page_rows(found))
    return page(request, "print.html", entry=entry, document=found.document, rows=rows)


@router.get("/texts/{key}/export/{form}")
async def export(request: Request, key: str, form: str) -> Response:
    """The corrected ledger of a text as a file."""
    bench = bench_of(request)
    entry = await run_in_threadpool(bench.store.entry, key)
    return await exported(bench, [entry], form)


@router.get("/export/{form}")
async def export_all(request: Request, form: str) -> Response:
    """The corrected ledgers of all texts as one file."""
    bench = bench_of(request)
    return await exported(bench, list(await run_in_threadpool(bench.store.texts)), form)


async def exported(bench: Bench, entries: list[Entry], form: str) -> Response:
    """Corrected texts as a file."""
    if form not in jobs.EXPORTS:
        raise UsageError(f"{form!r:.20}: there are {', '.join(jobs.EXPORTS)}")
    if not entries:
        raise UsageError("there is no text yet (还没有文件)")

    def packed() -> list[bytes]:
        return [pack(bench.store.corrected(entry.key, mode="strict")) for entry in entries]

    listed = await run_in_threadpool(packed)
    content = await bench.hands.do(jobs.export, listed, form, bench.settings.reading)
    name = (entries[0].title or entries[0].name) if len(entries) == 1 else "台账"
    return download(content, f"{name}.{form}", jobs.EXPORTS[form][1])


def download(content: bytes, name: str, kind: str) -> Response:
    """A file to be saved, never shown: a page in it cannot run here."""
    safe = "".join(c if c.isalnum() or c in "-_. （）" else " " for c in name)[:_LONGEST_NAME]
    disposition = f"attachment; filename*=UTF-8''{quote(safe.strip() or 'ledger')}"
    return Response(content, media_type=kind, headers={"content-disposition": disposition})


@router.post("/texts/{key}/push")
async def push(request: Request, key: str) -> Response:
    """The corrected ledger to a tracker that was named at the start."""
    bench = bench_of(request)
    body = await request.json()
    address, really = body.get("tracker"), bool(body.get("really"))
    if address not in bench.settings.trackers:
        raise UsageError("tracker: only those named with --tracker at the start (未在启动时指定)")
    return JSONResponse(await run_in_threadpool(_push, bench, key, address, really=really))


def _push(bench: Bench, key: str, address: str, *, really: bool) -> dict[str, Any]:
    from speechmine import trackers
    from speechmine.ledger import make_ledger

    items = trackers.items_of(make_ledger([bench.store.corrected(key, mode="strict")]))
    outcomes = trackers.push(items, trackers.open_sink(address), dry_run=not really)
    rows = [{"action": o.action, "title": o.item.title, "reason": o.reason} for o in outcomes]
    return {"rows": rows, "really": really}


@router.get("/help")
async def help_page(request: Request) -> Response:
    """Keys, and what programs may ask for."""
    return page(request, "help.html")


def problem(request: Request, error: SpeechmineError, status: int) -> Response:
    """What went wrong: as a page where a page was asked for."""
    if "text/html" in request.headers.get("accept", "") and request.method == "GET":
        return page(request, "problem.html", status=status, message=str(error))
    # A program may have sent several texts, and is told which one; a reader sees it.
    program = request.url.path.startswith("/api/")
    shown = error.message if isinstance(error, ReadError) and not program else str(error)
    return JSONResponse({"detail": shown}, status)
