"""What programs ask for: the library over HTTP, and the corrected texts of the store."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Path, Query, Request, UploadFile
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from speechmine.errors import SpeechmineError, UsageError
from speechmine.model import Mode
from speechmine.store import gold_lines
from speechmine.workbench import jobs
from speechmine.workbench.commands import Command, carry_out
from speechmine.workbench.reasons import one_line
from speechmine.workbench.words import Language

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from speechmine.workbench.bench import Bench

__all__ = ["ABOUT", "router"]

ABOUT = (
    "Chinese government speeches as tasks, parties, deadlines and metrics with offsets (Unicode "
    "code points) into the text. A refused request says why in `detail`."
)
_LONGEST_LINE = 8 << 20
_AHEAD = 8
router = APIRouter(prefix="/api")


class Problem(BaseModel):
    """Why a request was refused."""

    detail: str


class TextIn(BaseModel):
    """One text."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, description="The speech or report.")
    id: str | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="What it is called; by default text, of several text1, text2 ...",
    )
    date: str | None = Field(
        None, max_length=10, description="Day it was given, ISO 8601 (讲话日期)."
    )
    place: str | None = Field(
        None, max_length=100, description="Place it is of (地区), if the text does not say."
    )


class ExtractIn(TextIn):
    """A text to extract from."""

    mode: Mode = Field("strict", description="strict: levels 2 and 3; full: requirements too.")


class TextsIn(BaseModel):
    """Several texts."""

    model_config = ConfigDict(extra="forbid")

    texts: list[TextIn] = Field(min_length=1, max_length=500)
    mode: Mode = "strict"


class TableOut(BaseModel):
    """A table."""

    rows: list[dict[str, Any]] = Field(description="One object a row, by column.")
    method: str = Field(description="How it was made.")


class TextOut(BaseModel):
    """A text of the store."""

    key: str
    name: str
    title: str | None
    date: str | None
    sha256: str
    added: str
    extraction: int
    made_by: str
    decisions: int


class DecisionOut(BaseModel):
    """A decision as it is kept."""

    seq: int
    reader: str
    at: str
    action: str
    undoes: int | None = None
    news: dict[str, Any] | None = Field(None, description="What is new since the number given.")


_EXTRACTION: dict[str, Any] = {
    "description": "The extraction.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Extraction"}}},
}
_REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "Something makes no sense, or is not there."},
    401: {"model": Problem, "description": "The token is missing."},
    403: {"model": Problem, "description": "Another site asked."},
    413: {"model": Problem, "description": "Too large."},
    422: {"model": Problem, "description": "The request or the text cannot be read."},
    503: {"model": Problem, "description": "Too many requests at once; try again."},
}
_UNKNOWN: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such text."}
}
Form_ = Literal["xlsx", "docx", "csv", "json", "jsonl", "ics", "md"]
Key = Annotated[str, Path(max_length=40, description="Key of a text.")]


def _bench(request: Request) -> Bench:
    found: Bench = request.app.state.bench
    return found


def _given(text: TextIn, name: str = "text") -> jobs.Given:
    return jobs.Given(text.id or name, text=text.text, date=text.date, place=text.place)


def _all_given(texts: list[TextIn]) -> list[jobs.Given]:
    """Several texts, each with a name of its own.

    Raises:
        UsageError: two have one id: their records could not be told apart.
    """
    found = [_given(text, f"text{number}") for number, text in enumerate(texts, start=1)]
    names = Counter(one.name for one in found)
    twice = next((name for name, count in names.items() if count > 1), None)
    if twice is not None:
        raise UsageError(f"two texts have the id {twice!r:.80}; give each its own")
    return found


def _binary(*kinds: str) -> dict[str, Any]:
    """A file of one of several kinds; only JSON is more than bytes to a reader."""
    file: dict[str, Any] = {"type": "string", "format": "binary"}
    plain: dict[str, Any] = {}
    content = {k: {"schema": plain if k == "application/json" else file} for k in kinds}
    return {"description": "The file.", "content": content}


@router.post("/extract", responses={**_REFUSED, 200: _EXTRACTION}, response_class=Response)
async def extract(request: Request, body: ExtractIn) -> Response:
    """Extract tasks, parties, deadlines and metrics from a text."""
    bench, given = _bench(request), _given(body)
    found = await bench.hands.do(
        jobs.extract_json, given, body.mode, bench.settings.reading, name=given.name
    )
    return Response(found, media_type="application/json")


@router.post("/extract-file", responses={**_REFUSED, 200: _EXTRACTION}, response_class=Response)
async def extract_file(
    request: Request,
    file: Annotated[UploadFile, File(description="Word, PDF, OFD, HTML, text, table …")],
    date: Annotated[str, Form(max_length=10)] = "",
    mode: Annotated[Mode, Form()] = "strict",
) -> Response:
    """Extract from a file."""
    bench = _bench(request)
    given = await _file(file, date)
    found = await bench.hands.do(
        jobs.extract_json, given, mode, bench.settings.reading, name=given.name
    )
    return Response(found, media_type="application/json")


async def _file(file: UploadFile, date: str) -> jobs.Given:
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2][:120] or "text"
    stem, dot, suffix = name.rpartition(".")
    return jobs.Given(
        stem or name,
        content=await file.read(),
        suffix=dot + suffix if stem else "",
        date=date or None,
    )


@router.post(
    "/ledger",
    responses={**_REFUSED, 200: _binary(*(kind for _, kind in jobs.EXPORTS.values()))},
    response_class=Response,
)
async def ledger(
    request: Request,
    body: TextsIn,
    form: Annotated[Form_, Query(description="xlsx: 督查台账; docx: 任务分解表.")] = "xlsx",
) -> Response:
    """The ledger of some texts as a file."""
    bench = _bench(request)
    given = _all_given(body.texts)
    content = await bench.hands.do(
        jobs.ledger_of, given, form, body.mode, bench.settings.reading, name=given[0].name
    )
    return Response(content, media_type=jobs.EXPORTS[form][1])


