"""Extract a text with the model that has not seen it, as ``speechmine extract`` would.

    python scripts/held_out.py MODELS [--date DAY] FILE

MODELS is a folder that ``train_judge.py --folds`` wrote. The contract's JSON object in full mode
goes to standard output, so the scorer can run it as its command.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
from pathlib import Path
from typing import Any

import speechmine
from speechmine.judge import Model, load_model


@functools.cache
def model_for(models: Path, text: str) -> Model:
    """The model that has not seen a text; any of them where none has."""
    index = json.loads((models / "index.json").read_text(encoding="utf-8"))
    fold = index.get(hashlib.sha256(text.encode()).hexdigest(), 0)
    return _loaded(models / f"{fold}.bin")


@functools.cache
def _loaded(file: Path) -> Model:
    return load_model(file)


def extracted(models: Path, file: Path, date: str | None = None) -> dict[str, Any]:
    """The extraction of a file in full mode."""
    document = speechmine.read(file)
    model = model_for(models, document.text)
    return speechmine.extract(document, date=date, mode="full", model=model).to_dict()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("models", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--date")
    options = parser.parse_args()
    print(json.dumps(extracted(options.models, options.file, options.date), ensure_ascii=False))


if __name__ == "__main__":
    main()
