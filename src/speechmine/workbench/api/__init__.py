"""What programs ask for: the library over HTTP, and the corrected texts of the store."""

from fastapi import APIRouter

from speechmine.workbench.api import batch, library, store

__all__ = ["router"]

router = APIRouter(prefix="/api")
for part in (library, batch, store):
    router.include_router(part.router)
