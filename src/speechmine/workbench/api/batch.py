"""Many texts in one request, line by line."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import ValidationError
from starlette.requests import ClientDisconnect

from speechmine.errors import SpeechmineError, UsageError
from speechmine.model import Mode
from speechmine.workbench import jobs
from speechmine.workbench.api.given import given_text
from speechmine.workbench.api.models import REFUSED, TextIn, file_answer
from speechmine.workbench.bench import bench_of
from speechmine.workbench.reasons import first_reason

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from speechmine.workbench.bench import Bench

__all__ = ["batch", "router"]

_LONGEST_LINE = 8 << 20
_AHEAD = 8


router = APIRouter()


@router.post(
    "/batch",
    responses={**REFUSED, 200: file_answer("application/x-ndjson")},
    response_class=Response,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
        }
    },
)
async def batch(request: Request, mode: Mode = "strict") -> StreamingResponse:
    """Many texts: one JSON object a line in (`text`, `id`, `date`), one a line out, in order.

    A line that cannot be read becomes `{"id", "detail"}`, and the rest goes on.
    """
    return _Both(_stream(request, mode), media_type="application/x-ndjson")


class _Both(StreamingResponse):
    """An answer that begins while the request still comes in.

    Starlette's own waits for the visitor to go, and takes pieces of the request for that.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Answer."""
        with contextlib.suppress(ClientDisconnect):
            await self.stream_response(send)


async def _stream(request: Request, mode: Mode) -> AsyncIterator[bytes]:
    import asyncio
    from collections import deque

    bench = bench_of(request)
    waiting: deque[asyncio.Task[bytes]] = deque()
    try:
        number = 0
        async for line in _body_lines(request):
            number += 1
            if not line.strip():
                continue
            waiting.append(asyncio.create_task(_answer_line(bench, line, number, mode)))
            if len(waiting) >= _AHEAD:
                yield await waiting.popleft()
        while waiting:
            yield await waiting.popleft()
    finally:
        for task in waiting:
            task.cancel()


async def _body_lines(request: Request) -> AsyncIterator[bytes]:
    """The lines of a body as they come; one that is too long is given as far as it is kept."""
    rest = b""
    async for chunk in request.stream():
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line
        rest = rest[: _LONGEST_LINE + 1]
    yield rest


async def _answer_line(bench: Bench, line: bytes, number: int, mode: Mode) -> bytes:
    name = f"line {number}"
    try:
        if len(line) > _LONGEST_LINE:
            raise UsageError(f"longer than {_LONGEST_LINE:,} bytes")
        given = given_text(TextIn.model_validate_json(line))
        name = given.name
        found = await bench.hands.do(
            jobs.extract_json, given, mode, bench.settings.reading, name=name
        )
    except ValidationError as error:
        return _broken(name, first_reason(error.errors(include_url=False, include_input=False)))
    except SpeechmineError as error:
        return _broken(name, " ".join(str(error).split())[:500])
    return found + b"\n"


def _broken(name: str, detail: str) -> bytes:
    told = json.dumps({"id": name, "detail": detail}, ensure_ascii=False)
    return told.encode("utf-8", "backslashreplace") + b"\n"
