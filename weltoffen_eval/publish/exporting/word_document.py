"""A Word document in our style: its pages, its styles, and the elements that python-docx does not name."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PACKAGE_URI
from docx.opc.pkgwriter import _ContentTypesItem
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.shared import Cm, Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle

from weltoffen_eval.publish.exporting.frame_words import Words
from weltoffen_eval.publish.exporting.word_fonts import FONT, FONT_ENDING, embed_fonts
from weltoffen_eval.zip_files import office_file

INK, SOFT, MARK = RGBColor(0x1F, 0x29, 0x33), RGBColor(0x4A, 0x56, 0x63), RGBColor(0x0B, 0x5C, 0x7A)
ACCENT, WASH, GRID = "B4532A", "F3F6F8", "D5DBE1"
TEXT_WIDTH = 16.6  # centimetres
PICTURE_ENDING = ".png"  # packed within
_LIST_STEP = 360  # twentieths of a point between the levels of a list, as its styles have it
#: (style, base, size in points, colour, space before and after in points)
_STYLES = (
    ("Heading 1", None, 28, INK, 0, 14),
    ("Heading 2", None, 18, INK, 30, 8),
    ("Heading 3", None, 14, MARK, 22, 6),
    ("Heading 4", None, 11, INK, 16, 4),
    ("Heading 5", None, 10.5, INK, 12, 4),
    ("Heading 6", None, 10.5, INK, 12, 4),
    ("Caption", None, 9.5, SOFT, 8, 4),
    ("Quote", None, 10.5, SOFT, 4, 4),
    ("Weltoffen Lead", "Normal", 12, INK, 0, 8),
    ("Weltoffen Note", "Normal", 10.5, INK, 8, 10),
    ("Weltoffen Fact", "Normal", 10.5, INK, 0, 4),
    ("Weltoffen Cell", "Normal", 9, INK, 1, 1),
    ("Weltoffen Code", "Normal", 8.5, INK, 4, 8),
)

#: The same where a document is to stand on one page: style, size, space before and after.
_CLOSE = (
    ("Heading 1", 22, 0, 6), ("Heading 2", 16, 14, 4), ("Heading 3", 12.5, 10, 3),
    ("Weltoffen Lead", 11, 0, 4), ("Weltoffen Note", 10, 4, 4), ("Weltoffen Fact", 10, 0, 2),
    ("List Bullet", 10, 0, 2),
)  # fmt: skip

#: Looks of tables that stay in a document, and parts of python-docx's template that do not.
_LOOKS_OF_TABLES = ("Normal Table", "Table Grid")
_NEEDLESS = ("/stylesWithEffects", "/thumbnail")

#: Languages of which Word wants to know the country.
_COUNTRIES = {"de": "de-DE", "en": "en-GB"}


#: Letters that Word asks for a language of their own: those of East Asia, and those from right to left.
_OWN_LETTERS = {
    **dict.fromkeys(("zh", "ja", "ko"), "w:eastAsia"),
    **dict.fromkeys(("ar", "ckb", "fa", "he", "ps", "ur", "yi"), "w:bidi"),
}


def language_marks(tag: str) -> dict[str, str]:
    """The attributes of a ``w:lang`` for a language."""
    named, own = word_language(tag), _OWN_LETTERS.get(tag.split("-")[0].lower())
    return {"w:val": named, **({own: named} if own else {})}


def word_language(tag: str) -> str:
    """A language as Word calls it."""
    return _COUNTRIES.get(tag, tag)


def new_document(
    title: str,
    day: str,
    words: Words,
    brief: bool = False,
    origin: Sequence[tuple[str, str]] = (),
) -> Document:
    """An empty document in our style; ``day``: the date of the data (ISO) or nothing.

    ``brief``: of what is to stand on one page, set closer. ``origin``: from what it was made.
    """
    language = word_language(words.language)
    document = docx.Document(io.BytesIO(_in_our_style(language, brief)))
    embed_fonts(document)
    at = datetime.combine(date.fromisoformat(day) if day else date(1980, 1, 1), time(), UTC)
    properties = document.core_properties
    # longer ones are not allowed
    properties.title = title[:255]
    # a notebook that says English says no more; only who spells it needs a country
    properties.language = "en" if words.language == "en" else language
    properties.author = properties.last_modified_by = ""
    # what does not fit into one property: the program, the rules, the report
    told = {name: f"{name}: {value}" for name, value in origin}
    properties.subject = _joined(told.pop(name, "") for name in ("software", "program_tree", "lock_sha256"))
    properties.comments = _joined(told.pop(name, "") for name in ("instrument", "scheme"))
    properties.keywords = _joined(told.values())
    properties.created = properties.modified = at.replace(tzinfo=None)
    properties.revision = 1
    _set_running_lines(document, title, words)
    return document


@cache
def _in_our_style(language: str, brief: bool) -> bytes:
    """The file of a document with our pages and styles and nothing else: reading it costs a third of them."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - TEXT_WIDTH) / 2)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.2)
    _set_styles(document, language)
    if brief:
        _set_close(document)
    _leave_out(document)
    return as_bytes(document)


