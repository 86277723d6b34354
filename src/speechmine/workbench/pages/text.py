"""A text with its ledger: read, renewed, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from speechmine.batch.packing import pack_extraction, unpack_extraction
from speechmine.errors import UsageError
from speechmine.report.rows import page_rows
from speechmine.store import State, StoredText, differences
from speechmine.workbench import jobs
from speechmine.workbench.bench import bench_of
from speechmine.workbench.pages.visit import language_of, page, visitor_name
from speechmine.workbench.views import counts_of
from speechmine.workbench.words import Language

if TYPE_CHECKING:
    from speechmine.workbench.bench import Bench

__all__ = ["news", "printing", "renew_text", "renewal", "router", "task_form", "text"]

router = APIRouter()


@router.get("/texts/{key}")
async def text(request: Request, key: str) -> Response:
    """A text with its ledger."""
    values = await run_in_threadpool(_text_values, bench_of(request), key, language_of(request))
    return page(request, "text.html", **values)


def _text_values(bench: Bench, key: str, language: Language) -> dict[str, Any]:
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
async def task_form(request: Request, key: str, task: str) -> Response:
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


@router.get("/texts/{key}/renewal")
async def renewal(request: Request, key: str) -> Response:
    """What the present version would read otherwise, with the decisions kept."""
    bench = bench_of(request)
    entry, state = await run_in_threadpool(_entry_and_state, bench, key)
    packed, made_by = await _read_again(bench, state)

    def look() -> dict[str, Any]:
        after = bench.store.preview(key, unpack_extraction(packed))
        changes = differences(state.extraction(), after)
        return {"changes": changes, "marks": len(state.marks), "now": made_by}

    return page(request, "renewal.html", entry=entry, **await run_in_threadpool(look))


@router.post("/texts/{key}/renewal")
async def renew_text(request: Request, key: str) -> Response:
    """Put the present version's reading under the decisions."""
    bench = bench_of(request)
    _, state = await run_in_threadpool(_entry_and_state, bench, key)
    packed, made_by = await _read_again(bench, state)
    reader = visitor_name(request)
    await run_in_threadpool(
        lambda: bench.store.renew(key, unpack_extraction(packed), made_by=made_by, reader=reader)
    )
    return JSONResponse({"done": True})


async def _read_again(bench: Bench, state: State) -> tuple[bytes, str]:
    """What the present version reads, and its name."""
    packed = await run_in_threadpool(pack_extraction, state.base)
    found: tuple[bytes, str] = await bench.hands.do(jobs.read_again, packed, bench.settings.reading)
    return found


def _entry_and_state(bench: Bench, key: str) -> tuple[StoredText, State]:
    return bench.store.entry(key), bench.store.state(key)


@router.get("/texts/{key}/print")
async def printing(request: Request, key: str) -> Response:
    """The ledger as a page to print."""
    entry, state = await run_in_threadpool(_entry_and_state, bench_of(request), key)
    found = await run_in_threadpool(state.extraction, "strict")
    rows = list(page_rows(found))
    return page(request, "print.html", entry=entry, document=found.document, rows=rows)
