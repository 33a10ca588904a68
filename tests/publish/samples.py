"""Notebooks and blocks for the tests of the exporters, hostile ones among them."""

from __future__ import annotations

import base64
import struct
import zlib
from html.parser import HTMLParser

import nbformat

from weltoffen_eval.block_json import to_json
from weltoffen_eval.blocks import (
    MIME,
    Bundle,
    Column,
    DataFile,
    Entry,
    Facts,
    Figure,
    Heading,
    Link,
    Listing,
    Note,
    Paragraph,
    Table,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }} {% raw %}",
    "[link](javascript:alert(1)) **fett** `code` ![x](http://example.org/x.png)",
    r"$\frac{$ #read(\"/etc/passwd\") = #panic() @label <tag>",
    "a\x00b\x1b[31mc\x85d",
    "a\ud800b\ufffec",
    "\u202eRTL\u202c 😀",
    "Łódź, Erdoğan, Αθήνα, Київ, Việt",
    "x" * 10_000,
]


class Tags(HTMLParser):
    """Every tag of a page, and every attribute that could run or load something."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[str] = []
        self.risky: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.risky += [
            f"{name}={value}"
            for name, value in attributes
            if name.startswith("on")
            or (name == "href" and (value or "").strip().lower().startswith("javascript:"))
            or (name == "src" and not (value or "").startswith("data:image/"))
        ]


def notebook(*cells: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=list(cells))


def shown(*blocks: object) -> nbformat.NotebookNode:
    """A cell that shows blocks of ours."""
    return code({MIME: to_json(Bundle(tuple(blocks)))}, "secret_source = 1")  # type: ignore[arg-type]


def code(data: dict[str, object], source: str = "", metadata: object = None) -> nbformat.NotebookNode:
    """A cell that shows anything."""
    made = nbformat.v4.new_output("display_data", data=data, metadata=metadata or {})
    return nbformat.v4.new_code_cell(source, outputs=[made])


def failed(name: str = "ZeroDivisionError", value: str = "x") -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(
        "1/0", outputs=[nbformat.v4.new_output("error", ename=name, evalue=value, traceback=[])]
    )


def markdown(source: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(source)


def table(text: str = "x", name: str = "tabelle") -> Table:
    return Table(
        text, (Column(text), Column(text, True, text)), ((text, text),), name, anchors=(f"{name}-row",)
    )


def blocks_with(text: str) -> list[object]:
    """Every kind of block with this text in every place that data can reach."""
    svg = '<svg viewBox="0 0 10 10" width="10" height="10"><text>x</text></svg>'
    links = (Link(text, "two", text),)
    return [
        Heading(1, text, "title"),
        Heading(2, text, "two"),
        Paragraph(text, links=links),
        Note(text, text),
        Facts(((text, Entry(text, links)),)),
        table(text),
        Listing((Entry(text, links), Entry(text))),
        Figure(svg, text, text, table(text, "abbildung")),
        DataFile("daten.csv", text, "a,b\n1,2\n"),
    ]


def png(width: int = 3, height: int = 2) -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PNG = base64.b64encode(png()).decode()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'
FRAME = """<div><style scoped>th {color: red}</style><table border="1" class="dataframe">
<thead><tr><th></th><th>Kommune</th><th>Wert</th></tr></thead>
<tbody><tr><th>0</th><td>A&lt;b&gt;stadt</td><td>1.5</td></tr><tr><th>1</th><td>B</td><td>-2</td></tr></tbody>
</table><script>alert(1)</script></div>"""


def foreign() -> nbformat.NotebookNode:
    """A notebook of somebody else's making: no title of ours, and everything that analysts show."""
    return notebook(
        markdown(
            "# Meine Auswertung\n\nEin *schöner* **Satz** mit `code`, [einem Ort](https://example.org/x), "
            "<b>rohem</b> HTML und $x^2$.\n\n### Zu tief\n\n- eins\n- zwei\n  1. innen\n\n> Zitat\n\n"
            "```python\nx = 1\n```\n\n| Kommune | Wert |\n|---|--:|\n| A | 1 |\n\n"
            "![Ein Bild](data:image/png;base64," + PNG + ")\n\n![von fern](https://example.org/a.png)"
        ),
        code({"text/html": FRAME, "text/plain": "   Kommune  Wert"}),
        code({"image/png": PNG, "text/plain": "<Figure>"}, '#| fig-alt: "Linie von 1 bis 3"\nplot()'),
        code({"image/svg+xml": SVG}, metadata={"image/svg+xml": {"alt": "Ein graues Quadrat"}}),
        code({"image/png": PNG, "text/plain": "<Figure>"}),
        code({"text/plain": "42"}),
        code({"text/markdown": "Ein **Ergebnis**"}),
        code({"text/html": "<script>alert(1)</script>", "text/plain": "Objekt <b>"}),
        nbformat.v4.new_code_cell("print(1)", outputs=[nbformat.v4.new_output("stream", text="gedruckt\n")]),
        failed(value="division by zero"),
        markdown("# Noch ein Titel\n\n# Noch ein Titel\n\n[nirgendwohin](#fehlt)"),
    )
