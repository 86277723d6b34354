"""The library over HTTP: one text, one file, a ledger, tables of several texts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import Response

from speechmine.errors import UsageError
from speechmine.model import Mode
from speechmine.workbench import jobs
from speechmine.workbench.api.given import given_text, given_texts
from speechmine.workbench.api.models import (
    EXTRACTION,
    REFUSED,
    ExtractIn,
    Form_,
    TableOut,
    TextsIn,
    file_answer,
)
from speechmine.workbench.bench import bench_of

__all__ = ["extract", "extract_file", "ledger", "router", "targets", "themes"]

router = APIRouter()


@router.post("/extract", responses={**REFUSED, 200: EXTRACTION}, response_class=Response)
async def extract(request: Request, body: ExtractIn) -> Response:
    """Extract tasks, parties, deadlines and metrics from a text."""
    bench, given = bench_of(request), given_text(body)
    found = await bench.hands.do(
        jobs.extract_json, given, body.mode, bench.settings.reading, name=given.name
    )
    return Response(found, media_type="application/json")


@router.post("/extract-file", responses={**REFUSED, 200: EXTRACTION}, response_class=Response)
async def extract_file(
    request: Request,
    file: Annotated[UploadFile, File(description="Word, PDF, OFD, HTML, text, table …")],
    date: Annotated[str, Form(max_length=10)] = "",
    mode: Annotated[Mode, Form()] = "strict",
) -> Response:
    """Extract from a file."""
    bench = bench_of(request)
    given = await _given_file(file, date)
    found = await bench.hands.do(
        jobs.extract_json, given, mode, bench.settings.reading, name=given.name
    )
    return Response(found, media_type="application/json")


async def _given_file(file: UploadFile, date: str) -> jobs.Given:
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
    responses={**REFUSED, 200: file_answer(*(kind for _, kind in jobs.EXPORTS.values()))},
    response_class=Response,
)
async def ledger(
    request: Request,
    body: TextsIn,
    form: Annotated[Form_, Query(description="xlsx: 督查台账; docx: 任务分解表.")] = "xlsx",
) -> Response:
    """The ledger of some texts as a file."""
    bench = bench_of(request)
    given = given_texts(body.texts)
    content = await bench.hands.do(
        jobs.ledger_of, given, form, body.mode, bench.settings.reading, name=given[0].name
    )
    return Response(content, media_type=jobs.EXPORTS[form][1])


@router.post("/targets", responses=REFUSED)
async def targets(request: Request, body: TextsIn) -> TableOut:
    """The quantitative targets that reports set (预期目标)."""
    return await _table_answer(request, body, "targets")


@router.post("/themes", responses=REFUSED)
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
    return await _table_answer(request, body, "themes", dictionary)


async def _table_answer(
    request: Request, body: TextsIn, table: str, dictionary: str = ""
) -> TableOut:
    given = given_texts(body.texts)
    bench = bench_of(request)
    found = await bench.hands.do(
        jobs.compare, given, table, bench.settings.reading, dictionary, name=given[0].name
    )
    return TableOut(**found)
