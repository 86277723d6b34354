"""Numbers as word processors write them before a paragraph: 一, 壹, ①, 甲, iv, (1)."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["format_number"]

_DIGITS = "零一二三四五六七八九"
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹貳參肆伍陸柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
# Beyond these a list is damaged; the number is then written in plain digits.
_MOST_COUNTED = 9999
_MOST_ROMAN = 3999
_MOST_LETTERS = 26 * 30
# Signs with a number inside, (first sign, how many there are from 1 on).
_CIRCLES = ((0x2460, 20), (0x3251, 15), (0x32B1, 15))
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def format_number(number: int, name: str) -> str:
    """Write a number.

    Args:
        number: of a paragraph in its list, from 0.
        name: of the format (``ST_NumberFormat``); one that is not known gives plain digits.

    Example:
        >>> [format_number(n, "chineseCountingThousand") for n in (3, 10, 12, 20, 105, 110)]
        ['三', '十', '十二', '二十', '一百零五', '一百一十']
    """
    return _FORMATS.get(name, str)(number)


def _counting(number: int) -> str:
    """十二, 一百零五: as it is spoken."""
    if not 0 < number <= _MOST_COUNTED:
        return _DIGITS[0] if number == 0 else str(number)
    spoken = ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            spoken += _DIGITS[digit] + unit
        elif spoken and number % place and not spoken.endswith("零"):
            spoken += "零"
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken


def _digital(zero: str) -> Callable[[int], str]:
    """一〇五: digit for digit."""
    signs = str.maketrans("0123456789", zero + _DIGITS[1:])
    return lambda number: str(number).translate(signs)


def _legal(number: int, signs: dict[int, int] = _LEGAL) -> str:
    spoken = _counting(number)
    return ("一" + spoken if spoken.startswith("十") else spoken).translate(signs)


def _traditional_legal(number: int) -> str:
    return _legal(number, _TRADITIONAL_LEGAL)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _letters(number: int) -> str:
    """A, B ... Z, AA, BB: as Word goes on."""
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    left = number
    for first, count in _CIRCLES:
        if 0 < left <= count:
            return chr(first + left - 1)
        left -= count
    return str(number)


def _number_sign(first: int, plain: str) -> Callable[[int], str]:
    """A sign of its own up to 20, then ``plain``: ⑴ to ⒇, then (21)."""
    return lambda n: chr(first + n - 1) if 0 < n <= 20 else plain.format(n)


def _lower(write: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: write(number).lower()


def _no_number(_number: int) -> str:
    return ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": _no_number,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _number_sign(0x2474, "({})"),
    "decimalEnclosedFullstop": _number_sign(0x2488, "{}."),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "ideographDigital": _digital("〇"),
    "japaneseDigitalTenThousand": _digital("〇"),
    "taiwaneseDigital": _digital("○"),
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _traditional_legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": lambda n: chr(0x3220 + n - 1) if 0 < n <= 10 else str(n),
    "upperLetter": _letters,
    "lowerLetter": _lower(_letters),
    "upperRoman": _roman,
    "lowerRoman": _lower(_roman),
}
