"""What a file is, told from its first bytes: an ending is only what somebody called it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from weltoffen_eval.errors import Fault

#: How the kinds that a user meets are called, and what helps. ``csv`` is what has no mark of its own.
KINDS: dict[str, tuple[str, str]] = {
    "empty": ("an empty file", "Export or copy it anew."),
    "xlsx": ("a workbook (XLSX)", "Give it the ending .xlsx, here and in study.toml."),
    "csv": ("plain text, as of a CSV file", "Give it the ending .csv, here and in study.toml."),
    "html": (
        "a web page (HTML), as some programs export under the name of a spreadsheet",
        "Open it in a spreadsheet program and save it as .xlsx.",
    ),
    "mht": (
        "a web page with its pictures (MHTML), as some programs export under the name of a spreadsheet",
        "Open it in a spreadsheet program and save it as .xlsx.",
    ),
    "rtf": ("a text document (.rtf)", "Put its table into a spreadsheet and save it as .xlsx."),
    "sylk": ("a spreadsheet in SYLK (.slk)", "Open it in a spreadsheet program and save it as .xlsx."),
    "json": ("a JSON document", "Export the table as CSV or XLSX."),
    "xml": (
        "an XML document, such as a spreadsheet of Excel 2003",
        "Open it in a spreadsheet program and save it as .xlsx.",
    ),
    "locked": (
        "a workbook that is locked with a password",
        "Open it, remove the password and save it as .xlsx.",
    ),
    "xls": ("an old workbook (.xls)", "Open it in a spreadsheet program and save it as .xlsx."),
    "ole": (
        "a workbook that is locked with a password, or an old .xls",
        "Open it, remove the password and save it as .xlsx.",
    ),
    "xlsb": (
        "a binary workbook (.xlsb)",
        "Open it in a spreadsheet program and save it as .xlsx (Excel workbook).",
    ),
    "ods": ("an OpenDocument spreadsheet (.ods)", "Open it and save it as .xlsx, or as CSV UTF-8."),
    "numbers": ("a spreadsheet of Numbers", "Export it from Numbers as Excel (.xlsx) or CSV."),
    "docx": ("a text document (.docx)", "Put its table into a spreadsheet and save it as .xlsx."),
    "zip": ("a ZIP archive", "Unpack it, and name the CSV or XLSX file in it in study.toml."),
    "gzip": ("a packed file (gzip)", "Unpack it, and name the CSV or XLSX file in study.toml."),
    "pdf": ("a PDF", "Ask for the table as CSV or XLSX; a PDF holds no cells."),
    "picture": ("a picture", "Ask for the table as CSV or XLSX."),
    "sav": ("a file of SPSS (.sav)", "Give it the ending .sav, here and in study.toml."),
}

_OLE = b"\xd0\xcf\x11\xe0"
_STARTS = {
    b"%PDF": "pdf", b"\x1f\x8b": "gzip", b"$FL2": "sav", b"$FL3": "sav", b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
}  # fmt: skip


#: A page begins with a comment or an element, as no cell of a table does.
_PAGE = re.compile(rb"<(?:!--|!doctype\b|/?[a-z][a-z0-9:]*[\s/>])")
_TEXTS = {
    re.compile(rb"mime-version:\s"): "mht",
    re.compile(rb"\{\\rtf"): "rtf",
    re.compile(rb"id;p[a-z0-9;]*\r?\n[bcfop];[bfglkpsxy]"): "sylk",
    re.compile(rb"(?:\[\s*)?\{\s*\""): "json",
}


def recognise(path: Path) -> str:
    """The kind of a file, a key of :data:`KINDS`.

    Raises
    ------
    OSError
        Where it cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(4096)
    if not start:
        return "empty"
    if start.startswith(b"PK"):
        return _kind_of_archive(path)
    if start.startswith(_OLE):
        return _kind_of_old_container(path)
    for mark, kind in _STARTS.items():
        if start.startswith(mark):
            return kind
    # a page in UTF-16 has a zero beside each letter
    text = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith(b"<?xml"):
        return "html" if b"<html" in text else "xml"
    if _PAGE.match(text):
        return "html"
    return next((kind for mark, kind in _TEXTS.items() if mark.match(text)), "csv")


def _kind_of_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as container:
            names = set(container.namelist())
            mimetype = b""
            if "mimetype" in names:
                with container.open("mimetype") as part:
                    mimetype = part.read(100)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "xlsx"  # cut off, or damaged: who reads the workbook says so
    if b"opendocument" in mimetype:
        return "ods"
    if any(name.endswith(".iwa") for name in names):
        return "numbers"
    if any(name.lower().endswith("workbook.bin") for name in names):
        return "xlsb"
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "xlsx"
    return "zip"


def _kind_of_old_container(path: Path) -> str:
    with path.open("rb") as stream:
        content = stream.read(50_000_000)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "locked"
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    return "ole"


def wrong_kind(file: str, kind: str, wanted: str) -> Fault:
    """The fault of a file that is of another kind than its name says."""
    found, advice = KINDS[kind]
    return Fault(file, found, wanted, advice, kind="file_of_another_kind")
