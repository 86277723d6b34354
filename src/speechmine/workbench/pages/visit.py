"""Who visits, in which language, and a page for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from fastapi.responses import HTMLResponse, JSONResponse, Response

from speechmine.errors import ReadError, SpeechmineError
from speechmine.workbench.rendering import render_template
from speechmine.workbench.words import Language, page_words

if TYPE_CHECKING:
    from fastapi import Request


__all__ = ["LONGEST_NAME", "language_of", "page", "problem", "visitor_name"]

LONGEST_NAME = 120


def language_of(request: Request) -> Language:
    """The language of a visitor: asked for, or remembered; Chinese else."""
    asked = request.query_params.get("lang") or request.cookies.get("lang")
    return "en" if asked == "en" else "zh"


def visitor_name(request: Request) -> str:
    """The name that a visitor gave."""
    return unquote(request.cookies.get("reader", "")).strip()


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the language of the visitor."""
    language = language_of(request)
    words = page_words(language)
    script = {**words.script, "lang": language}
    html = render_template(
        template,
        words,
        csrf=request.state.csrf,
        reader=visitor_name(request),
        path=request.url.path,
        script_words=json.dumps(script, ensure_ascii=False),
        **values,
    )
    response = HTMLResponse(html, status)
    if request.query_params.get("lang") in ("zh", "en"):
        response.set_cookie("lang", language, samesite="strict", max_age=31_536_000)
    return response


def problem(request: Request, error: SpeechmineError, status: int) -> Response:
    """What went wrong: as a page where a page was asked for."""
    if "text/html" in request.headers.get("accept", "") and request.method == "GET":
        return page(request, "problem.html", status=status, message=str(error))
    # A program may have sent several texts, and is told which one; a reader sees it.
    program = request.url.path.startswith("/api/")
    shown = error.message if isinstance(error, ReadError) and not program else str(error)
    return JSONResponse({"detail": shown}, status)
