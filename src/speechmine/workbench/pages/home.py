"""The texts of the store, those of the folder, and a place to drop more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from speechmine.batch.packing import unpack_extraction
from speechmine.errors import UsageError
from speechmine.workbench import jobs
from speechmine.workbench.bench import bench_of
from speechmine.workbench.pages.visit import LONGEST_NAME, page
from speechmine.workbench.views import counts_of

if TYPE_CHECKING:
    from speechmine.workbench.bench import Bench

__all__ = ["choose", "drop", "home", "router"]

router = APIRouter()


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
    name = Path((file.filename or "").replace("\\", "/")).name[:LONGEST_NAME] or "text"
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
    packed, made_by = await bench.hands.do(jobs.extracted_bytes, given, "full", reading, name=name)
    entry = await run_in_threadpool(
        lambda: bench.store.add_text(unpack_extraction(packed), made_by=made_by)
    )
    return {"key": entry.key, "title": entry.title or entry.name, "name": name}
