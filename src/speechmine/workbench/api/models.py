"""What programs send and what they are answered."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from speechmine.model import Mode

__all__ = [
    "ABOUT",
    "EXTRACTION",
    "REFUSED",
    "UNKNOWN",
    "DecisionOut",
    "ExtractIn",
    "Form_",
    "Key",
    "Problem",
    "TableOut",
    "TextIn",
    "TextOut",
    "TextsIn",
    "file_answer",
]

ABOUT = (
    "Chinese government speeches as tasks, parties, deadlines and metrics with offsets (Unicode "
    "code points) into the text. A refused request says why in `detail`."
)


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


EXTRACTION: dict[str, Any] = {
    "description": "The extraction.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Extraction"}}},
}


REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "Something makes no sense, or is not there."},
    401: {"model": Problem, "description": "The token is missing."},
    403: {"model": Problem, "description": "Another site asked."},
    413: {"model": Problem, "description": "Too large."},
    422: {"model": Problem, "description": "The request or the text cannot be read."},
    503: {"model": Problem, "description": "Too many requests at once; try again."},
}


UNKNOWN: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such text."}
}


Form_ = Literal["xlsx", "docx", "csv", "json", "jsonl", "ics", "md"]


Key = Annotated[str, Path(max_length=40, description="Key of a text.")]


def file_answer(*kinds: str) -> dict[str, Any]:
    """A file of one of several kinds; only JSON is more than bytes to a reader."""
    file: dict[str, Any] = {"type": "string", "format": "binary"}
    plain: dict[str, Any] = {}
    content = {k: {"schema": plain if k == "application/json" else file} for k in kinds}
    return {"description": "The file.", "content": content}
