"""Papers of the round from Word templates: 督办通知单 for each unit, 督查通报 of the whole.

A template is a Word file with fields in double braces (``{{ 单位 }}``) that an office may replace
by one of its own; docxtpl fills it, in a sandbox.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO, Literal

from speechmine.errors import ReadError, UsageError
from speechmine.ledger.cells import clean
from speechmine.ledger.rounds.reminders import Reminder, by_unit, chinese_day, template_values
from speechmine.ledger.rounds.standing import day_of
from speechmine.ledger.rounds.summary import Summary, UnitSummary
from speechmine.ledger.word import without_clock

__all__ = ["shipped_template", "write_bulletin", "write_notices"]

Template = str | os.PathLike[str] | None


def shipped_template(name: Literal["notice", "bulletin"]) -> bytes:
    """A template as it ships, for an office to change in Word.

    Args:
        name: notice (督办通知单) or bulletin (督查通报).

    Example:
        >>> shipped_template("notice")[:2]
        b'PK'
    """
    return (files("speechmine") / "ledger" / "templates" / f"{name}.docx").read_bytes()


def write_notices(
    reminders: Sequence[Reminder],
    as_of: str,
    *,
    template: Template = None,
    office: str = "",
    reply_by: str | None = None,
) -> Mapping[str, bytes]:
    """A 督办通知单 for each unit with something overdue or soon due.

    Args:
        reminders: as :func:`speechmine.ledger.due_reminders` gives them.
        as_of: the day of the notice, ISO 8601.
        template: a Word file of your own; the shipped one by default.
        office: who sends it.
        reply_by: until when an answer is asked for, ISO 8601.

    Returns:
        Word files by unit.

    Raises:
        ReadError: the template is no Word file. UsageError: a field of it is wrong.

    Example:
        >>> from speechmine.ledger import Ledger, LedgerRow, due_reminders
        >>> cells = {"task": "修渠", "who": "县水利局", "latest": "2024-06-30"}
        >>> row = LedgerRow("t-1", cells=cells)
        >>> list(write_notices(due_reminders(Ledger((row,)), "2024-06-25", 7), "2024-06-25"))
        ['县水利局']
    """
    reply = {"反馈日期": chinese_day(day_of(reply_by)) if reply_by else ""}
    made: dict[str, bytes] = {}
    for unit, listed in by_unit(reminders).items():
        said: dict[str, Any] = {
            **template_values(unit, listed, as_of),
            **reply,
            "办公室": office,
            "文号": "",
        }
        out = io.BytesIO()
        _fill_in(
            "notice", template, {**said, "事项": [_hinted(item) for item in said["事项"]]}, out
        )
        made[unit] = out.getvalue()
    return made


def _hinted(item: Mapping[str, Any]) -> dict[str, Any]:
    """What the last column says: how late, or how soon."""
    days = item["天数"]
    if item["逾期"]:
        return {**item, "提示": f"逾期{days}天" if days else "逾期"}
    return {**item, "提示": "今天到期" if days == 0 else f"还有{days}天"}


def write_bulletin(
    summary: Summary,
    reminders: Iterable[Reminder],
    out: BinaryIO,
    *,
    template: Template = None,
    office: str = "",
) -> None:
    """A draft 督查通报: the figures, the table of units, what is overdue.

    Args:
        summary: as :func:`speechmine.ledger.summarize_ledger` gives it.
        reminders: of the same ledger and day; those that are overdue are listed.
        out: a binary stream.
        template: a Word file of your own; the shipped one by default.
        office: who sends it.

    Raises:
        ReadError: the template is no Word file. UsageError: a field of it is wrong.
    """
    late = [reminder for reminder in reminders if reminder.kind == "overdue"]
    whole = summary.whole
    said = {
        "标题": "关于重点工作落实情况的通报",
        "文号": "",
        "办公室": office,
        "日期": chinese_day(summary.as_of),
        "来源": "、".join(f"《{title}》" for title in summary.titles),
        "总数": whole.total,
        "状态": [{"名称": name, "数量": whole.states.get(name, 0)} for name in summary.states],
        "本月到期": whole.month,
        "逾期数": whole.overdue,
        "已办结": whole.done,
        "按时办结率": _share_shown(whole),
        "单位表": [_unit_row(unit) for unit in summary.units],
        "逾期事项": [_late(n, reminder) for n, reminder in enumerate(late, start=1)],
    }
    _fill_in("bulletin", template, said, out)


def _unit_row(unit: UnitSummary) -> dict[str, Any]:
    return {
        "单位": unit.unit,
        "承办": unit.total,
        "配合": unit.cooperate,
        "状态": dict(unit.states),
        "已办结": unit.done,
        "本月到期": unit.month,
        "逾期": unit.overdue,
        "按时办结率": _share_shown(unit) or "—",
    }


def _share_shown(unit: UnitSummary) -> str:
    return f"{unit.share:.0%}" if unit.share is not None else ""


def _late(number: int, reminder: Reminder) -> dict[str, Any]:
    listed = [(reminder, "")]
    answer = [p.name for p in reminder.parties if p.role != "cooperate"]
    item = template_values("", listed, "2000-01-01")["事项"][0]
    return _hinted({**item, "序号": number, "责任单位": "、".join(answer)})


def _fill_in(
    name: Literal["notice", "bulletin"],
    template: Template,
    said: Mapping[str, Any],
    out: BinaryIO,
) -> None:
    try:
        from docxtpl import DocxTemplate
    except ModuleNotFoundError as error:
        advice = "pip install 'speechmine[word]'"
        raise UsageError(
            f"Word templates need docxtpl, which is not installed: {advice}"
        ) from error
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    where = os.fspath(template) if template is not None else name
    content = _template_bytes(template) if template is not None else shipped_template(name)
    file = DocxTemplate(io.BytesIO(content))
    # What a field is called wrongly shall be told, and not become a gap in a paper.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        file.render(_cleaned(said), environment, autoescape=True)
    except (TemplateError, TypeError, ValueError) as error:
        known = "、".join(said)
        raise UsageError(f"{where}: a field is wrong ({error}); there are: {known}") from error
    packed = io.BytesIO()
    file.save(packed)
    without_clock(packed, out)


def _template_bytes(template: str | os.PathLike[str]) -> bytes:
    try:
        content = Path(template).read_bytes()
    except OSError as error:
        raise ReadError(os.fspath(template), error.strerror or "cannot be read") from error
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise ReadError(os.fspath(template), "no Word file (.docx)", "save it in Word as .docx")
    return content


def _cleaned(said: Any) -> Any:
    """Texts without what XML cannot hold."""
    if isinstance(said, str):
        return clean(said)
    if isinstance(said, Mapping):
        return {key: _cleaned(value) for key, value in said.items()}
    return list(map(_cleaned, said)) if isinstance(said, list) else said
