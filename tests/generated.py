"""Texts of the genre at random, of many kinds: splices, times, numbers, widths, tables, headings.

Each kind is a function of a source of chance; the same seed gives the same text. Places and
bodies are made up.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

__all__ = ["DATES", "KINDS", "TABLES", "text_of"]

#: Days of the speech, those at the ends of the calendar among them.
DATES = (
    None,
    "2024-01-08",
    "2024-02-29",
    "2023-12-31",
    "2026-06-15",
    "0001-01-01",
    "0999-12-31",
    "1000-01-01",
    "1004-03-01",
    "9995-11-30",
    "9998-12-31",
    "9999-01-01",
    "9999-06-15",
    "9999-12-31",
)
_BODIES = (
    "区财政局 市发改委 各乡镇 各单位 县水务局、农业局 市住建局（林草办） 区纪委监委 有关部门 "
    "开发区管委会"
).split()
_MODALS = ["要", "必须", "应当", "须", "确保", "力争", "不得", "严禁", "请", "务必", "也要", ""]
_ACTIONS = (
    "制定奖补方案 完成管网改造 建立防汛台账 报送实施方案 新建小学 开展排查 抓好落实 召开推进会 "
    "把问题整改到位 拆除违建 投资增长 通车 出台《办法》 "
).split(" ")
_MARKS = (
    "，",
    "。",
    "；",
    "：",
    "、",
    "！",
    "？",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "\n",
    "—",
    "\t",
)
_YEARS = (
    "2024 2025 1999 1000 1001 9998 9999 0000 0001 12024 二〇二五 二0二四 98 X〇二四 20XX".split()
)
_UNITS = "% 个百分点 亿元 万元 万亿元 个 公里 人 户 万人 亩 项 件 度 ‰ 立方米/秒".split()
_DIGITS = (
    "0 1 3 5 7 8 10 12 13 20 30 31 32 60 99 100 365 1000 99999 一 两 三五 几 半 十二 百 零 X"
).split()
_COUNTS = "年 个月 月 天 日 周 星期 个工作日 季度 小时 分钟 年半 个半月".split()
_HOLIDAYS = "元旦 春节 清明 五一 国庆 除夕 中秋 端午 冬至 腊八 小年 元宵 重阳 立春".split()

Chance = random.Random


def _some(chance: Chance, *words: str) -> str:
    return chance.choice(words)


def _number(chance: Chance) -> str:
    long = chance.choice("19二九") * chance.choice((5, 30, 400, 5000))
    shown = f"{chance.randrange(10**4)}.{chance.randrange(100)}"
    return chance.choice((chance.choice(_DIGITS), str(chance.randrange(500)), shown, long, "1,234"))


def _small(chance: Chance) -> str:
    return chance.choice((chance.choice(_DIGITS), str(chance.randrange(40))))


def _order(chance: Chance, time: str = "", number: str = "") -> str:
    """A sentence of the genre around a time or a number."""
    body, modal, action = (chance.choice(words) for words in (_BODIES, _MODALS, _ACTIONS))
    forms = (
        f"{body}{modal}{time}{action}{number}。",
        f"{time}，{body}{modal}{action}{number}。",
        f"{time}{modal}{action}，{number}；",
        f"由{body}牵头，{action}{number}，{time}完成。",
        f"{action}{number}（责任单位：{body}，{time}）",
        f"一是{action}，{time}{number}。",
        f"{time}{number}",
    )
    return chance.choice(forms)


def _time(make: Callable[[Chance], str]) -> Callable[[Chance], str]:
    def kind(chance: Chance) -> str:
        return "".join(_order(chance, time=make(chance)) for _ in range(chance.randrange(1, 4)))

    return kind


def _figure(make: Callable[[Chance], str]) -> Callable[[Chance], str]:
    def kind(chance: Chance) -> str:
        return "".join(_order(chance, number=make(chance)) for _ in range(chance.randrange(1, 4)))

    return kind


def _side(chance: Chance) -> str:
    return _some(
        chance, "前", "之前", "底前", "内", "起", "以来", "后", "末", "初", "", "左右", "及以前"
    )


def _range(chance: Chance, make: Callable[[Chance], str]) -> str:
    lead = _some(chance, "", "从", "自", "即日起", "今天起", "到", "由")
    return f"{lead}{make(chance)}{_some(chance, '至', '到', '-', '—', '、', '和')}{make(chance)}"


def _month_day(chance: Chance) -> str:
    return f"{_small(chance)}月{_some(chance, '', _small(chance) + '日', '底', '上旬', '份')}"


def _date(chance: Chance) -> str:
    return f"{chance.choice(_YEARS)}年{_month_day(chance)}"


def _relative(chance: Chance) -> str:
    return chance.choice(
        (
            "今年 明年 去年 后年 前年 本月 下月 上月29日 本周 下周五 下下周 这周 上周八 今天 "
            "明早 后天 昨天 月底 年底 季末 下季度 今明两年 今明两天 本世纪 现在 即日"
        ).split()
    )


def _length(chance: Chance) -> str:
    lead = _some(
        chance, "", "未来", "过去", "今后", "近", "下", "后", "提前", "会后", "不超过", "每", "每隔"
    )
    count, unit = _number(chance), chance.choice(_COUNTS)
    return f"{lead}{count}{unit}{_some(chance, '内', '以内', '后', '前', '来', '左右', '以上', '')}"


_TIMES: Mapping[str, Callable[[Chance], str]] = {
    "dates": lambda c: _date(c) + _side(c),
    "months": lambda c: _month_day(c) + _side(c),
    "years": lambda c: f"{c.choice(_YEARS)}年{_side(c)}",
    "runs of dates": lambda c: _range(c, _date) + _side(c),
    "runs of months": lambda c: _range(c, _month_day) + _side(c),
    "runs of years": lambda c: _range(c, lambda d: f"{d.choice(_YEARS)}年"),
    "runs of relative times": lambda c: _range(c, _relative) + _side(c),
    "relative times": lambda c: _relative(c) + _side(c),
    "relative and dated": lambda c: _relative(c) + _month_day(c) + _side(c),
    "dates in figures": lambda c: "-".join((c.choice(_YEARS), _small(c), _small(c))) + _side(c),
    "short dates": lambda c: f"{_small(c)}.{_small(c)}{_side(c)}",
    "compact dates": lambda c: f"{c.choice(_YEARS)}{_small(c)}{_small(c)}{_side(c)}",
    "bare days": lambda c: f"{_small(c)}{_some(c, '日', '号', '、18两天')}{_side(c)}",
    "quarters": lambda c: (
        f"{_some(c, '前', '第', '')}{_small(c)}{_some(c, '季度', '个月')}{_side(c)}"
    ),
    "lengths": _length,
    "runs of lengths": lambda c: _range(c, lambda d: _small(d) + d.choice(_COUNTS)) + "内",
    "cycles": lambda c: (
        f"每{_small(c)}{c.choice(_COUNTS)}{_small(c)}{_some(c, '日前', '号', '末', '')}"
    ),
    "cycles with a day": lambda c: f"每{_some(c, '年', '月', '季', '周')}{_month_day(c)}{_side(c)}",
    "holidays": lambda c: (
        f"{_some(c, '', _relative(c))}{c.choice(_HOLIDAYS)}{_some(c, '期间', '前后', _side(c))}"
    ),
    "five-year plans": lambda c: f"“{_small(c)}五”{_some(c, '期间', '末', '以来', '时期', '规划')}",
    "decades": lambda c: f"{_some(c, '', '本世纪', '21世纪', '99世纪')}{_small(c)}0年代{_side(c)}",
    "masked times": lambda c: f"{_some(c, 'X', '20XX', '某')}年X月{_some(c, '', 'X日')}{_side(c)}",
    "events": lambda c: (
        f"{_some(c, '汛期', '会', '项目竣工', '合同签订')}{_some(c, '前', '后')}{_length(c)}"
    ),
}
_NUMBERS: Mapping[str, Callable[[Chance], str]] = {
    "figures": lambda c: _number(c) + c.choice(_UNITS),
    "runs of figures": lambda c: f"{_number(c)}-{_number(c)}{c.choice(_UNITS)}",
    "runs with units": lambda c: _range(c, lambda d: _number(d) + d.choice(_UNITS)),
    "tolerances": lambda c: f"{_number(c)}±{_number(c)}{c.choice(_UNITS)}",
    "signs": lambda c: f"{_some(c, '-', '负', '增长-', '±')}{_number(c)}{c.choice(_UNITS)}",
    "fractions": lambda c: f"{_number(c)}分之{_number(c)}{_some(c, '', '以上', '至八')}",
    "bounds": lambda c: (
        _some(c, "不低于", "超过", "近", "至少")
        + _number(c)
        + c.choice(_UNITS)
        + _some(c, "以上", "")
    ),
    "Chinese figures": lambda c: (
        "".join(c.choice("一二三九十百千万亿点零两〇") for _ in range(8)) + c.choice(_UNITS)
    ),
    "powers": lambda c: f"{_number(c)}{_some(c, '亿', '万', '千')}{_number(c)}{c.choice(_UNITS)}",
    "small change": lambda c: f"{_number(c)}元{_small(c)}角{_small(c)}分",
    "neighbours": lambda c: (
        f"{_some(c, '七八', '三五', '两三')}{_some(c, '十', '百', '')}{c.choice(_UNITS)}"
    ),
    "growth": lambda c: f"增长{_number(c)}%、{_number(c)}%和{_number(c)}%，其中出口{_number(c)}%",
    "from and to": lambda c: f"由{_number(c)}%{_some(c, '提高到', '降到', '压减至')}{_number(c)}%",
    "masked figures": lambda c: f"{_some(c, 'X', 'XX.X', '××')}{c.choice(_UNITS)}{_number(c)}",
    "halves": lambda c: (
        f"{_some(c, '过半', '一半', '近半', '零', '三成五', '百分之百')}{c.choice(_UNITS)}"
    ),
}


def _speech(chance: Chance) -> str:
    """Some sentences with times and figures of any kind under headings."""
    sentences = []
    for number in "一二三":
        times, figures = (chance.choice(tuple(kinds.values())) for kinds in (_TIMES, _NUMBERS))
        order = _order(chance, times(chance), figures(chance))
        sentences += [f"{number}、{chance.choice(_ACTIONS)}", order, f"（{number}）{order}"]
    return "\n".join(sentences)


def _spliced(change: Callable[[Chance, str, int, int], str]) -> Callable[[Chance], str]:
    def kind(chance: Chance) -> str:
        text = _speech(chance)
        for _ in range(chance.randrange(1, 5)):
            first, last = sorted(chance.randrange(len(text) + 1) for _ in range(2))
            text = change(chance, text, first, min(last, first + 60))
        return text

    return kind


_SPLICES: Mapping[str, Callable[[Chance, str, int, int], str]] = {
    "cut out": lambda _, t, a, b: t[:a] + t[b:],
    "doubled": lambda _, t, a, b: t[:b] + t[a:],
    "turned round": lambda _, t, a, b: t[:a] + t[a:b][::-1] + t[b:],
    "marks put in": lambda c, t, a, _: t[:a] + c.choice(_MARKS) * c.randrange(1, 4) + t[a:],
    "in brackets": lambda c, t, a, b: (
        t[:a] + c.choice(("（{}）", "“{}”", "《{}》")).format(t[a:b]) + t[b:]
    ),
    "lines broken": lambda _, t, a, b: t[:a] + "\n" + t[a:b] + "\n" + t[b:],
    "lines joined": lambda _, t, a, b: t[:a] + t[a:b].replace("\n", "") + t[b:],
    "without marks": lambda _, t, a, b: t[:a] + re.sub("[，。；、：]", "", t[a:b]) + t[b:],
    "moved": lambda _, t, a, b: t[b:] + t[a:b] + t[:a],
}
_WIDE = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
_NARROW = str.maketrans("，。；：（）！？", ",.;:()!?")
_TRADITIONAL = str.maketrans("区财务单发县制台账实", "區財務單發縣製臺賬實")
_WIDTHS: Mapping[str, Callable[[Chance, str], str]] = {
    "full width": lambda _, t: t.translate(_WIDE),
    "half width": lambda _, t: t.translate(_NARROW),
    "spread out": lambda c, t: c.choice((" ", "\u3000", "  ")).join(t),
    "not to be seen": lambda c, t: c.choice(("\u200b", "\ufeff", "\u00ad")).join(t),
    "Traditional": lambda _, t: t.translate(_TRADITIONAL),
    "blanks in numbers": lambda c, t: re.sub(
        r"(?<=\d)(?=[\d%年月日])", c.choice((" ", "\n", "\t")), t
    ),
    "other line ends": lambda c, t: t.replace(
        "\n", c.choice(("\r\n", "\r", "\u2028", "\x0b", "\n\n"))
    ),
}


def _written(change: Callable[[Chance, str], str]) -> Callable[[Chance], str]:
    return lambda chance: change(chance, _speech(chance))


def _table(chance: Chance, mark: str) -> str:
    heads = ["序号", "工作任务", "责任单位", "完成时限", "目标值", "备注"]
    chance.shuffle(heads)
    rows = [heads]
    for number in range(chance.randrange(1, 5)):
        times, figures = (chance.choice(tuple(kinds.values())) for kinds in (_TIMES, _NUMBERS))
        cells = {
            "序号": str(number + 1),
            "工作任务": _order(chance, times(chance), figures(chance)).replace("\n", ""),
            "责任单位": chance.choice(_BODIES),
            "完成时限": times(chance),
            "目标值": figures(chance),
        }
        rows.append([cells.get(head, "") if chance.random() < 0.9 else "" for head in heads])
    return "\n".join(mark.join(row) for row in rows)


#: Kinds that are files of tables, with their suffix.
TABLES: Mapping[str, tuple[str, Callable[[Chance], str]]] = {
    "tables with tabs": (".tsv", lambda c: _table(c, "\t")),
    "tables with commas": (".csv", lambda c: _table(c, ",")),
    "tables in Markdown": (".md", lambda c: re.sub("(?m)^(.*)$", r"|\1|", _table(c, "|"), count=0)),
    "tables among text": (".txt", lambda c: f"{_speech(c)}\n{_table(c, chr(9))}\n{_speech(c)}"),
}
_OUTLINES: Mapping[str, Callable[[Chance], str]] = {
    "headings": lambda c: "\n".join(
        f"{n}、{c.choice(_ACTIONS)}{_some(c, '', '。', '：')}\n{_order(c)}" for n in "一二三"
    ),
    "torn headings": lambda c: re.sub(
        "(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])",
        lambda _: c.choice(("", "", "\n", " ")),
        _speech(c),
    ),
    "items in one line": lambda c: "".join(f"{n}是{_order(c, _date(c))}" for n in "一二三"),
}

#: Every kind by its name.
KINDS: Mapping[str, Callable[[Chance], str]] = {
    **{name: _time(make) for name, make in _TIMES.items()},
    **{name: _figure(make) for name, make in _NUMBERS.items()},
    **{name: _spliced(change) for name, change in _SPLICES.items()},
    **{name: _written(change) for name, change in _WIDTHS.items()},
    **{name: make for name, (_, make) in TABLES.items()},
    **_OUTLINES,
}


def text_of(kind: str, seed: int) -> tuple[str, str | None]:
    """A text of a kind, and the day of the speech; the same for the same seed."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311  # to make texts, not secrets
    return KINDS[kind](chance), chance.choice(DATES)
