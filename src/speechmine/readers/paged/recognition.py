"""Text of pictures: RapidOCR (PP-OCR models, all on this machine) finds the lines and reads them.

Installed with ``speechmine[ocr]``; nothing here is loaded without a picture to read.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from speechmine.limits import LIMITS, paused
from speechmine.readers.paged.page_cache import cached
from speechmine.readers.paged.page_sheets import Sheet
from speechmine.readers.paged.recognised_lines import ReadLine, Recognised, recognised_sheet
from speechmine.readers.paged.watching import tell_watcher

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PIL.Image import Image

    Picture = npt.NDArray[np.uint8]

__all__ = ["DPI", "LONG_EDGE", "is_available", "recognise", "recognised_sheets"]

#: Inches of the longer edge of a page; larger pictures are brought to it.
LONG_EDGE = 14.6
#: Dots an inch of pages that are drawn to be recognised.
DPI = 200
# Below this chance the page may stand on its head.
_DOUBTFUL = 0.8
_NAME = "rapidocr"


def is_available() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return all(importlib.util.find_spec(name) for name in (_NAME, "onnxruntime"))


def recognised_sheets(
    pictures: Mapping[int, Callable[[int], Image]], source: str
) -> Iterator[Sheet]:
    """The pages recognised, one after the other, so that few pictures are held at a time.

    Args:
        pictures: by number of the page, what draws it at a number of dots an inch.
        source: name of the file, for those who watch.
    """
    for done, (number, drawn) in enumerate(pictures.items()):
        tell_watcher(source, done, len(pictures))
        with paused():
            sheet = recognise(drawn(DPI), number)
        yield sheet
    if pictures:
        tell_watcher(source, len(pictures), len(pictures))


def recognise(picture: Image, number: int, dpi: int = DPI) -> Sheet:
    """Recognise the picture of a page.

    Red print (a red head, 红头, or a stamp, 公章) is read apart from the rest, so that a stamp
    does not hide the words below it.

    Args:
        picture: in colours.
        number: of the page, counted from 1.
        dpi: its dots an inch.
    """
    from speechmine.readers.paged import page_pictures

    inked = page_pictures.parted(picture)
    if inked is None:
        return Sheet(
            number, picture.width * 72 / dpi, picture.height * 72 / dpi, (), recognised=True
        )
    reading, body, head_down = _best(inked.body)
    red = _read_picture(inked.red) if inked.red is not None else Recognised(())
    return recognised_sheet(reading, body, number, dpi, red=red, head_down=head_down)


def _best(picture: Picture) -> tuple[Recognised, Picture, bool]:
    """The reading of a picture, and the picture as it was read best: perhaps upside down."""
    import numpy as np

    reading = _read_picture(picture)
    if not reading.lines or reading.confidence >= _DOUBTFUL:
        return reading, picture, False
    head_down = np.ascontiguousarray(np.rot90(picture, 2))
    other = _read_picture(head_down)
    if other.confidence > reading.confidence:
        return other, head_down, True
    return reading, picture, False


@cached
def _read_picture(picture: Picture) -> Recognised:
    found = _engine()(picture, return_word_box=True, return_single_char_box=True)
    if found.boxes is None or found.txts is None:
        return Recognised(())
    words = found.word_results or [()] * len(found.txts)
    lines = zip(found.boxes, found.txts, found.scores, words, strict=True)
    return Recognised(tuple(_recognised_line(*line) for line in lines))


def _recognised_line(box: Any, text: str, score: float, words: Any) -> ReadLine:
    quad = tuple((float(x), float(y)) for x, y in box)
    signs = tuple(
        (sign, round(float(chance), 4), tuple((float(x), float(y)) for x, y in corners))
        for sign, chance, corners in words
        if sign.strip()
    )
    return ReadLine(text, round(float(score), 4), quad, signs)


@functools.cache
def _engine() -> Any:
    """The engine, with its models from its own package: nothing is fetched."""
    from rapidocr import RapidOCR

    threads = LIMITS["THREADS"].value
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.text_score": 0.0,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
