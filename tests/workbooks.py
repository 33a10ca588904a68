"""Workbooks written part by part: what no library writes, but some program on earth does."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def text(address: str, value: str, style: int = 0) -> str:
    """A cell with a text of its own."""
    return (
        f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    )


def number(address: str, value: str, style: int = 0) -> str:
    """A cell with a number as it is stored."""
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'


def row(line: int, *cells: str, more: str = "") -> str:
    return f'<row r="{line}" {more}>{"".join(cells)}</row>'


def head(*names: str, line: int = 1) -> str:
    """The row of the header, from column A on."""
    return row(line, *(text(f"{chr(65 + i)}{line}", name) for i, name in enumerate(names)))


def tab(*rows: str, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """A tab: ``before`` and ``after`` its rows stands what is said of views, columns, merged cells …"""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{namespace}">{before}'
        f"<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>"
    )


def write_workbook(
    path: Path,
    *tabs: str,
    names: Sequence[str] = ("Daten", "Zwei", "Drei"),
    states: Sequence[str] = (),
    formats: Sequence[str] = (),
    conditional_formats: Sequence[str] = (),
    texts: Sequence[str] = (),
    workbook: str = "",
    parts: Mapping[str, bytes] | None = None,
    namespace: str = MAIN,
) -> Path:
    """Write a workbook. Style 0 is General; ``formats`` are the styles from 1 on; ``texts`` are XML."""
    states = [*states, *["visible"] * len(tabs)]
    sheets = "".join(
        f'<sheet name={quoteattr(names[i])} sheetId="{i + 1}" state="{states[i]}" r:id="rId{i + 1}"/>'
        for i in range(len(tabs))
    )
    relations = "".join(
        f'<Relationship Id="rId{i + 1}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{i + 1}.xml"/>'
        for i in range(len(tabs))
    )
    number_formats = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode={quoteattr(code)}/>' for i, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(formats)))
    conditional = "".join(
        f'<dxf><numFmt numFmtId="{300 + i}" formatCode={quoteattr(code)}/></dxf>'
        for i, code in enumerate(conditional_formats)
    )
    content = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{RELATIONS}">{workbook}'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}'
        f'<Relationship Id="rId90" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId91" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}"><numFmts>{number_formats}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs><dxfs>{conditional}</dxfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{"".join(f"<si>{t}</si>" for t in texts)}</sst>',
        **{f"xl/worksheets/sheet{i + 1}.xml": xml for i, xml in enumerate(tabs)},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, part in content.items():
            if name not in (parts or {}):
                container.writestr(name, part)
        for name, data in (parts or {}).items():
            container.writestr(name, data)
    return path
