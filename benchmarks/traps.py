"""Texts made to send a parser into more than linear time: seconds for a size and four times that.

    python benchmarks/traps.py [--size 50000]      kinds of text that grow
    python benchmarks/traps.py --units             units that were slow once, in four places
    python benchmarks/traps.py --random 2000 [--seed 1]

A unit is repeated in one line, a line each, before an ordinary order and behind it. A random one
is two to six words of the genre. Four times the text shall take about four times as long; what
takes more than 4.6 times is measured again, three times, and the least time counts.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections.abc import Callable, Iterable, Iterator

import speechmine

__all__ = ["ORDER", "PIECES", "PLACES", "TRAPS", "UNITS", "WORDS", "random_units"]

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


#: Units that took more than linear time once.
UNITS = [
    "。",
    "；",
    "！",
    "：",
    "（一）",
    "由",
    "第",
    "《",
    "1.",
    "完成",
    "其中，",
    "100万元",
    "增长5%，",
    "去年增长5%，今年增长6%，",
    "（责任单位：市发改委）",
    "5% 市必须每月5日前，",
    "X月（（一）",
    "三个工作日内a\t开展",
    "凡是报区政府，比上年增长5个百分点，",
    "和《方案》-",
    "过去一年，完成5项，市不得，",
    "一是-同比-55%-",
    " \u200b5%",
    "。区财政局和一要",
    "两三配合以上部门",
    "·.5和。",
    "一是!内一要结合1.",
]
#: More words for random units.
WORDS = (
    "同比 其中 和 《方案》 不得 应当 凡是 按照 结合 对 把 将 在 从 由 至 到 前 后 内 个 "
    "一是 年底 近日 三个工作日内 比上年 5个百分点 市 县 镇 村 部门 等 会议 汛期 春节 增长 "
    "下降 提高到 不低于 第一 十四五 目标 问题 存在 已经 一要 同时 a - — · / 【 】 ‘ ’ "
    "? ! ; : ,"
).split()
#: What stands beside a unit as prefix or suffix.
ORDER = "一、抓防汛\n区财政局要在6月底前制定奖补方案，投资增长5%以上。"
#: Where a unit is repeated.
PLACES: dict[str, Callable[[str, int], str]] = {
    "one line": _lines,
    "lines": lambda unit, n: _lines(f"{unit}\n", n),
    "prefix": lambda unit, n: _lines(unit, n) + ORDER,
    "suffix": lambda unit, n: ORDER + _lines(unit, n),
}
_SIZE, _MOST = 4_000, 4.6


def random_units(count: int, seed: int = 1) -> Iterator[str]:
    """Units of two to six words of the genre; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # to make texts, not secrets
    words = [*(piece for piece in PIECES if piece.isprintable() and len(piece) < 12), *WORDS]
    for _ in range(count):
        yield "".join(chance.choice(words) for _ in range(chance.randrange(2, 7)))


def main() -> None:
    """Print the table that is asked for."""
    parser = argparse.ArgumentParser(description="Adversarial texts: does time grow linearly?")
    parser.add_argument("--size", type=int, default=50_000)
    parser.add_argument("--units", action="store_true", help="units that were slow once")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="N random units")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    speechmine.extract("区财政局要在6月底前制定奖补方案。")
    gc.collect()
    gc.freeze()  # the rules are looked through for garbage once, not during some of the texts
    if asked.units or asked.random:
        units = random_units(asked.random, asked.seed) if asked.random else UNITS
        _print_units(units, every=not asked.random)
    else:
        _print_traps(asked.size)


def _print_traps(size: int) -> None:
    print("| trap | n | 2n | 4n | 4n : n |\n|---|---:|---:|---:|---:|")
    for name, make in TRAPS.items():
        took = [_seconds(make(size * factor)) for factor in (1, 2, 4)]
        cells = " | ".join(f"{t:.2f}" for t in took)
        print(f"| {name} | {cells} | {took[2] / took[0]:.1f} |", flush=True)


def _print_units(units: Iterable[str], *, every: bool) -> None:
    """A row for each unit, or for each that grows faster than it should; then how many did."""
    print(f"| unit | {' | '.join(PLACES)} |\n|---|---:|---:|---:|---:|")
    looked = slow = 0
    for unit in units:
        ratios = [_growth(unit, make) for make in PLACES.values()]
        looked, slow = looked + 1, slow + (max(ratios) > _MOST)
        if every or max(ratios) > _MOST:
            shown = " | ".join(f"{ratio:.1f}" for ratio in ratios)
            print(f"| {ascii(unit) if not unit.isprintable() else unit} | {shown} |", flush=True)
    print(f"\n{slow} of {looked} units above {_MOST}")


def _growth(unit: str, make: Callable[[str, int], str]) -> float:
    """How many times as long four times the text takes."""
    ratio = _seconds(make(unit, 4 * _SIZE)) / _seconds(make(unit, _SIZE))
    if ratio <= _MOST:
        return ratio
    small, large = (min(_seconds(make(unit, n)) for _ in range(3)) for n in (_SIZE, 4 * _SIZE))
    return large / small


def _seconds(text: str) -> float:
    """Of this process: what others do on the machine does not count."""
    began = time.process_time()
    speechmine.extract(text)
    return time.process_time() - began


if __name__ == "__main__":
    main()
