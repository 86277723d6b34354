"""Values of a sheet are read as its cells show them."""

from __future__ import annotations

import datetime as dt

import pytest

from speechmine.readers.tables.sheet_formats import Value, builtin_format, displayed

DAY = dt.datetime(2024, 12, 1)  # noqa: DTZ001  # a sheet knows no zones
ACCOUNTS = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '

CASES: list[tuple[str, Value, str]] = [
    # Days: as much of them as is shown.
    ('yyyy"年"m"月"', DAY, "2024年12月"),
    ("yyyy年m月", DAY, "2024年12月"),
    ('m"月"d"日"', DAY, "12月1日"),
    ('[$-804]yyyy"年"m"月"d"日";@', DAY, "2024年12月1日"),
    ('[DBNum1][$-804]yyyy"年"m"月"d"日"', dt.date(2024, 12, 11), "二〇二四年十二月十一日"),
    ("yyyy/m/d", DAY, "2024/12/1"),
    (r"yyyy\-mm", DAY, "2024-12"),
    ("yyyy.m", DAY, "2024.12"),
    ("yyyy", DAY, "2024"),
    ("aaaa", DAY, "星期日"),
    ("General", DAY, "2024-12-01"),
    ("yyyy/m/d h:mm", DAY.replace(hour=9, minute=5), "2024/12/1 9:05"),
    ("yyyy-mm-dd h:mm:ss", DAY, "2024-12-01"),
    ("上午/下午h:mm", dt.time(15, 5), "下午15:05"),
    ("h:mm:ss", dt.time(9, 3, 7), "9:03:07"),
    # An order that can be read in two ways is written out.
    ("mm-dd-yy", DAY, "2024-12-01"),
    ("m/d/yyyy", DAY, "2024-12-01"),
    ("mmm-yy", DAY, "2024-12"),
    # Numbers.
    ("0%", 1, "100%"),
    ("0.0%", 0.065, "6.5%"),
    ("0%", 0.654, "65%"),
    ("#,##0", 12345, "12,345"),
    ("#,##0.00_);(#,##0.00)", -1234.5, "(1,234.50)"),
    (ACCOUNTS, 1234.5, "1,234.50"),
    (ACCOUNTS, -5, "-5.00"),
    (ACCOUNTS, 0, "-"),
    ("[Red]0.00;[Green]-0.00", -3.2, "-3.20"),
    ("0", 2.5, "3"),
    ("0.00", -0.001, "0.00"),
    ("000", 7, "007"),
    ("0.##", 3.0, "3"),
    ('0.0,,"百万"', 12345678, "12.3百万"),
    ("[$¥-804]#,##0.00", 12.5, "¥12.50"),
    # With words around them.
    ('0"个"', 3, "3个"),
    ('0"月底前"', 6, "6月底前"),
    ("第0季度", 3, "第3季度"),
    ("第General季度", 3, "第3季度"),
    ('G/通用格式"万"', 5, "5万"),
    ('"增长"0.0%', 0.056, "增长5.6%"),
    # Plain.
    ("General", 0.1 + 0.2, "0.3"),
    ("General", 12, "12"),
    ("@", " 修渠 ", "修渠"),
    ("0", True, "TRUE"),
    ("0", None, ""),
    # Not read: the value itself.
    ("# ?/?", 0.5, "0.5"),
    ("0.00E+00", 12345678, "12345678"),
    ('[=1]"是";[=0]"否";0', 1, "1"),
    ("0", float("inf"), "inf"),
    ("[h]:mm", dt.timedelta(hours=3), "3:00:00"),
]


@pytest.mark.parametrize(("form", "value", "text"), CASES)
def test_what_a_cell_shows(form: str, value: Value, text: str) -> None:
    assert displayed(value, form) == text


def test_formats_of_chinese_editions_that_stand_in_no_file() -> None:
    assert builtin_format(57) == 'yyyy"年"m"月"'
    assert builtin_format(0) is None