def _leave_out(document: Document) -> None:
    """Without what no report uses and each would carry along: a hundred looks of tables, the same styles for
    Word 2010, the template's own picture."""
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _LOOKS_OF_TABLES:
            style.element.getparent().remove(style.element)
    for relations in (document.part.rels, document.part.package.rels):
        for name in [key for key, to in relations.items() if to.reltype.endswith(_NEEDLESS)]:
            del relations[name]


def _joined(told: Iterable[str]) -> str:
    """Texts as one property, which may have 255 letters."""
    return "; ".join(filter(None, told))[:255]


def _set_styles(document: Document, language: str) -> None:
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _set_font(normal, 10.5, INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.0  # of a font with tall lines
    for name, base, size, colour, before, after in _STYLES:
        if base:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles[base]
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _set_font(style, size, colour)
        style.font.bold = name.startswith("Heading")
        style.font.italic = False
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = name.startswith("Heading")
    fact = document.styles["Weltoffen Fact"]
    assert isinstance(fact, ParagraphStyle)
    fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = Cm(5.2), Cm(-5.2)
    cell = document.styles["Weltoffen Cell"]
    assert isinstance(cell, ParagraphStyle)
    cell.paragraph_format.line_spacing = 0.85
    code = document.styles["Weltoffen Code"]
    assert isinstance(code, ParagraphStyle)
    code.font.name = "Consolas"
    _frame_note(document.styles["Weltoffen Note"])
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)


def _set_close(document: Document) -> None:
    for name, size, before, after in _CLOSE:
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 0.9
    fact = document.styles["Weltoffen Fact"]
    assert isinstance(fact, ParagraphStyle)
    fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = Cm(4.2), Cm(-4.2)


def _set_font(style: ParagraphStyle, size: float, colour: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # the theme's fonts would be stronger
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)


def _frame_note(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    line = element("w:left", {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": ACCENT})
    # the schema has an order: frame and ground before the spacing
    for part in (
        element("w:pBdr", {}, line),
        element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": WASH}),
    ):
        properties.insert_element_before(part, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _set_running_lines(document: Document, title: str, words: Words) -> None:
    """The title above and "Seite x von y" below every page."""
    section = document.sections[0]
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    above.text = title if len(title) <= 90 else title[:80] + "…"
    below.alignment = 2
    for text, field in ((f"{words('page')} ", "PAGE"), (f" {words('of')} ", "NUMPAGES")):
        below.add_run(text)
        for part in field_parts(field, "1"):
            below.add_run()._r.append(part)
    for paragraph in (above, below):
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(9), SOFT


def new_numbering(document: Document, start: int) -> int:
    """The number of a new counting that begins at ``start``, in the look of the style for numbered lists."""
    style = document.styles["List Number"].element
    numbering = document.part.numbering_part.element
    found = style.pPr.numPr.numId.val
    abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == found)
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.numId)


def number_paragraph(paragraph: Any, numbers: int) -> None:
    """Let a paragraph of a numbered list count with those of the same numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbers


def indent(paragraph: Any, level: int, hanging: bool = False) -> Any:
    """Set a paragraph as far to the right as lists of that level; ``hanging``: its label stands before it."""
    if level > 0:
        step = Twips(_LIST_STEP)
        paragraph.paragraph_format.left_indent = step * level
        if hanging:
            paragraph.paragraph_format.first_line_indent = -step
    return paragraph


def field_parts(instruction: str, shown: str) -> list[Any]:
    """The elements of a field that Word renews, such as a page number, with what is shown until then."""
    text = element("w:instrText", {})
    text.text = f" {instruction} "
    result = element("w:t", {})
    result.text = shown
    begin, separate, end = (
        element("w:fldChar", {"w:fldCharType": kind}) for kind in ("begin", "separate", "end")
    )
    return [begin, text, separate, result, end]


def element(tag: str, attributes: Mapping[str, str], *children: Any) -> Any:
    """An element of WordprocessingML."""
    name, namespace = _named(tag)
    made = oxml_parser.makeelement(name, nsmap=namespace)
    for key, value in attributes.items():
        made.set(_named(key)[0], value)
    made.extend(children)
    return made


@cache
def _named(name: str) -> tuple[str, dict[str, str]]:
    """A name as lxml wants it, and its namespace; python-docx works both out anew each time."""
    prefix = name.partition(":")[0]
    return qn(name), {prefix: nsmap[prefix]}


def as_bytes(document: Document) -> bytes:
    """The file: its parts sorted and without the time of writing, so that it has the same bytes each time."""
    package = document.part.package
    parts = list(package.iter_parts())
    for part in parts:
        part.before_marshal()
    # as python-docx itself writes them, but packed once
    files = {
        "[Content_Types].xml": _ContentTypesItem.from_parts(parts).blob,  # type: ignore[no-untyped-call]
    }
    # its stubs call bytes a text
    links: Any = {PACKAGE_URI.rels_uri.membername: package.rels.xml}
    for part in parts:
        files[part.partname.membername] = part.blob
        if len(part.rels):
            links[part.partname.rels_uri.membername] = part.rels.xml
    return office_file({**files, **links}, packed_once=FONT_ENDING, as_they_are=PICTURE_ENDING)
