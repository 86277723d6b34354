"""Make the file of prepared patterns of this interpreter, inside the package.

    python -m speechmine.preparing

The build of a wheel and the installation from sources do it by themselves (``hatch_build.py``).
Whoever installs a wheel that another version of Python built may call it once; without the file
everything works the same, and a first text takes longer. Nothing else of speechmine writes there.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from speechmine.patterns import Asked, listening
from speechmine.prepared import Code, PatternKey, Prepared, prepared_file, stored

__all__ = ["prepare", "write"]

# So many times it is searched as a whole text is.
_LONG_ENOUGH = 3
# In the code of a pattern: how long its head is, and whether that knows a beginning.
_HEAD, _KNOWN = 1, 2
#: A text of the kind that is read, for what is asked for only when one is there.
_SPEECH = """\
在全县经济工作会议上的讲话
县长　林远山
（2024年1月8日）
同志们：
一、2023年工作回顾
全县生产总值增长6.5%，粮食产量达到12.3万吨，比上年增长1.2个百分点。
新建农田2.3万亩，改造小区12个，惠及群众3000余户，修路近30公里，人均增收500元以上，占比超过60%。
三年来引进企业20家，获批资金2亿多元，建成全省第一条生产线，完成率达到八成，评为全国百强县。
二、2024年工作安排
（一）抓好供水。县水利局要在6月底前制定方案，力争年内完成投资1.2亿元以上。
一是修渠。各镇要尽快报县政府备案（牵头单位：县水利局；配合单位：县财政局）。
二是节水。县水利局要出台节水补助办法，各镇要搞好试点，总结经验，全面推行，新增灌溉面积1万亩。
"""


def prepare() -> Prepared:
    """Compile all patterns of the shipped rules and of the code that reads by them."""
    with listening() as asked:
        # Patterns of modules are compiled as the modules are loaded.
        from speechmine.pipeline import extract
        from speechmine.rules.loader import default_rules
        from speechmine.rules.matcher import Matcher

        extract(_SPEECH * _LONG_ENOUGH, mode="full")
        for table in default_rules().tables.values():
            Matcher(table).prepare()  # also those that the text gave no occasion for
    return of_asked(asked)


def of_asked(asked: Asked) -> Prepared:
    """What is known of the patterns that were asked for."""
    from speechmine.rules import gates
    from speechmine.rules.gates import gate_parts
    from speechmine.rules.loader import stored_tables
    from speechmine.rules.openings import openings_anew

    return Prepared(
        dict(_coded(sorted(asked.patterns))),
        {pattern: openings_anew(pattern) for pattern in sorted(asked.openings)},
        {pattern: gate_parts(gates.worked_out(pattern)) for pattern in sorted(asked.gates)},
        *stored_tables(),
    )


def _coded(keys: Iterable[PatternKey]) -> Iterator[tuple[PatternKey, Code]]:
    from re import _parser  # type: ignore[attr-defined]

    for pattern, flags in keys:
        parsed: Any = _parser.parse(pattern, flags)
        plain = re.compile(pattern, flags)
        groups = [""] * plain.groups
        for name, at in plain.groupindex.items():
            groups[at - 1] = name
        yield (
            (pattern, flags),
            Code(flags | parsed.state.flags, groups, _code_words(parsed, flags)),
        )


def _code_words(parsed: Any, flags: int) -> Sequence[int]:
    """The code of a pattern, told more of what a match begins with than ``re`` finds out.

    A search runs over characters that no match begins with many times as fast where the head of
    the code holds those that one may begin with (:mod:`speechmine.rules.openings`).
    """
    from re import _compiler  # type: ignore[attr-defined]

    from speechmine.rules.openings import opening_class

    words: Sequence[int] = _compiler._code(parsed, flags)  # noqa: SLF001
    opening = None if flags or words[_KNOWN] else opening_class(parsed)
    if opening is None:
        return words
    opening.width = parsed.getwidth()
    head: list[int] = []
    _compiler._compile_info(head, opening, flags)  # noqa: SLF001
    return [*head, *words[1 + words[_HEAD] :]]


def write(known: Prepared, file: Path) -> None:
    """Write the file in one step: whoever reads it meanwhile reads the old one or the new one."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=file.name, delete=False) as draft:
        draft.write(stored(known))
    Path(draft.name).chmod(0o644)
    os.replace(draft.name, file)  # noqa: PTH105


def main() -> None:
    """Run from the command line; an argument names another file than the package's own."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else prepared_file()
    known = prepare()
    write(known, file)
    sys.stdout.write(f"{file}: {len(known.codes)} patterns, {len(known.tables)} tables of rules\n")


if __name__ == "__main__":
    main()
