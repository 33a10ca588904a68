"""What a screen reader gets from a report: the same list of things from a page, a PDF and a Word document.

A reading is a list of ("heading", level, text), ("image", alternative text), ("text", words) and
("table", caption, cells); a cell is (its heads, its words). What stands beside the report itself is left out:
frame and contents, and files to take along, which paper does not have.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pikepdf
from docx.oxml.ns import qn

Reading = list[tuple[Any, ...]]
#: Marks of places where a line may break: they are not spoken.
_UNSPOKEN = str.maketrans("", "", "\u00ad\u200b\u2060")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]+")
_PART = re.compile(r" \(Teil (\d+) von \d+\)$")


#: The letters of a formula, which stand in a part of their own each.
_OF_A_FORMULA = re.compile("([\U0001d400-\U0001d7ff]) ?([0-9]) ?")


def words(text: str) -> str:
    spoken = " ".join(unicodedata.normalize("NFC", text).translate(_UNSPOKEN).split())
    return _OF_A_FORMULA.sub(lambda found: unicodedata.normalize("NFKC", found[1]) + found[2], spoken)


def joined(things: Iterator[tuple[Any, ...]]) -> Reading:
    """Neighbouring texts as one: how words are divided into paragraphs is not compared."""
    made: Reading = []
    for thing in things:
        if thing[0] == "text" and made and made[-1][0] == "text":
            made[-1] = ("text", made[-1][1] + thing[1])
        else:
            made.append(thing)
    made = [("text", words(thing[1])) if thing[0] == "text" else thing for thing in made]
    return [thing for thing in made if thing != ("text", "")]


# --- the page, as Chromium gives it to a screen reader ---------------------------------------------------------

_WITHIN_A_LINE = {"link", "code", "strong", "emphasis", ""}
_PREPARE = """() => {
  document.querySelectorAll('details').forEach(part => part.open = true);
  document.querySelectorAll('a[download]').forEach(link => link.parentElement.remove());
}"""


def read_html(page: Any) -> Reading:
    """The accessibility tree of a page that Playwright has opened, with everything unfolded."""
    page.evaluate(_PREPARE)
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}

    def role(node: Any) -> str:
        return "" if node.get("ignored") else str(node.get("role", {}).get("value", ""))

    def kids(node: Any) -> list[Any]:
        return [nodes[kid] for kid in node.get("childIds", []) if kid in nodes]

    def name(node: Any) -> str:
        return str(node.get("name", {}).get("value", ""))

    def below(node: Any, *roles: str) -> Iterator[Any]:
        for kid in kids(node):
            if role(kid) in roles:
                yield kid
            else:
                yield from below(kid, *roles)

    def spoken(node: Any) -> str:
        return words("".join(name(text) for text in below(node, "StaticText", "LineBreak")))

    def table(node: Any) -> tuple[Any, ...]:
        (caption,) = below(node, "caption", "Caption")
        heads: list[str] = []
        cells = []
        for row in below(node, "row"):
            own = ""
            for number, cell in enumerate(below(row, "columnheader", "rowheader", "cell", "gridcell")):
                if role(cell) == "columnheader":
                    heads.append(spoken(cell))
                    continue
                cells.append(((heads[number], *([own] if own else [])), spoken(cell)))
                own = spoken(cell) if role(cell) == "rowheader" else own
        return ("table", spoken(caption), cells)

    def walk(node: Any) -> Iterator[tuple[Any, ...]]:
        match role(node):
            case "heading":
                levels = [p["value"]["value"] for p in node["properties"] if p["name"] == "level"]
                yield ("heading", levels[0], words(name(node)))
            case "image" | "img":
                yield ("image", words(name(node)))
            case "table":
                yield table(node)
            case "StaticText":
                yield ("text", name(node))
            case "DisclosureTriangle" | "ListMarker" | "InlineTextBox":
                pass
            case what:
                around = "" if what in _WITHIN_A_LINE else " "
                yield ("text", around)
                for kid in kids(node):
                    yield from walk(kid)
                yield ("text", around)

    (main,) = [node for node in nodes.values() if role(node) == "main"]
    return joined(walk(main))


# --- the PDF, along its tags ----------------------------------------------------------------------------------


_WORDS = ("P", "Caption", "Strong", "Span", "Code", "Link", "Em", "Lbl", "LBody")


def marked_texts(page: Any) -> dict[int, str]:
    """The words of every mark of a page; where a mark says what its letters stand for, that."""
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    texts: dict[int, str] = {}
    marks: list[tuple[int | None, bool]] = []
    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                given = operands[1] if isinstance(operands[1], pikepdf.Dictionary) else pikepdf.Dictionary()
                mcid = int(given.MCID) if "/MCID" in given else (marks[-1][0] if marks else None)
                instead = "/ActualText" in given
                if instead and mcid is not None:
                    texts[mcid] = texts.get(mcid, "") + str(given.ActualText)
                marks.append((mcid, instead or bool(marks and marks[-1][1])))
            case "BMC":
                marks.append(marks[-1] if marks else (None, False))
            case "EMC":
                marks.pop()
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ" if marks and marks[-1][0] is not None and not marks[-1][1]:
                shown = operands[0] if str(operator) == "TJ" else [operands[0]]
                codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
                said = (letters[int.from_bytes(codes[n : n + 2])] for n in range(0, len(codes), 2))
                # what runs from right to left is drawn from its end on
                drawn = _RIGHT_TO_LEFT.sub(lambda found: found[0][::-1], "".join(said))
                texts[marks[-1][0]] = texts.get(marks[-1][0], "") + drawn
    return texts


def _letters(font: Any) -> dict[int, str]:
    """What the glyphs of a font stand for."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    made: dict[int, str] = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letters in re.findall(r"<(\w+)>\s*<(\w*)>", part):
            made[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    assert "beginbfrange" not in table
    return made


def read_pdf(path: Path) -> Reading:
    """The tag tree of a PDF with the words that its marks hold; every cell with the heads that it names."""
    document = pikepdf.open(path)
    pages = {page.objgen: number for number, page in enumerate(document.pages)}
    texts = {
        (number, mcid): text
        for number, page in enumerate(document.pages)
        for mcid, text in marked_texts(page).items()
    }

    def kids(element: Any) -> list[Any]:
        found = element.get("/K", []) if isinstance(element, pikepdf.Dictionary) else []
        if isinstance(found, list):
            return found
        return list(found) if isinstance(found, pikepdf.Array) else [found]

    def kind(element: Any) -> str:
        return str(element.get("/S", ""))[1:] if isinstance(element, pikepdf.Dictionary) else ""

    def spoken(element: Any, page: Any = None) -> str:
        page = element.get("/Pg", page)
        said = ""
        for kid in kids(element):
            if kind(kid):
                said += spoken(kid, page)
            elif not isinstance(kid, pikepdf.Dictionary):
                said += texts.get((pages[page.objgen], int(kid)), "")
            elif "/MCID" in kid:
                said += texts.get((pages[kid.get("/Pg", page).objgen], int(kid.MCID)), "")
        return said

    def table(element: Any) -> tuple[Any, ...]:
        caption, cells = "", []
        heads: dict[bytes, str] = {}
        for part in kids(element):
            if kind(part) == "Caption":
                caption = words(spoken(part))
                continue
            for row in kids(part):
                for cell in kids(row):
                    (said,) = [a for a in cell.A if a.O == "/Table"]
                    own = words(spoken(cell))
                    if kind(cell) == "TH":
                        assert said.Scope == ("/Column" if kind(part) == "THead" else "/Row")
                        heads[bytes(cell.ID)] = own
                    if kind(part) == "TBody":
                        cells.append((tuple(heads[bytes(head)] for head in said.Headers), own))
        return ("table", caption, cells)

    def walk(element: Any) -> Iterator[tuple[Any, ...]]:
        what = kind(element)
        if re.fullmatch("H[1-6]", what):
            yield ("heading", int(what[1]), words(spoken(element)))
        elif what == "Figure":
            yield ("image", words(str(element.Alt)))
            # the words of the drawing are what the alternative text stands for
            yield from (thing for kid in kids(element) if kind(kid) == "Caption" for thing in walk(kid))
        elif what == "Table":
            yield table(element)
        elif what in _WORDS and not any(kind(kid) == "P" for kid in kids(element)):
            said = spoken(element)
            around = "" if what in ("Span", "Strong", "Em", "Link") else " "
            if not (what == "Lbl" and re.fullmatch(r"[•‣–]|\d+\.", said)):
                yield ("text", around + said + around)
        elif what != "TOC":
            for kid in kids(element):
                yield from walk(kid)

    made = [thing for kid in kids(document.Root.StructTreeRoot) for thing in walk(kid)]
    document.close()
    # the name of the house on the cover, and the title of the contents
    frame = ("Weltoffene Kommune", "Inhalt")
    return joined(iter([thing for thing in made if not (thing[0] == "text" and thing[1].strip() in frame)]))


# --- the Word document -----------------------------------------------------------------------------------------


def read_word(content: bytes) -> Reading:
    """The body of a Word document; a table that stands in parts is one."""
    document = docx.Document(io.BytesIO(content))
    styles = {style.style_id: str(style.name) for style in document.styles}
    made: Reading = []
    in_contents = False
    for element in document.element.body:
        if element.tag == qn("w:tbl"):
            _, caption = made.pop()
            part = _PART.search(caption.strip())
            table = _word_table(element, caption.strip())
            # one that follows a figure is of a part of the figure, not a part of a table
            if part and int(part[1]) > 1 and made[-1][0] == "table":
                kind, whole, cells = made[-1]
                made[-1] = _beside((kind, _PART.sub("", whole), cells), table)
            else:
                made.append(table)
            continue
        if element.tag != qn("w:p"):
            continue
        kinds = [field.get(qn("w:fldCharType")) for field in element.iter(qn("w:fldChar"))]
        in_contents = in_contents or "begin" in kinds
        style = styles.get(element.style or "", "")
        said = words(_word_text(element))
        images = [shape.get("descr") for shape in element.iter(qn("wp:docPr"))]
        # the brand before the title is the head of the page, as in HTML
        of_brand = not made and style == "Weltoffen Lead"
        if not in_contents and not of_brand and said != "Inhalt":
            made += [("image", words(image)) for image in images]
            if style.startswith("Heading"):
                made.append(("heading", int(style[-1]), said))
            elif said:
                made.append(("text", f" {said} "))
        in_contents = in_contents and "end" not in kinds
    return joined(iter(made))


def _word_text(element: Any) -> str:
    blanks = {qn("w:tab"), qn("w:br")}
    return "".join(
        " " if part.tag in blanks else part.text or ""
        for part in element.iter()
        if part.tag in blanks or part.tag in (qn("w:t"), qn("m:t"))
    )


def _word_table(element: Any, caption: str) -> tuple[Any, ...]:
    head, *rows = element.tr_lst
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert element.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"
    heads = [words(_word_text(cell)) for cell in head.tc_lst]
    cells = []
    for row in rows:
        first, *others = [words(_word_text(cell)) for cell in row.tc_lst]
        cells.append(((heads[0],), first))
        cells += [((column, first), text) for column, text in zip(heads[1:], others, strict=True)]
    return ("table", caption, cells)


def _beside(table: tuple[Any, ...], more: tuple[Any, ...]) -> tuple[Any, ...]:
    """The rows of a table with the cells of further columns; their heads stand in both parts."""
    kind, caption, cells = table
    made: list[Any] = []
    further = iter(more[2])
    next(further, None)
    for number, cell in enumerate(cells):
        made.append(cell)
        if number + 1 == len(cells) or len(cells[number + 1][0]) == 1:
            for added in further:
                if len(added[0]) == 1:
                    break
                made.append(added)
    return (kind, caption, made)