@router.post("/targets", responses=_REFUSED)
async def targets(request: Request, body: TextsIn) -> TableOut:
    """The quantitative targets that reports set (预期目标)."""
    return await _table(request, body, "targets")


@router.post("/themes", responses=_REFUSED)
async def themes(
    request: Request,
    body: TextsIn,
    dictionary: Annotated[
        str, Query(max_length=40, description="A shipped one, such as environment.")
    ] = "livelihood",
) -> TableOut:
    """How much of each year's texts goes to the topics of a dictionary (议题关注度)."""
    from speechmine.themes import dictionary_names

    if dictionary not in dictionary_names():
        raise UsageError(f"dictionary {dictionary!r}: there are {', '.join(dictionary_names())}")
    return await _table(request, body, "themes", dictionary)


async def _table(request: Request, body: TextsIn, table: str, dictionary: str = "") -> TableOut:
    given = _all_given(body.texts)
    bench = _bench(request)
    found = await bench.hands.do(
        jobs.compare, given, table, bench.settings.reading, dictionary, name=given[0].name
    )
    return TableOut(**found)


@router.post(
    "/batch",
    responses={**_REFUSED, 200: _binary("application/x-ndjson")},
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

    bench = _bench(request)
    waiting: deque[asyncio.Task[bytes]] = deque()
    try:
        number = 0
        async for line in _lines(request):
            number += 1
            if not line.strip():
                continue
            waiting.append(asyncio.create_task(_one(bench, line, number, mode)))
            if len(waiting) >= _AHEAD:
                yield await waiting.popleft()
        while waiting:
            yield await waiting.popleft()
    finally:
        for task in waiting:
            task.cancel()


async def _lines(request: Request) -> AsyncIterator[bytes]:
    """The lines of a body as they come; one that is too long is given as far as it is kept."""
    rest = b""
    async for chunk in request.stream():
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line
        rest = rest[: _LONGEST_LINE + 1]
    yield rest


async def _one(bench: Bench, line: bytes, number: int, mode: Mode) -> bytes:
    name = f"line {number}"
    try:
        if len(line) > _LONGEST_LINE:
            raise UsageError(f"longer than {_LONGEST_LINE:,} bytes")
        given = _given(TextIn.model_validate_json(line))
        name = given.name
        found = await bench.hands.do(
            jobs.extract_json, given, mode, bench.settings.reading, name=name
        )
    except ValidationError as error:
        return _broken(name, one_line(error.errors(include_url=False, include_input=False)))
    except SpeechmineError as error:
        return _broken(name, " ".join(str(error).split())[:500])
    return found + b"\n"


def _broken(name: str, detail: str) -> bytes:
    told = json.dumps({"id": name, "detail": detail}, ensure_ascii=False)
    return told.encode("utf-8", "backslashreplace") + b"\n"


@router.get("/texts", responses=_REFUSED)
async def texts(request: Request) -> list[TextOut]:
    """The texts of the store."""
    import dataclasses

    found = await run_in_threadpool(_bench(request).store.texts)
    return [TextOut(**dataclasses.asdict(entry)) for entry in found]


@router.get(
    "/texts/{key}",
    responses={**_REFUSED, **_UNKNOWN, 200: _EXTRACTION},
    response_class=Response,
)
async def corrected(request: Request, key: Key, mode: Mode = "strict") -> Response:
    """A text as its readers left it."""
    bench = _bench(request)

    def look() -> bytes:
        plain = bench.store.corrected(key, mode=mode).to_dict() | {"errors": []}
        return json.dumps(plain, ensure_ascii=False).encode("utf-8", "backslashreplace")

    return Response(await run_in_threadpool(look), media_type="application/json")


@router.get(
    "/texts/{key}/gold",
    responses={**_REFUSED, **_UNKNOWN, 200: _binary("application/x-ndjson")},
    response_class=Response,
)
async def gold(request: Request, key: Key) -> Response:
    """A text as its readers left it, in the form of annotated texts, one sentence a line."""
    bench = _bench(request)

    def look() -> bytes:
        lines = gold_lines(bench.store.corrected(key))
        told = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        return told.encode("utf-8", "backslashreplace")

    return Response(await run_in_threadpool(look), media_type="application/x-ndjson")


@router.get("/texts/{key}/decisions", responses={**_REFUSED, **_UNKNOWN})
async def decisions(request: Request, key: Key) -> list[DecisionOut]:
    """Who decided what about a text, in its order."""
    bench = _bench(request)

    def look() -> list[DecisionOut]:
        bench.store.entry(key)
        return [_out(decision) for decision in bench.store.decisions(key)]

    return await run_in_threadpool(look)


@router.post("/texts/{key}/decisions", responses={**_REFUSED, **_UNKNOWN})
async def decide(request: Request, key: Key, command: Command) -> DecisionOut:
    """Let a reader do something; the answer comes when it is kept for good."""
    return await run_in_threadpool(_decide, _bench(request), key, command)


def _decide(bench: Bench, key: str, command: Command) -> DecisionOut:
    made = _out(carry_out(bench.store, key, command))
    if command.since is not None:
        language: Language = command.lang
        made.news = bench.desk.news(key, bench.store.state(key), language, command.since)
    return made


def _out(decision: Any) -> DecisionOut:
    named = ("seq", "reader", "at", "action", "undoes")
    return DecisionOut(**{name: getattr(decision, name) for name in named}, news=None)
