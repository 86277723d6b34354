"""What people see: the texts, a text with its ledger, its history, its readers, printing."""

from fastapi import APIRouter

from speechmine.workbench.pages import exports, history, home, keys, text

__all__ = ["router"]

router = APIRouter(include_in_schema=False)
for part in (home, text, history, exports, keys):
    router.include_router(part.router)
