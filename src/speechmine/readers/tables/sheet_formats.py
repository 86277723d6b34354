"""Values of a sheet as its cells show them: 2024年12月, 65%, 12,000, 3个月.

What a cell shows says more than its value: a day that is shown as a month is a month. Of a format
that is not read here (fractions, conditions, powers of ten) the plain value is shown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TypeAlias

__all__ = ["Value", "builtin_format", "displayed"]

#: What a cell may hold.
Value: TypeAlias = "str | int | float | dt.date | dt.time | dt.timedelta | None"

# Formats that stand in no file, as Chinese editions of Excel and WPS show them.
_BUILTIN = {
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
# Quoted, escaped, filling and blank-wide signs, colours and locales, tokens, anything else.
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<mark>[^\]]*)\]'
    r"|(?P<half>AM/PM|am/pm|上午/下午)|(?P<token>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|aaaa?)"
    r"|(?P<number>[0#?][0#?,]*(?:\.[0#?]+)?,*)|(?P<general>General|G/通用格式|@)|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"\[[<>=]")
_UNREAD = re.compile(r"[0#?] ?/ ?[0#?\d]|[0#?][eE][+-]")
_CHINESE_NUMBERS = "DBNum"
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WEEKDAYS = "一二三四五六日"
_NOON = 12
_MIDNIGHT = re.compile(r"(?<=\S)\s+0?0:00(?::00)?$")
_MOST_DIGITS = 15


def builtin_format(number: int) -> str | None:
    """The format that a number stands for in Chinese editions; None where a file states its own.

    Example:
        >>> builtin_format(57)
        'yyyy"年"m"月"'
    """
    return _BUILTIN.get(number)


def displayed(value: Value, form: str) -> str:
    """What a cell shows.

    Args:
        value: of the cell.
        form: its number format.

    Example:
        >>> displayed(dt.date(2024, 12, 1), 'yyyy"年"m"月"'), displayed(0.065, "0.0%")
        ('2024年12月', '6.5%')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.timedelta):
        return str(value)
    if isinstance(value, (dt.date, dt.time)):
        return _moment(value, form)
    return _number_shown(value, form)


def _moment(value: dt.date | dt.time, form: str) -> str:
    section = form.split(";", maxsplit=1)[0]
    pieces = list(_PIECE.finditer(section))
    tokens = [piece["token"].lower() for piece in pieces if piece["token"]]
    if not tokens:
        return _plain_moment(value)
    if isinstance(value, dt.date) and _is_foreign(tokens):
        return _plain_day(value, {token[0] for token in tokens})
    text = "".join(_moment_piece(value, pieces, at) for at in range(len(pieces)))
    chinese = any((piece["mark"] or "").startswith(_CHINESE_NUMBERS) for piece in pieces)
    text = (_in_chinese(text) if chinese else text).strip()
    # A day that a program wrote with its hour (2024-06-30 0:00:00) has none.
    return _MIDNIGHT.sub("", text) if isinstance(value, dt.datetime) else text


def _plain_moment(value: dt.date | dt.time) -> str:
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def _is_foreign(tokens: list[str]) -> bool:
    """12/31/24, Dec-24: nobody could tell whether the day, the month or the year comes first."""
    order = "".join(token[0] for token in tokens if token[0] in "ymd")
    order = order[:3].rstrip("m") if "h" in "".join(tokens) else order
    short = any(token[0] == "y" and len(token) < 3 for token in tokens)
    words = any(token[0] in "md" and len(token) > 2 for token in tokens)
    return "y" in order and (short or words or order not in ("ymd", "ym", "y"))


def _plain_day(value: dt.date, parts: set[str]) -> str:
    """As much of a day as is shown, in an order that all can read."""
    return value.strftime("%Y-%m-%d" if "d" in parts else "%Y-%m")


def _moment_piece(value: dt.date | dt.time, pieces: list[re.Match[str]], at: int) -> str:
    piece = pieces[at]
    if piece["half"]:
        return "上午" if _part_of_day("hour", value) < _NOON else "下午"
    token = (piece["token"] or "").lower()
    if not token:
        return _literal(piece)
    if token[0] == "m" and _counts_minutes(pieces, at):
        token = token.replace("m", "i")
    return _PARTS[token[0]](value, len(token))


