"""The workbench put together: one ASGI application."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from speechmine.errors import ReadError, SpeechmineError, UsageError
from speechmine.model import Document
from speechmine.rules.loader import chosen_rules
from speechmine.rules.schema import RuleSet
from speechmine.store import UnknownTextError, open_store
from speechmine.store.reading import wording_of
from speechmine.trackers import TrackerError
from speechmine.workbench import api, jobs, pages
from speechmine.workbench.api.models import ABOUT
from speechmine.workbench.bench import Bench
from speechmine.workbench.guard import Guard
from speechmine.workbench.hands import BusyError, ReadingHands
from speechmine.workbench.pages.visit import problem
from speechmine.workbench.reasons import first_reason
from speechmine.workbench.views import Desk
from speechmine.workbench.words import page_words

if TYPE_CHECKING:
    from speechmine.workbench.settings import Settings

__all__ = ["make_app"]

_STATUS = (
    (UnknownTextError, 404),
    (BusyError, 503),
    (TrackerError, 502),
    (ReadError, 422),
    (UsageError, 400),
)


def make_app(settings: Settings) -> Guard:
    """The application, for any ASGI server.

    Args:
        settings: how it is set up.
    """

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        rules = await run_in_threadpool(chosen_rules, settings.reading.rules)
        store = await run_in_threadpool(lambda: open_store(settings.store, rules=rules))
        hands = ReadingHands(settings.workers, settings.waiting, settings.seconds)
        made_by = await run_in_threadpool(jobs.made_by, settings.reading)
        await run_in_threadpool(_warm, rules)
        app.state.bench = Bench(settings, store, hands, Desk(), made_by)
        yield
        store.close()

    app = FastAPI(
        title="speechmine",
        version=version("speechmine"),
        description=ABOUT,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.include_router(api.router)
    app.include_router(pages.router)
    app.add_api_route("/static/report.css", _looks, include_in_schema=False)
    static = files("speechmine.workbench") / "static"
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    app.add_exception_handler(SpeechmineError, _answer_fault)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return Guard(app, settings)


def _warm(rules: RuleSet) -> None:
    """Load the rules before the first reader waits for them."""
    words = "请区财政局在6月底前拨付3万元。"
    wording_of(Document(words, date="2024-03-01"), 0, len(words), rules)
    page_words("zh")


async def _looks() -> Response:
    """How the report page looks: the workbench looks alike."""
    style = (files("speechmine.report") / "assets" / "style.css").read_text(encoding="utf-8")
    return Response(style, media_type="text/css; charset=utf-8")


async def _answer_fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, SpeechmineError)  # noqa: S101  # it is registered for these alone
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 400)
    response = problem(request, error, status)
    if status == 503:
        response.headers["retry-after"] = "2"
    return response


async def _invalid(_request: Request, error: Exception) -> Response:
    """What is wrong with a request, in one line; FastAPI's own answer repeats the request."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  # it is registered for these
    told = first_reason(error.errors(), above=1)
    return JSONResponse({"detail": told}, 422)


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, with the contract's schema of an extraction in it."""
    if app.openapi_schema is None:
        found = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
        )
        schema = files("speechmine") / "schema" / "extraction.schema.json"
        plain = json.loads(schema.read_text(encoding="utf-8"))
        plain.pop("$schema", None)
        schemas = found.setdefault("components", {}).setdefault("schemas", {})
        schemas["Extraction"] = plain
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        app.openapi_schema = found
    return app.openapi_schema
