"""A Word file as a package of XML parts, opened with care: no entities, no network, limits."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from speechmine.errors import ReadError
from speechmine.limits import LIMITS
from speechmine.readers.common.packages import check_entries

__all__ = ["Package", "W", "on", "open_package", "value"]

#: Prefix of the names of WordprocessingML.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_REMEDY = "open it in Word or WPS and save it again as .docx"
_MAIN = re.compile(r"word/document\d*\.xml")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict form of the standard has other names for the same things.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFF = ("0", "false", "off")
_PARSER = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


@dataclass(slots=True)
class Package:
    """The parts of one file.

    Attributes:
        source: its name, for messages.
        archive: the ZIP file.
        main: path of the part with the body.
        related: paths of the parts that belong to the body, by what they are (``styles``).
    """

    source: str
    archive: zipfile.ZipFile
    main: str
    related: dict[str, list[str]] = field(default_factory=dict)
    unpacked: int = 0
    elements: int = 0

    def parts(self, kind: str) -> list[etree._Element]:
        """The parts of a kind, parsed, in the order of their names."""
        found = (self.part(path) for path in sorted(self.related.get(kind, ())))
        return [part for part in found if part is not None]

    def part(self, path: str) -> etree._Element | None:
        """One part, parsed; None where the file does not have it.

        Raises:
            ReadError: too large, locked, damaged, or with a document type of its own.
        """
        if path not in self.archive.NameToInfo:
            return None
        return self._parsed(self._bytes(path), path)

    def _bytes(self, path: str) -> bytes:
        try:
            with self.archive.open(path) as stream:
                content = stream.read((LIMITS["UNPACKED_MB"].value << 20) - self.unpacked + 1)
        except RuntimeError as error:  # what zipfile raises for a password
            reason = "the file is locked with a password"
            raise ReadError(self.source, reason, "save it without the password") from error
        except Exception as error:  # damaged data shows in zlib, zipfile and struct alike
            reason = f"a damaged Word file ({path}: {error})"
            raise ReadError(self.source, reason, _REMEDY) from error
        self.unpacked += len(content)
        self.elements += content.count(b"<") - content.count(b"</")
        LIMITS["UNPACKED_MB"].check(self.unpacked / (1 << 20))
        LIMITS["NODES"].check(self.elements)
        return content

    def _parsed(self, content: bytes, path: str) -> etree._Element:
        content = content.replace(_STRICT, W[1:-1].encode())
        try:
            root = etree.fromstring(content, etree.XMLParser(**_PARSER))  # type: ignore[arg-type]
        except etree.XMLSyntaxError as error:
            reason = f"a damaged Word file ({path}: {error})"
            raise ReadError(self.source, reason, _REMEDY) from error
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
            reason = f"{path} declares a document type, as no Word file does"
            raise ReadError(self.source, reason, _REMEDY)
        return root


def open_package(data: bytes, source: str) -> Package:
    """Open a Word file.

    Raises:
        ReadError: it is damaged or no Word file.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        reason = f"a damaged Word file ({error}; it may have been cut off)"
        raise ReadError(source, reason, _REMEDY) from error
    check_entries(archive, ())
    main = next(filter(_MAIN.fullmatch, sorted(archive.namelist())), None)
    if main is None:
        raise ReadError(source, "no Word file, whatever its name says", _REMEDY)
    package = Package(source, archive, main)
    package.related = _related(package)
    return package


def _related(package: Package) -> dict[str, list[str]]:
    folder, name = posixpath.split(package.main)
    root = package.part(f"{folder}/_rels/{name}.rels")
    found: dict[str, list[str]] = {}
    for relation in root.iter(_RELATION) if root is not None else ():
        if relation.get("TargetMode") != "External":
            kind = relation.get("Type", "").rpartition("/")[2]
            path = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
            found.setdefault(kind, []).append(path.lstrip("/"))
    return found


def value(element: etree._Element | None, path: str) -> str | None:
    """``w:val`` of what stands at a path below an element (``pPr/jc``), None where nothing does."""
    found = None if element is None else element.find("/".join(W + n for n in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def on(element: etree._Element | None, path: str) -> bool | None:
    """Whether a switch (``rPr/vanish``) is on; None where it is not set."""
    found = None if element is None else element.find("/".join(W + n for n in path.split("/")))
    return None if found is None else found.get(f"{W}val") not in _OFF
