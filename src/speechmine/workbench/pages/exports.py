"""Corrected ledgers as files and to trackers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from speechmine.batch.packing import pack_extraction
from speechmine.errors import UsageError
from speechmine.store import StoredText
from speechmine.workbench import jobs
from speechmine.workbench.bench import bench_of
from speechmine.workbench.pages.visit import LONGEST_NAME

if TYPE_CHECKING:
    from speechmine.workbench.bench import Bench

__all__ = ["download", "export", "export_all", "exported", "push", "router"]

router = APIRouter()


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


async def exported(bench: Bench, entries: list[StoredText], form: str) -> Response:
    """Corrected texts as a file."""
    if form not in jobs.EXPORTS:
        raise UsageError(f"{form!r:.20}: there are {', '.join(jobs.EXPORTS)}")
    if not entries:
        raise UsageError("there is no text yet (还没有文件)")

    def packed() -> list[bytes]:
        return [
            pack_extraction(bench.store.corrected(entry.key, mode="strict")) for entry in entries
        ]

    listed = await run_in_threadpool(packed)
    content = await bench.hands.do(jobs.export, listed, form, bench.settings.reading)
    name = (entries[0].title or entries[0].name) if len(entries) == 1 else "台账"
    return download(content, f"{name}.{form}", jobs.EXPORTS[form][1])


def download(content: bytes, name: str, kind: str) -> Response:
    """A file to be saved, never shown: a page in it cannot run here."""
    safe = "".join(c if c.isalnum() or c in "-_. （）" else " " for c in name)[:LONGEST_NAME]
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
    return JSONResponse(await run_in_threadpool(_push_ledger, bench, key, address, really=really))


def _push_ledger(bench: Bench, key: str, address: str, *, really: bool) -> dict[str, Any]:
    from speechmine import trackers
    from speechmine.ledger import make_ledger

    items = trackers.items_of(make_ledger([bench.store.corrected(key, mode="strict")]))
    outcomes = trackers.push(items, trackers.open_sink(address), dry_run=not really)
    rows = [{"action": o.action, "title": o.item.title, "reason": o.reason} for o in outcomes]
    return {"rows": rows, "really": really}
