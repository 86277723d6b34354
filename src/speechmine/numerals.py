"""Chinese and Arabic numerals to :class:`~decimal.Decimal`, and the text in which they count.

Old reports write 百分之四点五 and 三千一百六十亿公斤 where new ones write 4.5% and 3160亿公斤.
"""

from __future__ import annotations

import functools
from decimal import Decimal

from speechmine.patterns import compiled

__all__ = [
    "ARABIC",
    "CAPITAL",
    "CHINESE",
    "DIGITS",
    "HALF_SIGN",
    "HUNDRED",
    "HUNDRED_MILLION",
    "MASK",
    "MIXED",
    "MULTIPLIER",
    "NUMBER",
    "TEN_THOUSAND",
    "TWO",
    "UNPARSED",
    "approximate",
    "parse_multiplier",
    "parse_number",
    "with_full_marks",
    "without_names",
]

#: 1,200 and 4.5 and 2024.
ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
#: 一百二十, 三千一百六十, 六点五; inner 万 and 亿 only with more of the number behind them.
CHINESE = (
    r"[〇零一二两三四五六七八九十]"
    r"(?:[〇零一二两三四五六七八九十百]|千(?![克瓦米])|[万亿](?=[〇零一二两三四五六七八九])){0,20}"
    r"(?:点[〇零一二三四五六七八九]{1,8})?"
)
#: 1千2百, 4万一千, 3万五千: figures and characters in one number, a power behind each but the last.
MIXED = (
    rf"{ARABIC}(?:[亿万千百](?=[\d零一二两三四五六七八九])"
    r"(?:\d{1,4}(?:\.\d+)?|(?:[零一二两三四五六七八九十百]|千(?![克瓦米])){1,8}))+"
    r"(?:百(?!分)|千(?![克瓦米赫伏]))?"
)
#: 伍佰, 叁拾贰; one capital alone is a word (队伍, 陆地) unless money is told with it.
CAPITAL = r"[壹贰叁肆伍陆柒捌玖](?:[拾佰仟][零壹贰叁肆伍陆柒捌玖拾佰仟]{0,12}|(?=[万亿]{1,2}元))"
#: Digits that an anonymised text hides.
MASK = r"[X×]{1,4}(?:\.[X×]{1,4})?"
#: What a unit keeps: 万亿元, 亿公斤.
MULTIPLIER = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![克瓦米卡赫伏])|百(?!分))"
#: Any written number with a value.
NUMBER = rf"(?:{ARABIC}|{CHINESE})"
#: Stands for every character of a name that holds no number to read.
UNPARSED = "\ue000"

