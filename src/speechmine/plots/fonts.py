"""A font that has Chinese characters, or a word on how to get one."""

from __future__ import annotations

import functools
import os
import re
import warnings

__all__ = ["FontWarning", "chinese_font", "families"]

_PREFERRED = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Hiragino Sans GB",
    "Heiti SC",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Arial Unicode MS",
)
_LIKELY = re.compile(r"CJK|Han|Hei|Song|Sung|Ming|Kai|Fang|Droid Sans Fallback")
_SAMPLE = "政府工作报告"
_FALLBACK = "DejaVu Sans"
_HINT = (
    "no font with Chinese characters is installed, so they will show as boxes (没有中文字体，汉字会"
    "显示为方框). Install one, such as Noto Sans CJK SC: on Debian and Ubuntu `apt-get install "
    "fonts-noto-cjk`, on Fedora `dnf install google-noto-sans-cjk-fonts`; Windows and macOS bring "
    "their own. A font file is made known with matplotlib.font_manager.fontManager.addfont(PATH)."
)


class FontWarning(UserWarning):
    """No installed font has Chinese characters."""


def chinese_font() -> str | None:
    """The family that figures are set in: one chosen in rcParams, else one that is installed.

    Returns:
        Its name, or None where no installed font has Chinese characters.

    Example:
        >>> name = chinese_font()
        >>> name is None or isinstance(name, str)
        True
    """
    import matplotlib as mpl
    from matplotlib.font_manager import fontManager

    files = {entry.name: entry.fname for entry in reversed(fontManager.ttflist)}
    chosen = [*mpl.rcParams["font.family"], *mpl.rcParams["font.sans-serif"]]
    likely = sorted(name for name in files if _LIKELY.search(name))
    named = (name for name in (*chosen, *_PREFERRED, *likely) if name in files)
    return next((name for name in named if _has_chinese(os.fspath(files[name]))), None)


def families() -> list[str]:
    """Families in the order in which glyphs are looked for; warns where none has Chinese ones."""
    found = chinese_font()
    if found is None:
        warnings.warn(_HINT, FontWarning, stacklevel=2)
        return [_FALLBACK]
    return [found, _FALLBACK]


@functools.cache
def _has_chinese(path: str) -> bool:
    from matplotlib.ft2font import FT2Font

    try:
        known = FT2Font(path).get_charmap()
    except (OSError, RuntimeError):
        return False
    return all(ord(char) in known for char in _SAMPLE)
