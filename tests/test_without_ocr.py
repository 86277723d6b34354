"""Without the extra ``ocr`` a picture among speeches is one clear line; the rest goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

Image = pytest.importorskip("PIL.Image")

SPEECH = "在全县水利会议上的讲话\n{}年5月10日\n县水利局要在6月底前完成水库除险加固。\n"
#: A machine without the extra: its modules are not to be had.
LAUNCH = (
    "import sys; sys.modules.update(dict.fromkeys(('rapidocr', 'onnxruntime', 'cv2')));"
    "from speechmine.cli import main; main()"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    speeches = tmp_path / "speeches"
    speeches.mkdir()
    for year in (2023, 2024):
        (speeches / f"{year}.txt").write_text(SPEECH.format(year), encoding="utf-8")
    Image.new("RGB", (400, 300), "white").save(speeches / "scan.png")
    return speeches


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "out"), [("extract", "all.csv"), ("compare", "compared/index.html")]
)
def test_a_folder_with_a_picture_is_read_all_the_same(
    command: str, out: str, folder: Path, tmp_path: Path
) -> None:
    written = tmp_path / out
    target = written if command == "extract" else written.parent
    done = subprocess.run(
        [sys.executable, "-c", LAUNCH, command, str(folder), "-o", str(target)],
        capture_output=True,
        check=False,
        timeout=600,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 1
    (told,) = [line for line in done.stderr.decode().splitlines() if "scan.png" in line]
    for words in ("扫描件", "pip install 'speechmine[ocr]'"):
        assert words in told
    assert "Traceback" not in done.stderr.decode()
    said = written.read_text(encoding="utf-8-sig")
    assert "2024" in said
    assert "2023" in said
