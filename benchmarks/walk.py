"""The walk of one sentence through the program: ``python benchmarks/walk.py [SENTENCE]``.

Prints how many files and functions of speechmine one ``extract`` runs through, and how many moves
there are between files (distinct pairs of a calling and a called file). The sentence is extracted
once before, so that loading rules and compiling patterns does not count.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType

import speechmine

SENTENCE = "一要加快推进老旧小区改造，确保6月底前完成12个，由县住建局牵头，县财政局配合。"
_ROOT = str(Path(speechmine.__file__).parent)

Place = tuple[str, int]


@dataclass
class Walk:
    """What was run: files, functions by file and first line, and pairs of files."""

    files: set[str] = field(default_factory=set)
    functions: set[Place] = field(default_factory=set)
    moves: set[tuple[str, str]] = field(default_factory=set)

    def note(self, frame: FrameType, event: str, _: object) -> None:
        """Take in one event of ``sys.setprofile``."""
        if event != "call" or (there := _place(frame.f_code)) is None:
            return
        self.files.add(there[0])
        self.functions.add(there)
        here = _caller(frame)
        if here is not None and here != there[0]:
            self.moves.add((here, there[0]))

    def __str__(self) -> str:
        counts = len(self.files), len(self.functions), len(self.moves)
        return "{} files, {} functions, {} moves between files".format(*counts)


def walk(run: Callable[[], object]) -> Walk:
    """What a call runs through the second time it is made."""
    run()
    found = Walk()
    sys.setprofile(found.note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return found


def _place(code: CodeType) -> Place | None:
    name = code.co_filename
    return (name[len(_ROOT) + 1 :], code.co_firstlineno) if name.startswith(_ROOT) else None


def _caller(frame: FrameType) -> str | None:
    """The nearest file of speechmine that stands behind a call."""
    back = frame.f_back
    while back is not None:
        place = _place(back.f_code)
        if place is not None:
            return place[0]
        back = back.f_back
    return None


def main() -> None:
    """Walk the sentence given, or one of ours; ``--files`` lists the files and moves."""
    words = [word for word in sys.argv[1:] if word != "--files"]
    sentence = words[0] if words else SENTENCE
    found = walk(lambda: speechmine.extract(sentence))
    print(found)
    if "--files" in sys.argv:
        for name in sorted(found.files):
            called = sorted(there for here, there in found.moves if here == name)
            print(f"{name}: {', '.join(called) or '-'}")


if __name__ == "__main__":
    main()
