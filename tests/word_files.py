"""Word files made part by part, with what no library writes: lists, changes, notes."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import docx.document
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt

from speechmine.readers.word.libreoffice import find_libreoffice

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LISTS = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
    <w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
    <w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
    <w:suff w:val="nothing"/><w:lvlText w:val="%3."/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
    <w:lvlText w:val="%3.%4"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
  <w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>
</w:style>
<w:style w:type="paragraph" w:styleId="11"><w:name w:val="own"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="C"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def docx_of(body: str, **parts: str) -> bytes:
    """A Word file of a body and of further parts (styles, numbering, footnotes, header)."""
    parts = {"styles": STYLES, "numbering": LISTS, **parts}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        links = [
            f'<Relationship Id="r{n}" Type="{_KINDS}/{name}" Target="{name}.xml"/>'
            for n, name in enumerate(parts)
        ]
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_RELATIONS}">{"".join(links)}</Relationships>',
        )
        archive.writestr("word/document.xml", root("document", f"<w:body>{body}</w:body>"))
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", root(name, content))
    return packed.getvalue()


def root(name: str, content: str) -> str:
    return f"<w:{name} {_NAMES}>{content}</w:{name}>"


def p(text: str = "", *, style: str = "", level: int | None = None, use: int = 1) -> str:
    """A paragraph; ``text`` may hold runs of its own."""
    runs = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        inner += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{use}"/></w:numPr>'
    return f"<w:p><w:pPr>{inner}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


_HAN = "[一二三四五六七八九十]+"
NUMBERS = re.compile(rf"(?P<part>{_HAN}、)|(?P<section>（{_HAN}）)|(?P<item>\d+\.)(?!\d)")
LEVELS = ("part", "section", "item")


def numbered_docx(text: str, *, font: str | None = None) -> bytes:
    """A speech as an office types it: its numbers made by Word, its first line set as a title.

    Without a font for all letters, quotation marks are in another one than Chinese words.
    """
    file = docx.Document()
    fonts = file.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia") if font else ():
        fonts.set(f"{{{W}}}{script}", font)
    file.part.numbering_part.element.insert(0, parse_xml(_named("abstractNum", 0)))
    file.part.numbering_part.element.append(parse_xml(_named("num", 0)))
    for n, line in enumerate(text.splitlines()):
        number = NUMBERS.match(line)
        paragraph = file.add_paragraph(line[number.end() :] if number else line)
        if n == 0:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.runs[0].font.size = Pt(22)
        if number:
            level = LEVELS.index(str(number.lastgroup))
            listed = f'<w:ilvl w:val="{level}"/><w:numId w:val="901"/>'
            properties = paragraph._p.get_or_add_pPr()
            properties.append(parse_xml(f"<w:numPr {_NAMES}>{listed}</w:numPr>"))
    return saved(file)


def _named(name: str, at: int) -> str:
    """One of the lists, under a number that the template does not use."""
    found = re.findall(rf"<w:{name} .*?</w:{name}>", LISTS, re.DOTALL)[at]
    changed = found.replace('w:abstractNumId="0"', 'w:abstractNumId="901"')
    changed = changed.replace('w:numId="1"', 'w:numId="901"')
    changed = changed.replace('<w:abstractNumId w:val="0"/>', '<w:abstractNumId w:val="901"/>')
    return changed.replace(f"<w:{name} ", f"<w:{name} {_NAMES} ", 1)


def saved(file: docx.document.Document) -> bytes:
    """The bytes of a file of python-docx."""
    packed = io.BytesIO()
    file.save(packed)
    return packed.getvalue()


needs_office = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")


def office_forms(content: bytes, folder: Path, *suffixes: str) -> dict[str, bytes]:
    """A Word file as LibreOffice saves it in other forms."""
    given = folder / "given.docx"
    given.write_bytes(content)
    for suffix in suffixes:
        command = [
            find_libreoffice() or "",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        ]
        command += ["--headless", "--convert-to", suffix, "--outdir", str(folder / "out")]
        subprocess.run([*command, str(given)], check=True, capture_output=True, timeout=1200)
    return {suffix: (folder / "out" / f"given.{suffix}").read_bytes() for suffix in suffixes}
