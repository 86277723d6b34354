"""Keys, and what programs may ask for."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response  # noqa: TC002  # FastAPI reads the annotations

from speechmine.workbench.pages.visit import page

__all__ = ["help_page", "router"]

router = APIRouter()


@router.get("/help")
async def help_page(request: Request) -> Response:
    """Keys, and what programs may ask for."""
    return page(request, "help.html")
