"""Texts made to send a parser into more than linear time: seconds for a size, twice and four times.

    python benchmarks/traps.py [--size 50000]

Four times the text shall take about four times as long.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import speechmine

__all__ = ["PIECES", "TRAPS"]

#: The words that rules look for, and the marks that trip them, to be strung together.
PIECES = [
    "一、",
    "（一）",
    "1.",
    "一是",
    "——",
    "第一，",
    "首先，",
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
    "\r\n",
    "\t",
    "\u3000",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\x00",
    "\x0b",
    "\ud800",
    "X",
    "×",
    "某",
    "区财政局",
    "各乡镇",
    "牵头",
    "负责",
    "配合",
    "责任单位：",
    "要",
    "必须",
    "确保",
    "力争",
    "建立",
    "制定",
    "完成",
    "6月底前",
    "2024年",
    "〇",
    "二〇二四年",
    "两三",
    "百分之",
    "5%左右",
    "以上",
    "亿元",
    "万人",
    "9999999999999999999",
    "3.",
    ".5",
    "台账",
    "方案",
    "同志们",
    "今年以来",
    "去年",
    "明年",
    "到2025年",
    "每月",
    "汛期前",
    "汉" * 30,
    "區財政局",
    "負責",
    "制⽅案",
    "「",
    "」",
    "区 财 政 局 ",
    " 要　在 6 月 底  前 ",
]


def _lines(pattern: str, size: int) -> str:
    return pattern * (size // len(pattern))


#: Texts that grow, each of a kind that has sent a parser into more than linear time somewhere.
TRAPS: dict[str, Callable[[int], str]] = {
    "one line": lambda n: _lines("区财政局要在6月底前制定奖补方案，", n),
    "goals in one line": lambda n: _lines("确保年内投资增长8%左右，各区要完成整改，", n),
    "no mark at all": lambda n: _lines("推进建设完善机制加强管理", n),
    "one character": lambda n: "一" * n,
    "enumerators": lambda n: "\n".join(f"{k}.建立台账。" for k in range(n // 9)),
    "Chinese enumerators": lambda n: _lines("（一）抓好落实。\n", n),
    "inline enumerators": lambda n: _lines("一是建立台账；", n),
    "nested brackets": lambda n: "（" * (n // 2) + "）" * (n // 2),
    "open brackets": lambda n: "（" * n,
    "nested quotes": lambda n: "“" * (n // 2) + "”" * (n // 2),
    "book titles": lambda n: _lines("《关于", n),
    "digits": lambda n: "9" * n,
    "digits and marks": lambda n: _lines("1,", n),
    "percentages": lambda n: _lines("5%左右、", n),
    "years": lambda n: _lines("2024年", n),
    "dates": lambda n: _lines("3月5日至", n),
    "bodies": lambda n: _lines("区财政局、", n),
    "bodies without marks": lambda n: _lines("区财政局", n),
    "leads": lambda n: _lines("由区财政局牵头", n),
    "blanks": lambda n: " " * n,
    "line ends": lambda n: "\n" * n,
    "zero width": lambda n: _lines("台\u200b账\u200b", n),
    "right to left": lambda n: _lines("\u202e台账\u202c", n),
    "dashes": lambda n: "—" * n,
    "Chinese numbers": lambda n: _lines("一百二十三万", n),
    "colons": lambda n: _lines("责任单位：", n),
    "Traditional characters": lambda n: _lines("區財政局要在6月底前制定獎補方案，", n),
    "spread out": lambda n: _lines("区 财 政 局 要 在 6 月 底 前 制 定 方 案 ， ", n),
    "spread headings": lambda n: _lines("⼀ 、 整 頓 作 風 。\n", n),
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Adversarial texts: does time grow linearly?")
    parser.add_argument("--size", type=int, default=50_000)
    size = parser.parse_args().size
    speechmine.extract("区财政局要在6月底前制定奖补方案。")
    print("| trap | n | 2n | 4n | 4n : n |\n|---|---:|---:|---:|---:|")
    for name, make in TRAPS.items():
        took = [_seconds(make(size * factor)) for factor in (1, 2, 4)]
        cells = " | ".join(f"{t:.2f}" for t in took)
        print(f"| {name} | {cells} | {took[2] / took[0]:.1f} |", flush=True)


def _seconds(text: str) -> float:
    began = time.perf_counter()
    speechmine.extract(text)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