#: What stands before a number below zero; 零下九度 of a temperature.
_MINUS = ("-", "负", "零下")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS |= {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {str(i): i for i in range(10)}  # 1千2百, 4万一千
_DIGITS |= {"两": 2, "貳": 2, "參": 3, "陸": 6, "幺": 1, "弐": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_POWERS |= {"拾": 10, "佰": 100, "仟": 1000, "萬": 10**4, "億": 10**8}
_POWERS |= {"廿": 20, "卅": 30}
_ALIKE = str.maketrans("０１２３４５６７８９．，％－＋", "0123456789.,%-+")
_PLAIN = compiled(rf"{ARABIC}$")
_NAMES = compiled(r"“[^“”。\n]{0,60}”|《[^《》\n]{0,80}》|‘[^‘’。\n]{0,40}’|「[^「」。\n]{0,60}」")
#: Digits, the half and the powers by which numbers are told, as the script writes them.
DIGITS, TWO = "一二三四五六七八九", "两"
HALF_SIGN, HUNDRED, TEN_THOUSAND, HUNDRED_MILLION = "半", "百", "万", "亿"

_NEIGHBOURS = "一二|一两|两三|二三|三四|三五|四五|五六|六七|七八|八九"
_ABOUT = compiled(
    rf"(?P<head>(?:[一二三四五六七八九两]?千)?(?:[一二三四五六七八九两]?百)?(?:[一二三四五六七八九]?十)?)"
    rf"(?P<digits>{_NEIGHBOURS})(?P<tail>[十百千]?)"
)
_FULL = {",": "，", ".": "。", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
# The mark itself stands first in the pattern: ``re`` passes over all places without one.
_HALF_WIDTH = compiled(
    r"[;!?(),:.](?:(?<=[;!?()])|(?<=[,:])(?:(?<!\d.)|(?!\d))"
    r"|(?<=[\u4e00-\u9fff]\.)|(?<=[)%” ]\.)(?!\d))"
)
_VAGUE_TAIL = "多余几来"


def parse_number(text: str) -> Decimal | None:
    """The value of one written number.

    Args:
        text: nothing but the number; a vague tail (十多) is left out of account.

    Returns:
        The value, or None where the text is no number. Percentages and tenths are parts
        of one: 五成 is 0.5.

    Example:
        >>> [str(parse_number(x)) for x in ("一百二十", "1.2万亿", "五成", "百分之四点五", "1,200")]
        ['120', '1200000000000', '0.5', '0.045', '1200']
    """
    return _parsed(text)


@functools.lru_cache(maxsize=4096)
def _parsed(text: str) -> Decimal | None:
    """A report writes the same few hundred numbers again and again."""
    clean = text.strip().translate(_ALIKE).replace(" ", "")
    minus = next((sign for sign in _MINUS if clean.startswith(sign)), "")
    if minus:
        value = _parsed(clean[len(minus) :])
        return None if value is None else -value
    value = _ratio(clean.rstrip(_VAGUE_TAIL) or clean)
    return None if value is None else _without_exponent(value)


def parse_multiplier(text: str) -> Decimal:
    """The factor of a multiplier such as 万亿; one for the empty string.

    Example:
        >>> str(parse_multiplier("万亿"))
        '1000000000000'
    """
    factor = Decimal(1)
    for character in text:
        factor *= _POWERS[character]
    return factor


def approximate(text: str) -> tuple[Decimal, Decimal] | None:
    """The two ends of a number told by two neighbouring digits; None where it is no such number.

    Example:
        >>> [[str(end) for end in approximate(x) or ()] for x in ("七八十", "十二三", "七八九")]
        [['70', '80'], ['12', '13'], []]
    """
    parts = None if text.isascii() else _ABOUT.fullmatch(text)
    if parts is None:
        return None
    head, digits, tail = parts["head"], parts["digits"], parts["tail"]
    low, high = (parse_number(head + digit + tail) for digit in digits)
    return None if low is None or high is None else (low, high)


def without_names(text: str) -> str:
    """The text, equally long, with all that stands in “ ” or 《 》 blanked out.

    What a quotation or a title holds is a name: “三区带动” counts no districts.

    Example:
        >>> without_names("实施“1+2”行动").replace(UNPARSED, "_")
        '实施_____行动'
    """
    return _NAMES.sub(lambda match: UNPARSED * len(match[0]), text)


def with_full_marks(text: str) -> str:
    """The text, equally long, with the marks of a Chinese sentence in their full width.

    Typists leave the half width in: 设考场42个,考生1253人.到位. A mark between digits stays.

    Example:
        >>> with_full_marks("考生1,253人,教师80人.")
        '考生1,253人，教师80人。'
    """
    return _HALF_WIDTH.sub(lambda mark: _FULL[mark[0]], text)


def _without_exponent(value: Decimal) -> Decimal:
    """Without exponent or trailing zeros, so that equal values print alike."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if value == whole else value.normalize()


def _ratio(text: str) -> Decimal | None:
    if "分之" in text:
        below, _, above = text.partition("分之")
        return _fraction(below, above)
    if text.endswith("%"):
        return _times_scale(text[:-1], Decimal("0.01"))
    if text.endswith(("成半", "成")):
        extra = Decimal("0.05") if text.endswith("半") else Decimal(0)
        value = _times_scale(text.rstrip("半").removesuffix("成"), Decimal("0.1"))
        return None if value is None else value + extra
    return _mixed(text)


def _times_scale(text: str, scale: Decimal) -> Decimal | None:
    value = _mixed(text)
    return None if value is None else value * scale


def _fraction(below: str, above: str) -> Decimal | None:
    """三分之一, 百分之四点五, 一又二分之一."""
    whole, _, below = below.rpartition("又")
    parts = [_mixed(whole) if whole else Decimal(0), _mixed(below), _mixed(above)]
    if any(part is None for part in parts) or not parts[1]:
        return None
    first, denominator, numerator = (part or Decimal(0) for part in parts)
    return first + numerator / denominator


def _mixed(text: str) -> Decimal | None:
    """Digits of either script with 十百千万亿 among them: 3万4000, 二十点一万."""
    if _PLAIN.match(text):
        return Decimal(text.replace(",", ""))
    head = text.rstrip("万亿萬億兆")
    if _PLAIN.match(head.rstrip("千百")):  # 3千万
        head = head.rstrip("千百")
    if head != text and (_PLAIN.match(head) or "点" in head):
        value = _mixed(head)
        return None if value is None else value * parse_multiplier(text[len(head) :])
    if text.count("点") == 1:
        return _decimal_point(*text.split("点"))
    return _whole_number(text)


def _decimal_point(whole: str, behind: str) -> Decimal | None:
    if not behind or any(c not in _DIGITS for c in behind):
        return None
    front = _whole_number(whole)
    digits = "".join(str(_DIGITS[c]) for c in behind)
    return None if front is None else front + Decimal(f"0.{digits}")


def _whole_number(text: str) -> Decimal | None:
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    for big in "兆亿億万萬":
        if big in text:
            return _split_at(text, big)
    return _below_myriad(text)


def _split_at(text: str, big: str) -> Decimal | None:
    """一亿两千三百万: what stands before the power counts it, what stands behind is added."""
    front, _, behind = text.rpartition(big)
    high = _mixed(front)
    low = _mixed(behind.lstrip("零〇")) if behind else Decimal(0)
    if high is None or low is None:
        return None
    if len(behind) == 1 and behind in _DIGITS:  # 两万三 is 23,000
        low *= _POWERS[big] // 10
    return high * _POWERS[big] + low


def _below_myriad(text: str) -> Decimal | None:
    total, digit, unit = Decimal(0), None, 0
    for character in text:
        if character in _POWERS:
            unit = _POWERS[character]
            total += unit * Decimal(digit or 1)
            digit = None
        elif digit in (None, 0) and character in _DIGITS:
            digit = _DIGITS[character]
            unit = 1 if digit == 0 else unit
        else:
            return None
    if digit and unit >= 100:  # 七百三 is 730, 七百零三 is 703
        digit = digit * unit // 10
    return total + (digit or 0)
