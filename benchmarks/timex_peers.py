"""Run one public tool over a file of cases: ``timex_peers.py NAME CASES.jsonl OUT.json``.

Needs nothing but the tool itself, so that it can live in an environment of its own.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import Any

Item = dict[str, Any]

_ONE_DAY = dt.timedelta(days=1)
_DELTAS = {
    "year": "Y",
    "month": "M",
    "day": "D",
    "week": "W",
    "workday": "WD",
    "hour": "H",
    "minute": "M",
    "second": "S",
}


def main() -> None:
    """Read the cases, write what the tool finds."""
    name, source, out = sys.argv[1:4]
    find = {"jionlp": jionlp, "recognizers": recognizers}[name]()
    found = {}
    for line in Path(source).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found[case["id"]] = find(case["text"], (case["reference_time"] or "2021-06-14")[:10])
    Path(out).write_text(json.dumps(found), encoding="utf-8")


# -- JioNLP ----------------------------------------------------------------------------------


def jionlp() -> Any:
    """Its two extractors with parsing; a crash of the tool is an empty answer."""
    import jionlp as jio

    def find(text: str, day: str) -> list[Item]:
        year, month, date = (int(part) for part in day.split("-"))
        base = {"year": year, "month": month, "day": date}
        times = _safe(jio.ner.extract_time, text, time_base=base, with_parsing=True)
        sums = _safe(jio.ner.extract_money, text, with_parsing=True)
        times, sums = times or _whole(text, base), sums or _whole_money(text)
        return [*(_jio_item(t, _jio_time(t, day)) for t in times), *map(_jio_money_item, sums)]

    def _whole(text: str, base: dict[str, int]) -> list[Item]:
        """A bare expression is what its parser takes; the extractor wants a sentence."""
        detail = _safe(jio.parse_time, text, time_base=base)
        return [{"offset": [0, len(text)], "text": text, "detail": detail}] if detail else []

    def _whole_money(text: str) -> list[Item]:
        detail = _safe(jio.parse_money, text) if re.search("[元块角分镑]", text) else None
        known = detail and detail.get("num") not in (None, "null")
        return [{"offset": [0, len(text)], "text": text, "detail": detail}] if known else []

    return find


def _safe(function: Any, *arguments: Any, **named: Any) -> Any:
    try:
        return function(*arguments, **named) or []
    except Exception:  # noqa: BLE001 - whatever the tool raises, it has no answer
        return []


def _jio_item(found: Item, norm: Item | None) -> Item:
    start, end = found["offset"]
    return {"start": start, "end": end, "norm": norm}


def _jio_time(found: Item, day: str) -> Item | None:
    detail = found["detail"]
    value = detail["time"]
    if detail["type"] in ("time_point", "time_span"):
        first, last = (str(part)[:10] for part in value)
        if first == "-inf" or (first == day and "前" in found["text"]):
            return {"kind": "bound", "side": "end", "date": last, "inclusive": True}
        if last == "inf" or (last == day and re.search("起|以来|开始|后", found["text"])):
            return {"kind": "bound", "side": "start", "date": first, "inclusive": True}
        return {"kind": "interval", "start": first, "end": last}
    if detail["type"] == "time_delta":
        if isinstance(value, list):
            low, high = (_delta(part) for part in value)
            return {"kind": "duration_range", "lo": low, "hi": high}
        return {"kind": "duration", "iso": _delta(value)}
    if detail["type"] == "time_period":
        every = _delta(value["delta"])
        return {"kind": "set", "iso": every, "timex": every}
    return None


def _delta(parts: Any) -> str:
    if not isinstance(parts, dict) or not parts.keys() <= _DELTAS.keys():
        return "inf"
    days = "".join(f"{v:g}{_DELTAS[k]}" for k, v in parts.items() if k not in _CLOCK and v)
    clock = "".join(f"{v:g}{_DELTAS[k]}" for k, v in parts.items() if k in _CLOCK and v)
    return "P" + days + (f"T{clock}" if clock else "")


_CLOCK = ("hour", "minute", "second")


def _jio_money_item(found: Item) -> Item:
    return _jio_item(found, _jio_money(found["detail"]))


def _jio_money(detail: Item) -> Item:
    amount, named = detail["num"], detail["definition"]
    currency = {"元": "CNY", "美元": "USD"}.get(detail["case"], detail["case"])
    if isinstance(amount, list):
        low, high = amount
        return {"kind": "money_range", "lo": low, "hi": high, "currency": currency}
    if named in ("blur-", "blur+"):
        side = "min" if named == "blur+" else "max"
        return {"kind": "money_bound", "side": side, "value": amount, "currency": currency}
    return {"kind": "money", "value": amount, "currency": currency}


# -- Recognizers-Text ------------------------------------------------------------------------


def recognizers() -> Any:
    """Its recognizers of times, numbers, percentages, currencies and dimensions."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    numbers = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension)

    def find(text: str, day: str) -> list[Item]:
        reference = dt.datetime.fromisoformat(day)
        times = _safe(recognize_datetime, text, Culture.Chinese, reference=reference)
        found = [hit for read in numbers for hit in _safe(read, text, Culture.Chinese)]
        return [_rt_item(hit) for hit in (*times, *found)]

    return find


def _rt_item(hit: Any) -> Item:
    reader = _rt_time if hit.type_name.startswith("datetimeV2") else _rt_number
    norm = _safe(reader, hit) if hit.resolution else None
    return {"start": hit.start, "end": hit.end + 1, "norm": norm or None}


def _rt_time(hit: Any) -> Item | None:
    values = hit.resolution["values"]
    value, timex = values[0], values[0]["timex"]
    kind = hit.type_name.rpartition(".")[2]
    if kind == "duration":
        return {"kind": "duration", "iso": timex}
    if kind == "set":
        return {"kind": "set", "timex": timex, "iso": timex}
    if timex.startswith("X") and "," not in timex:
        return {"kind": "partial", "edtf": timex}
    if timex.startswith("(X"):
        return {"kind": "partial-range", "timex": timex}
    if kind == "daterange":
        return _rt_range(value)
    day = value["value"][:10]
    return {"kind": "interval", "start": day, "end": day}


def _rt_range(value: Item) -> Item | None:
    first, last = value.get("start"), value.get("end")
    if first and last:
        end = dt.date.fromisoformat(last[:10]) - _ONE_DAY
        return {"kind": "interval", "start": first[:10], "end": end.isoformat()}
    side, date = ("start", first) if first else ("end", last)
    inclusive = side == "start"
    return {"kind": "bound", "side": side, "date": date, "inclusive": inclusive} if date else None


def _rt_number(hit: Any) -> Item:
    value = hit.resolution["value"]
    if hit.type_name == "percentage":
        return {"kind": "percent", "value": value.rstrip("%")}
    if hit.type_name == "currency":
        return {"kind": "money", "value": value, "currency": hit.resolution.get("isoCurrency")}
    if hit.type_name == "dimension":
        return {"kind": "quantity", "value": value, "unit": hit.resolution["unit"]}
    return {"kind": "number", "value": value}


if __name__ == "__main__":
    main()
