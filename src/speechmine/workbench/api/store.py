"""The corrected texts of the store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from speechmine.model import Mode
from speechmine.store import gold_lines
from speechmine.workbench.api.models import (
    EXTRACTION,
    REFUSED,
    UNKNOWN,
    DecisionOut,
    Key,
    TextOut,
    file_answer,
)
from speechmine.workbench.bench import bench_of
from speechmine.workbench.commands import Command, carry_out
from speechmine.workbench.words import Language

if TYPE_CHECKING:
    from speechmine.workbench.bench import Bench

__all__ = ["corrected", "decide", "decisions", "gold", "router", "texts"]

router = APIRouter()


@router.get("/texts", responses=REFUSED)
async def texts(request: Request) -> list[TextOut]:
    """The texts of the store."""
    import dataclasses

    found = await run_in_threadpool(bench_of(request).store.texts)
    return [TextOut(**dataclasses.asdict(entry)) for entry in found]


@router.get(
    "/texts/{key}",
    responses={**REFUSED, **UNKNOWN, 200: EXTRACTION},
    response_class=Response,
)
async def corrected(request: Request, key: Key, mode: Mode = "strict") -> Response:
    """A text as its readers left it."""
    bench = bench_of(request)

    def look() -> bytes:
        plain = bench.store.corrected(key, mode=mode).to_dict() | {"errors": []}
        return json.dumps(plain, ensure_ascii=False).encode("utf-8", "backslashreplace")

    return Response(await run_in_threadpool(look), media_type="application/json")


@router.get(
    "/texts/{key}/gold",
    responses={**REFUSED, **UNKNOWN, 200: file_answer("application/x-ndjson")},
    response_class=Response,
)
async def gold(request: Request, key: Key) -> Response:
    """A text as its readers left it, in the form of annotated texts, one sentence a line."""
    bench = bench_of(request)

    def look() -> bytes:
        lines = gold_lines(bench.store.corrected(key))
        told = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        return told.encode("utf-8", "backslashreplace")

    return Response(await run_in_threadpool(look), media_type="application/x-ndjson")


@router.get("/texts/{key}/decisions", responses={**REFUSED, **UNKNOWN})
async def decisions(request: Request, key: Key) -> list[DecisionOut]:
    """Who decided what about a text, in its order."""
    bench = bench_of(request)

    def look() -> list[DecisionOut]:
        bench.store.entry(key)
        return [_out(decision) for decision in bench.store.decisions(key)]

    return await run_in_threadpool(look)


@router.post("/texts/{key}/decisions", responses={**REFUSED, **UNKNOWN})
async def decide(request: Request, key: Key, command: Command) -> DecisionOut:
    """Let a reader do something; the answer comes when it is kept for good."""
    return await run_in_threadpool(_decide, bench_of(request), key, command)


def _decide(bench: Bench, key: str, command: Command) -> DecisionOut:
    made = _out(carry_out(bench.store, key, command))
    if command.since is not None:
        language: Language = command.lang
        made.news = bench.desk.news(key, bench.store.state(key), language, command.since)
    return made


def _out(decision: Any) -> DecisionOut:
    named = ("seq", "reader", "at", "action", "undoes")
    return DecisionOut(**{name: getattr(decision, name) for name in named}, news=None)
