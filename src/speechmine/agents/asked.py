"""The arguments of the tools; their descriptions are what an agent reads."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from speechmine.model import Mode
from speechmine.themes.analyses import TABLES

__all__ = [
    "CompareIn",
    "ExplainIn",
    "ExtractIn",
    "FilesIn",
    "FindTasksIn",
    "PromisesIn",
    "ReadFileIn",
    "TargetsIn",
    "TextIn",
]

#: Parts of an extraction that may be left out of an answer.
Part = Literal["sections", "segments", "tasks", "metrics", "notices"]


def _with_names(schema: dict[str, Any]) -> None:
    schema["enum"] = list(TABLES)


def _known_table(name: str) -> str:
    if name not in TABLES:
        raise ValueError(f"one of {', '.join(TABLES)} is expected")
    return name


#: A table of the comparison: they point to places, or can be followed to them.
Table = Annotated[str, AfterValidator(_known_table), Field(json_schema_extra=_with_names)]
_PARTS: list[Part] = ["sections", "tasks", "metrics", "notices"]
_TABLES: list[Table] = [
    "frequency",
    "new_terms",
    "disappeared_terms",
    "attention",
    "carry_summary",
    "carry_over",
]
_Year = Annotated[int, Field(ge=1000, le=9998)]
_Offset = Annotated[int, Field(ge=0, le=2**31)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TextIn(_Asked):
    """One text (讲话 or 报告): the text itself, or a file of the folders this server may read."""

    text: str = Field("", description="The whole text. Offsets of the answer point into it.")
    file: str = Field(
        "",
        max_length=1000,
        description="Instead of text: a file as list_files names it, where folders were opened.",
    )
    id: str = Field("", max_length=200, description="What it is called in the answer.")
    date: str | None = Field(
        None,
        max_length=10,
        description="Day it was given (讲话日期), YYYY-MM-DD, if the text does not say; "
        "今年, 本月, 3月底前 depend on it. Leave it out rather than guess.",
    )
    place: str | None = Field(
        None, max_length=100, description="Place it is of (地区), if the text does not say."
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> TextIn:
        if bool(self.text) == bool(self.file):
            raise ValueError("give either text or file")
        return self


class _Rows(_Asked):
    limit: int = Field(50, ge=1, le=1000, description="Most rows of an answer.")
    skip: int = Field(0, ge=0, le=10**9, description="Rows to leave out first, for the next page.")


class ExtractIn(TextIn):
    """Arguments of extract."""

    mode: Mode = Field(
        "strict",
        description="strict: tasks fit for a ledger (督查台账; levels 2 and 3); "
        "full: requirements (要求, level 1) too.",
    )
    parts: list[Part] = Field(
        default=_PARTS,
        description="What the answer holds; segments (each sentence with its label) is long.",
    )


class FindTasksIn(TextIn, _Rows):
    """Arguments of find_tasks."""

    mode: Mode = Field("strict", description="strict: levels 2 and 3; full: level 1 too.")
    party: str = Field(
        "",
        max_length=100,
        description="Only tasks of a body (责任单位) whose name holds this, such as 财政局.",
    )
    words: str = Field("", max_length=100, description="Only tasks whose words hold this.")
    due_by: str | None = Field(
        None, max_length=10, description="Only tasks whose last day is stated and is not later."
    )


class TargetsIn(_Rows):
    """Arguments of targets."""

    texts: list[TextIn] = Field(min_length=1, max_length=100, description="Reports (报告).")
    families: bool = Field(
        False, description="Name the family (指标族) that joins an indicator's names over time."
    )


class PromisesIn(_Rows):
    """Arguments of promises."""

    report: TextIn = Field(description="The report that sets targets (上年报告).")
    next_report: TextIn = Field(description="The next report of the same place, a year later.")
    families: bool = Field(False, description="Let other series of one family answer.")


class CompareIn(_Rows):
    """Arguments of compare."""

    texts: list[TextIn] = Field(
        min_length=2, max_length=100, description="Reports of two years or more; each needs a date."
    )
    terms: list[Annotated[str, Field(min_length=1, max_length=50)]] = Field(
        default_factory=list,
        max_length=50,
        description="Terms (提法) to follow; by default the most frequent formulations.",
    )
    dictionary: str = Field(
        "livelihood", max_length=40, description="Words by topic for attention: a shipped name."
    )
    tables: list[Table] = Field(
        default=_TABLES,
        min_length=1,
        description="Which tables; each holds at most limit rows.",
    )


class ExplainIn(_Rows):
    """Arguments of explain."""

    texts: list[TextIn] = Field(
        min_length=1, max_length=100, description="The texts that a number or a record is from."
    )
    term: str = Field("", max_length=50, description="Every place of this term (提法), in context.")
    years: tuple[_Year, _Year] | None = Field(
        None, description="What the second year's text took over from the first's (沿用)."
    )
    start: _Offset | None = Field(
        None, description="With end and one text: what was read at this place, and by which rule."
    )
    end: _Offset | None = Field(None, description="End of the place, as in text[start:end].")

    @model_validator(mode="after")
    def _one_question(self) -> ExplainIn:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end go together")
        asked = (bool(self.term), self.years is not None, self.start is not None)
        if sum(asked) != 1:
            raise ValueError("give one of term, years, or start with end")
        if self.start is not None and len(self.texts) != 1:
            raise ValueError("a place (start, end) is of one text")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError("end comes after start")
        return self


class FilesIn(_Rows):
    """Arguments of list_files."""

    limit: int = Field(200, ge=1, le=1000, description="Most names of an answer.")


class ReadFileIn(_Asked):
    """Arguments of read_file."""

    file: str = Field(min_length=1, max_length=1000, description="A name that list_files gives.")
    start: _Offset = Field(0, description="First character wanted.")
    end: _Offset | None = Field(
        None, description="One after the last; by default 20,000 characters from start."
    )
