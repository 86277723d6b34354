"""Who changed what, and two readers side by side."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response  # noqa: TC002  # FastAPI reads the annotations
from starlette.concurrency import run_in_threadpool

from speechmine.store import agreement_of
from speechmine.workbench.bench import bench_of
from speechmine.workbench.pages.visit import language_of, page
from speechmine.workbench.words import PageWords, page_words

__all__ = ["agreement", "history", "router"]

router = APIRouter()


@router.get("/texts/{key}/history")
async def history(request: Request, key: str) -> Response:
    """Who changed what and when."""
    bench = bench_of(request)

    def look() -> dict[str, Any]:
        decisions = bench.store.decisions(key)
        undone = {d.undoes for d in decisions if d.undoes is not None}
        words = page_words(language_of(request))
        rows = [
            {
                "decision": d,
                "undone": d.seq in undone,
                "what": [_change_told(change, words) for change in d.changes],
            }
            for d in reversed(decisions)
        ]
        return {"entry": bench.store.entry(key), "rows": rows}

    return page(request, "history.html", **await run_in_threadpool(look))


def _change_told(change: Any, words: PageWords) -> dict[str, Any]:
    """A change as the history tells it: what it is about, and each field before and after."""
    import dataclasses

    before, after = change.before, change.after
    known = after or before
    title = getattr(known, "title", None) or getattr(known, "text", None) or known.message
    fields: list[tuple[str, str, str]] = []
    if before is not None and after is not None:
        for spec in dataclasses.fields(after):
            old, new = getattr(before, spec.name), getattr(after, spec.name)
            if old != new:
                fields.append((spec.name, _value_told(old, words), _value_told(new, words)))
    return {"of": change.of, "title": title, "fields": fields}


def _value_told(value: Any, words: PageWords) -> str:
    if isinstance(value, tuple):
        return "、".join(_value_told(one, words) for one in value)
    role = getattr(value, "role", None)
    if role is not None:
        return f"{words.of('role', role)} {value.text}"
    kind = getattr(value, "kind", None)
    if kind is not None:
        parts = (words.of("deadline_kind", kind), value.text, value.edtf)
        return " ".join(filter(None, parts))
    return "—" if value is None else str(value)


@router.get("/texts/{key}/agreement")
async def agreement(request: Request, key: str, first: str = "", second: str = "") -> Response:
    """Two readers side by side."""
    bench = bench_of(request)

    def look() -> dict[str, Any]:
        readers = bench.store.readers(key)
        one = first if first in readers else (readers[0] if readers else "")
        rest = [name for name in readers if name != one]
        other = second if second in rest else (rest[0] if rest else "")
        found = None
        if other:
            found = agreement_of(
                bench.store.state(key, reader=one), bench.store.state(key, reader=other)
            )
        entry = bench.store.entry(key)
        return {"entry": entry, "readers": readers, "one": one, "other": other, "found": found}

    return page(request, "agreement.html", **await run_in_threadpool(look))
