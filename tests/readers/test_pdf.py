from __future__ import annotations

import io
import random
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

import speechmine
from speechmine.errors import ReadError
from speechmine.readers import read_bytes

ROOT = Path(__file__).parent.parent.parent
SPEECHES = sorted((ROOT / "corpus").glob("*2024*.txt"))
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The speeches printed to PDF by LibreOffice, in one call."""
    folder = tmp_path_factory.mktemp("pdf")
    command = [str(OFFICE), "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    command += ["--infilter=Text (encoded):UTF8,LF,,,", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(folder), *map(str, SPEECHES)], check=True, capture_output=True)
    return folder


@needs_office
@pytest.mark.parametrize("speech", SPEECHES, ids=lambda path: path.stem)
def test_a_printed_speech_gives_the_same_tasks(printed: Path, speech: Path) -> None:
    of_pdf = speechmine.extract(speechmine.read(printed / f"{speech.stem}.pdf"))
    of_text = speechmine.extract(read_bytes(speech.read_bytes()))
    assert [_told(task) for task in of_pdf.tasks] == [_told(task) for task in of_text.tasks]
    assert of_pdf.document.title == of_text.document.title


def _told(task: speechmine.Task) -> tuple[object, ...]:
    parties = [(party.text, party.role) for party in task.parties]
    return task.title, parties, task.deadline.text, task.deadline.edtf, len(task.metrics)


@needs_office
def test_places_lead_to_pages(printed: Path) -> None:
    document = speechmine.read(printed / f"{SPEECHES[0].stem}.pdf")
    assert {place.page for place in document.places} == set(
        range(1, max(place.page or 0 for place in document.places) + 1)
    )
    first = document.place_of(0)
    last = document.place_of(document.length - 1)
    assert first is not None
    assert last is not None
    assert (first.page, last.page) == (1, document.places[-1].page)


def empty_pdf(pages: int = 2) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_pages_without_text_are_named_as_scanned() -> None:
    with pytest.raises(ReadError, match="its 2 pages hold no text") as caught:
        read_bytes(empty_pdf(), source="a.pdf")
    assert "OCR" in caught.value.remedy


# The standard security handler, revision 2, with a password that is not empty.
LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<"
    + b"11" * 32
    + b">/U<"
    + b"22" * 32
    + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF"
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LOCKED, "locked with a password"),
        (b"%PDF-1.7\n", "a damaged PDF file"),
        (b"%PDF-1.7\n" + bytes(5000), "a damaged PDF file"),
        (empty_pdf()[:200], "a damaged PDF file"),
    ],
)
def test_locked_and_damaged_files_are_named(content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_bytes(content, source="a.pdf")


@needs_office
def test_files_cut_off_or_with_flipped_bytes_are_read_or_refused(printed: Path) -> None:
    whole = (printed / f"{SPEECHES[1].stem}.pdf").read_bytes()
    chance = random.Random(1)  # noqa: S311  # bytes, no secrets
    for number in range(30):
        broken = bytearray(whole)
        for _ in range(20):
            broken[chance.randrange(1, len(broken))] ^= 1 << chance.randrange(8)
        for content in (bytes(broken), whole[: len(whole) * number // 30]):
            try:
                document = read_bytes(b"%PDF-1.7" + content[8:], source="a.pdf")
            except ReadError:
                continue
            assert document.text.strip()