def _counts_minutes(pieces: list[re.Match[str]], at: int) -> bool:
    """Behind hours and before seconds m counts minutes."""
    before = next((p["token"] for p in reversed(pieces[:at]) if p["token"]), "")
    after = next((p["token"] for p in pieces[at + 1 :] if p["token"]), "")
    return before[:1].lower() == "h" or after[:1].lower() == "s"


def _part_of_day(name: str, value: dt.date | dt.time) -> int:
    return int(getattr(value, name, 0))


def _year(value: dt.date | dt.time, width: int) -> str:
    year = _part_of_day("year", value)
    return str(year) if width > 2 else f"{year % 100:02}"


def _month(value: dt.date | dt.time, width: int) -> str:
    if width > 2 and isinstance(value, dt.date):
        return value.strftime("%b" if width == 3 else "%B")
    return _padded(_part_of_day("month", value), width)


def _day_shown(value: dt.date | dt.time, width: int) -> str:
    if width > 2 and isinstance(value, dt.date):
        return value.strftime("%a" if width == 3 else "%A")
    return _padded(_part_of_day("day", value), width)


def _weekday(value: dt.date | dt.time, width: int) -> str:
    """星期三 for aaaa, 三 for aaa."""
    if not isinstance(value, dt.date):
        return ""
    return ("星期" if width > 3 else "") + _WEEKDAYS[value.weekday()]


def _padded(number: int, width: int) -> str:
    return f"{number:02}" if width > 1 else str(number)


_PARTS: dict[str, Callable[[dt.date | dt.time, int], str]] = {
    "y": _year,
    "m": _month,
    "d": _day_shown,
    "a": _weekday,
    "h": lambda value, width: _padded(_part_of_day("hour", value), width),
    "i": lambda value, width: _padded(_part_of_day("minute", value), width),
    "s": lambda value, width: _padded(_part_of_day("second", value), width),
}


def _in_chinese(text: str) -> str:
    """二〇二四年十二月一日: the year digit by digit, months and days as they are spoken."""
    from speechmine.readers.common.number_formats import format_number

    def spoken(match: re.Match[str]) -> str:
        if len(match[0]) > 2:
            return match[0].translate(_DIGITS)
        return format_number(int(match[0]), "chineseCounting")

    return re.sub(r"\d+", spoken, text)


def _literal(piece: re.Match[str]) -> str:
    return piece["quoted"] or piece["escaped"] or piece["money"] or piece["other"] or ""


def _number_shown(value: float, form: str) -> str:
    section, magnitude = _section(value, form)
    pieces = list(_PIECE.finditer(section))
    numbers = [piece for piece in pieces if piece["number"]]
    if not numbers:
        return _general_in(pieces, value)
    if len(numbers) > 1 or _UNREAD.search(section) or _CONDITION.search(form):
        return _general(value)
    try:
        digits = _rounded(magnitude, numbers[0]["number"], _percents(pieces))
    except InvalidOperation:  # infinite, or no number
        return _general(value)
    signs = (digits if piece["number"] else _literal(piece) for piece in pieces)
    return ("-" if magnitude < 0 and digits.strip("0,.") else "") + "".join(signs).strip()


def _section(value: float, form: str) -> tuple[str, float]:
    """The part of a format for numbers of such a sign; one of their own shows the sign itself."""
    sections = form.split(";")
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _percents(pieces: list[re.Match[str]]) -> int:
    return sum(piece["other"] == "%" for piece in pieces)


def _rounded(value: float, form: str, percents: int) -> str:
    """The digits for placeholders such as #,##0.0#, without sign."""
    whole, _, decimals = form.rstrip(",").partition(".")
    thousands = len(form) - len(form.rstrip(","))
    exact = Decimal(repr(value)).scaleb(2 * percents - 3 * thousands)
    number = abs(exact.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP))
    before, _, after = (f"{number:,f}" if "," in whole else f"{number:f}").partition(".")
    after = after.rstrip("0").ljust(decimals.count("0"), "0")
    if before == "0" and "0" not in whole:
        before = ""
    return before.rjust(whole.count("0"), "0") + (f".{after}" if after else "")


def _general_in(pieces: list[re.Match[str]], value: float) -> str:
    """General, alone or among words (第General季度); a format of words alone is the plain value."""
    if not any(piece["general"] for piece in pieces):
        return _general(value)
    return "".join(_general(value) if p["general"] else _literal(p) for p in pieces).strip()


def _general(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.{_MOST_DIGITS}g}"
