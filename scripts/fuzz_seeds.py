"""What a fuzzer begins with: short pieces of the speeches in ``corpus/``, in every form."""

from __future__ import annotations

import functools
import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import openpyxl

__all__ = ["PACKED", "packed", "seeds"]

_LENGTH = 1500
_LINES = 24
_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'

#: Packed forms, with the part that holds the text.
PACKED: Mapping[str, str] = {
    "docx": "word/document.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
    "ofd": "Doc_0/Pages/1.xml",
}


#: A part of the texts is enough to begin with: all of them take minutes.
_EACH = 12


def seeds(target: str, corpus: Path) -> Iterator[bytes]:
    """The first inputs of a target, a few of each text."""
    if target == "pdf":
        yield _printed("在防汛会上的讲话\n一、抓防汛\n各镇要在6月底前建立台账，备足沙袋500个。")
    make = _MAKERS.get(target)
    for path in sorted(corpus.rglob("*.txt"))[::_EACH] if make else ():
        for at, piece in enumerate(_pieces(path.read_text(encoding="utf-8"))):
            yield make(piece, at) if make else b""


def _pieces(text: str) -> Iterator[str]:
    """The beginning, the middle and the end."""
    for start in sorted({0, len(text) // 2, max(0, len(text) - _LENGTH)}):
        yield text[start : start + _LENGTH]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()][:_LINES]


def packed(name: str, content: bytes) -> bytes:
    """A packed file whose main part holds these bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_model_of(name))) as model,
        zipfile.ZipFile(target, "w") as made,
    ):
        for member in model.namelist():
            made.writestr(member, content if member == PACKED[name] else model.read(member))
    return target.getvalue()


@functools.cache
def _model_of(name: str) -> bytes:
    return _FILES[name](["各镇要在6月底前建立台账。"])


def _main_part(name: str, lines: list[str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_FILES[name](lines))) as archive:
        return archive.read(PACKED[name])


def _docx(lines: list[str]) -> bytes:
    file, target = docx.Document(), io.BytesIO()
    for line in lines:
        file.add_paragraph(line)
    table = file.add_table(rows=2, cols=2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells),
        ("工作任务", "责任单位", lines[-1] if lines else "", "区财政局"),
        strict=True,
    ):
        cell.text = words
    file.save(target)
    return target.getvalue()


def _xlsx(lines: list[str]) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["序号", "工作任务", "责任单位", "完成时限"])
    for number, line in enumerate(lines, start=1):
        sheet.append([number, line, "区财政局、区教育局", "2024年6月底前"])
    sheet.merge_cells("C2:C3")
    book.save(target)
    return target.getvalue()


def _ofd(lines: list[str]) -> bytes:
    objects = "".join(
        f'<ofd:TextObject ID="{n}" Boundary="30 {20 + 9 * n} 180 7" Font="1" Size="5">'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g {max(len(line) - 1, 1)} 5">{escape(line)}'
        "</ofd:TextCode></ofd:TextObject>"
        for n, line in enumerate(lines, start=1)
    )
    parts = {
        "OFD.xml": f"<ofd:OFD {_OFD} Version='1.0' DocType='OFD'><ofd:DocBody><ofd:DocInfo/>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/1.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/1.xml": f'<ofd:Page {_OFD}><ofd:Content><ofd:Layer ID="9">{objects}'
        "</ofd:Layer></ofd:Content></ofd:Page>",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


_FILES: Mapping[str, Callable[[list[str]], bytes]] = {"docx": _docx, "xlsx": _xlsx, "ofd": _ofd}


def _html(text: str) -> bytes:
    lines = [escape(line) for line in _lines(text)]
    body = "".join(f"<p>{line}</p>" for line in lines[2:])
    listed = "".join(f"<li>{line}</li>" for line in lines[-3:])
    head = f"<title>{lines[0] if lines else ''}</title><h1>{lines[0] if lines else ''}</h1>"
    table = "<table><tr><th>任务</th><th>单位</th></tr><tr><td>建立台账</td><td>区财政局</td></tr>"
    return f"<html>{head}{body}<ol>{listed}</ol>{table}</table></html>".encode()


def _printed(text: str) -> bytes:
    """A PDF as an office prints it; nothing but its head where there is no LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        return b"%PDF-1.7\n"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_text(text, encoding="utf-8")
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--infilter=Text (encoded):UTF8,LF,,,", "--convert-to", "pdf"]
        command += ["--outdir", folder, f"{folder}/a.txt"]
        subprocess.run(command, check=False, capture_output=True, timeout=120)
        made = Path(folder) / "a.pdf"
        return made.read_bytes() if made.exists() else b"%PDF-1.7\n"


_MAKERS: Mapping[str, Callable[[str, int], bytes]] = {
    "text": lambda piece, at: bytes([at]) + piece.encode(),
    "html": lambda piece, _: _html(piece),
    "files": lambda piece, _: b"\x00" + piece.encode(),
    **{
        name: functools.partial(lambda piece, _, name: _main_part(name, _lines(piece)), name=name)
        for name in PACKED
    },
}
