"""Coverage-guided fuzzing by hand: texts and files that nobody would write.

    pip install atheris
    python scripts/fuzz.py text -max_total_time=1800
    python scripts/fuzz.py files -max_total_time=1800

What is looked for: any exception but a clear refusal, and any record whose span does not hold
its words. Further arguments go to libFuzzer; what it finds stands in ``crash-*`` files.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import atheris  # type: ignore[import-not-found,unused-ignore]

with atheris.instrument_imports(include=["speechmine"]):
    import speechmine
    from speechmine.errors import ReadError
    from speechmine.readers import read_bytes

    # What is loaded on first use would not be seen by the fuzzer.
    for package in ("readers", "segment", "extractors", "assemble", "rules"):
        folder = importlib.import_module(f"speechmine.{package}").__path__
        for module in pkgutil.iter_modules(folder, f"speechmine.{package}."):
            importlib.import_module(module.name)

# Words that rules look for; the fuzzer strings them together.
WORDS = [
    "一、",
    "（一）",
    "1.",
    "一是",
    "第一，",
    "①",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "。",
    "；",
    "，",
    "、",
    "：",
    "\n",
    "\u3000",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\x00",
    "区财政局",
    "各区、各部门",
    "要",
    "确保",
    "力争",
    "不得",
    "牵头",
    "配合",
    "会同",
    "由",
    "3月底前",
    "2024年",
    "年底前",
    "每周",
    "增长",
    "8%左右",
    "以上",
    "100个",
    "亿元",
    "投资",
    "完成",
    "制定",
    "方案",
    "报告",
    "同志们",
    "今年",
    "去年",
    "过去一年",
    "X",
    "×",
    "\t",
    "任务",
    "责任单位",
    "时限",
    "其中",
    "分别",
    "以内",
    "至少",
    "三分之一",
    "1.2万",
    "“十四五”",
    "附件",
    "目标是：",
]
SUFFIXES = (
    ".txt",
    ".md",
    ".html",
    ".docx",
    ".pdf",
    ".ofd",
    ".rtf",
    ".doc",
    ".csv",
    ".xlsx",
    ".zip",
)


def check(result: speechmine.Extraction) -> None:
    """Each record holds the words of its span."""
    text = result.document.text
    for record in (*result.segments, *result.tasks, *result.metrics):
        if record.start is not None and text[record.start : record.end] != record.text:
            raise AssertionError(record)


def text(data: bytes) -> None:
    """A text of words of the genre and of anything else."""
    source = atheris.FuzzedDataProvider(data)
    pieces = []
    while source.remaining_bytes() and len(pieces) < 400:
        n = source.ConsumeIntInRange(0, len(WORDS) + 8)
        pieces.append(WORDS[n] if n < len(WORDS) else source.ConsumeUnicode(4))
    check(speechmine.extract("".join(pieces), date="2024-02-01", mode="full"))


def files(data: bytes) -> None:
    """Bytes with the name of any kind of file."""
    source = atheris.FuzzedDataProvider(data)
    suffix = SUFFIXES[source.ConsumeIntInRange(0, len(SUFFIXES) - 1)]
    try:
        document = read_bytes(source.ConsumeBytes(source.remaining_bytes()), id="a", suffix=suffix)
    except ReadError:
        return
    check(speechmine.extract(document))


if __name__ == "__main__":
    target = {"text": text, "files": files}.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if target is None:
        sys.exit(__doc__)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target)
    atheris.Fuzz()
